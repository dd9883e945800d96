/** Owns the settings of talking: push to talk, its key, and the list of keys that do something. */

import { setAttribute, setHidden, setText } from '../shell/dom.ts';
import { fitsPage, KeyCapture } from './key-capture.ts';
import type { SettingsContext, SettingsForm } from './settings-form.ts';
import { talkEverywhere } from './talk-everywhere.ts';

export function talkingSection(form: SettingsForm, context: SettingsContext) {
  const { preferences, keyNames, document, app } = context;
  const push = form.switchRow('talking.push', 'talking.push.text', (on) =>
    preferences.update({ pushToTalk: on }),
  );

  const key = form.make('kbd', 'key');
  const change = form.make('button', 'button button-small');
  change.type = 'button';
  const problem = form.make('p', 'problem');
  setAttribute(problem, 'aria-live', 'polite');
  const row = form.make('div', 'key-row', form.text('span', 'switch-label', 'talking.key'), key, change);
  const keyPart = form.make('div', 'field', row, problem);

  const muteKey = form.make('kbd', 'key');
  muteKey.textContent = 'M';
  const talkKey = form.make('kbd', 'key');
  const closeKey = form.make('kbd', 'key');
  closeKey.textContent = 'Esc';
  const lines = [
    form.make('li', 'key-line', muteKey, form.text('span', '', 'talking.keys.mute')),
    form.make('li', 'key-line', talkKey, form.text('span', '', 'talking.keys.talk')),
    form.make('li', 'key-line', closeKey, form.text('span', '', 'talking.keys.close')),
  ];
  const listTitle = form.text('h4', 'label', 'talking.keys');
  const list = form.make('ul', 'key-list', ...lines);
  setAttribute(list, 'aria-labelledby', form.identify(listTitle));

  const everywhere = app && talkEverywhere(form, { ...context, app });
  const render = () => {
    const { pushToTalk, talkKey: code } = preferences.value;
    const name = keyNames.of(code);
    everywhere?.render();
    push.show(pushToTalk);
    setHidden(keyPart, !pushToTalk);
    setText(key, name);
    setText(talkKey, name);
    setHidden(lines[1] ?? talkKey, !pushToTalk);
    setText(change, form.t(keys.waiting ? 'talking.key-wait' : 'talking.key-change'));
    setAttribute(change, 'aria-label', keys.waiting ? null : form.t('talking.key-name', { key: name }));
  };
  const stop = () => {
    keys.stop();
    setText(problem, '');
    render();
  };
  const keys: KeyCapture = new KeyCapture(document, fitsPage, (caught) => {
    if (caught.kind === 'refused') setText(problem, form.t('talking.key-refused'));
    else stop();
    if (caught.kind === 'key') preferences.update({ talkKey: caught.code });
  });
  change.addEventListener('click', () => {
    // Safari gives a pressed button no focus, and so would never take it away.
    change.focus();
    keys.start();
    render();
  });
  change.addEventListener('blur', stop);
  void keyNames.settled.then(render);

  return {
    element: form.section(
      'talking.title',
      push.element,
      keyPart,
      ...(everywhere?.elements ?? []),
      form.make('div', 'field', listTitle, list),
    ),
    render,
    /** Esc ends the waiting for a key, not the dialog. */
    get busy() {
      return keys.waiting || (everywhere?.busy ?? false);
    },
    stop: () => {
      stop();
      everywhere?.stop();
    },
  };
}
