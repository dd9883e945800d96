/** Owns the settings of connections: hiding one's address, and a STUN server of one's own, checked when it is saved, and nothing typed is lost meanwhile. */

import type { RoomState } from '../../core/state/room-state.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import { readStunServer } from '../preferences/stun-server.ts';
import { setAttribute, setText } from '../shell/dom.ts';
import { hideAddress } from './hide-address.ts';
import type { SettingsForm } from './settings-form.ts';

const EXAMPLE = 'stun:stun.example.org:3478';

export function connectionSection(form: SettingsForm, preferences: PreferenceStore) {
  const input = form.make('input', 'input stun-input');
  input.type = 'text';
  input.inputMode = 'url';
  input.autocomplete = 'off';
  input.autocapitalize = 'off';
  input.spellcheck = false;
  input.dir = 'ltr';
  input.placeholder = EXAMPLE;
  const label = form.text('label', 'label', 'connection.stun');
  label.htmlFor = form.identify(input);
  const note = form.text('p', 'soft', 'connection.stun.text');
  const problem = form.make('p', 'problem');
  const outcome = form.make('p', 'good');
  for (const line of [problem, outcome]) setAttribute(line, 'aria-live', 'polite');
  setAttribute(input, 'aria-describedby', `${form.identify(note)} ${form.identify(problem)}`);
  const save = form.text('button', 'button', 'connection.save');
  save.type = 'submit';

  const showOutcome = (problemText: string, outcomeText: string) => {
    setAttribute(input, 'aria-invalid', problemText === '' ? null : 'true');
    setText(problem, problemText);
    setText(outcome, outcomeText);
  };
  const row = form.make('div', 'stun-row', input, save);
  const element = form.make('form', 'field', label, row, problem, outcome, note);
  element.noValidate = true;
  input.addEventListener('input', () => showOutcome('', ''));
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const read = readStunServer(input.value);
    if (!read.ok) {
      showOutcome(form.t(`connection.${read.error}`), '');
      input.focus();
      return;
    }
    preferences.update({ stunServer: read.value });
    input.value = read.value ?? '';
    showOutcome('', form.t(read.value === null ? 'connection.cleared' : 'connection.saved'));
  });

  const hiding = hideAddress(form, preferences);
  let shown: string | null = null;
  return {
    element: form.section('connection.title', hiding.element, element),
    render: () => {
      hiding.render();
      const { stunServer } = preferences.value;
      if (stunServer === shown) return;
      shown = stunServer;
      input.value = stunServer ?? '';
      showOutcome('', '');
    },
    handleRoom: (room: RoomState | null) => hiding.handleRoom(room),
    /** The outcome belongs to the time before. */
    forget: () => setText(outcome, ''),
  };
}
