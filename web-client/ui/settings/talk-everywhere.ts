import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import type { GlobalKeyState } from '../../../main/common/call-api/global-key.ts';
import { writesText } from '../preferences/push-to-talk-key.ts';
import { setAttribute, setHidden, setText } from '../shell/dom.ts';
import { fitsEverywhere, KeyCapture } from './key-capture.ts';
import type { SettingsContext, SettingsForm } from './settings-form.ts';

interface EverywhereContext extends Pick<SettingsContext, 'preferences' | 'keyNames' | 'document'> {
  readonly app: Pick<CallBridge, 'setGlobalKey' | 'onEvent'>;
}

export function talkEverywhere(form: SettingsForm, context: EverywhereContext) {
  const { app, preferences, keyNames, document } = context;
  const power = form.switchRow('everywhere.switch', 'everywhere.text', (on) =>
    preferences.update({ globalTalk: on ? 'talk' : 'off' }),
  );
  const mode = form.segments<'talk' | 'mute'>(
    'everywhere.mode',
    [
      { value: 'talk', text: 'everywhere.talk' },
      { value: 'mute', text: 'everywhere.mute' },
    ],
    (globalTalk) => preferences.update({ globalTalk }),
  );
  // Its name stays, and what stands in it is the key: as the choice in a list.
  const field = form.make('input', 'input key-input');
  field.readOnly = true;
  const label = form.text('label', 'switch-label', 'everywhere.key');
  label.htmlFor = form.identify(field);
  const problem = form.make('p', 'problem');
  setAttribute(problem, 'aria-live', 'polite');
  const writes = form.text('p', 'soft', 'everywhere.writes');
  const keyPart = form.make('div', 'field', form.make('div', 'key-row', label, field), problem, writes);

  let state: GlobalKeyState = 'off';
  let refused = false;
  const show = () => {
    const { globalTalk, globalKey } = preferences.value;
    const on = globalTalk !== 'off';
    power.show(on);
    mode.show(globalTalk === 'mute' ? 'mute' : 'talk');
    setHidden(mode.element, !on);
    setHidden(keyPart, !on);
    setHidden(writes, !writesText(globalKey));
    const value = keys.waiting ? form.t('talking.key-wait') : keyNames.of(globalKey);
    if (field.value !== value) field.value = value;
    const unheard = state === 'on' || state === 'off' ? null : state;
    const reason = refused ? 'talking.key-refused' : unheard && (`everywhere.${unheard}` as const);
    setText(problem, on && reason !== null ? form.t(reason) : '');
  };
  /** The same is asked by the call, if there is one; here it is for the answer. */
  const ask = async () => {
    const { globalTalk, globalKey: code } = preferences.value;
    const wanted = globalTalk === 'off' ? null : { code, printed: keyNames.printedOn(code) };
    const answer = await app.setGlobalKey(wanted);
    state = answer.ok ? answer.value : 'failed';
    show();
  };
  const render = () => {
    show();
    void ask();
  };
  const stop = () => {
    keys.stop();
    refused = false;
    show();
  };
  const keys: KeyCapture = new KeyCapture(document, fitsEverywhere, (caught) => {
    if (caught.kind === 'refused') {
      refused = true;
      show();
    } else stop();
    if (caught.kind === 'key') preferences.update({ globalKey: caught.code });
  });
  const start = () => {
    keys.start();
    show();
  };
  field.addEventListener('click', start);
  field.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || (event.code !== 'Enter' && event.code !== 'Space')) return;
    event.preventDefault();
    start();
  });
  field.addEventListener('blur', stop);
  app.onEvent((event) => {
    if (event.type !== 'global-key') return;
    state = event.state;
    show();
  });
  // The person was in the system's settings meanwhile.
  document.defaultView?.addEventListener('focus', () => {
    if (state === 'no-permission') void ask();
  });
  void keyNames.settled.then(render);

  return {
    elements: [power.element, mode.element, keyPart],
    render,
    get busy() {
      return keys.waiting;
    },
    stop,
  };
}
