/** Owns the join form: the name field, the join mode, and the one button that joins and leaves. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { NAME_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { JOINING, type JoinButton, joinButton } from '../page-state.ts';
import { type NameProblem, readOwnName } from '../preferences/own-name.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { byId, setAttribute, setDisabled, setHidden, setText } from '../shell/dom.ts';
import { JoinModeChoice } from './join-mode-choice.ts';

/**
 * A press that is answered so soon seems answered at once (Nielsen, Usability Engineering, section 5.5). Drawing the answer takes as
 * long as the first words to the host do, which go first.
 */
const PRESS_ANSWER_MS = 100;

export class JoinView {
  readonly #t: Translate<TextKey>;
  readonly #intents: PageIntents;
  readonly #preferences: PreferenceStore;
  readonly #joinMode: JoinModeChoice;
  readonly #head: HTMLElement;
  readonly #people: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #name: HTMLInputElement;
  readonly #problem: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #label: HTMLElement;
  readonly #icon: SVGElement;
  readonly #cancel: HTMLButtonElement;
  readonly #answer: Timeout;
  #action: JoinButton['action'] = 'none';

  constructor(
    root: Document,
    t: Translate<TextKey>,
    intents: PageIntents,
    preferences: PreferenceStore,
    keyNames: KeyNames,
    timers: TimersLike,
  ) {
    this.#t = t;
    this.#intents = intents;
    this.#preferences = preferences;
    this.#answer = new Timeout(timers);
    this.#joinMode = new JoinModeChoice(root, t, preferences, keyNames);
    this.#head = byId(root, 'start-head', HTMLElement);
    this.#people = byId(root, 'start-people', HTMLElement);
    this.#form = byId(root, 'join-form', HTMLFormElement);
    this.#name = byId(root, 'join-name', HTMLInputElement);
    this.#problem = byId(root, 'join-problem', HTMLElement);
    this.#button = byId(root, 'join-leave', HTMLButtonElement);
    this.#label = byId(root, 'join-leave-text', HTMLElement);
    this.#icon = byId(root, 'join-leave-icon', SVGElement);
    this.#cancel = byId(root, 'join-cancel', HTMLButtonElement);

    // What was typed before this ran stays.
    if (this.#name.value === this.#name.defaultValue) this.#name.value = preferences.value.name;
    this.#name.addEventListener('input', () => this.#correct());
    this.#cancel.addEventListener('click', () => intents.leave());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#action === 'join') this.join();
      else if (this.#action === 'leave') intents.leave();
    });
  }

  /** Joins under the typed name, or says what is wrong with it. */
  join(): void {
    const name = readOwnName(this.#name.value);
    if (!name.ok) {
      this.#complain(name.error);
      this.#name.focus();
      return;
    }
    this.#intents.join(name.value, this.#joinMode.mode);
    this.#name.value = name.value;
    this.#preferences.update({ name: name.value });
    // The page is drawn later, when there is time for it.
    this.#action = JOINING.action;
    this.#answer.set(() => this.#showButton(JOINING), PRESS_ANSWER_MS);
  }

  render(room: RoomState): void {
    this.#answer.clear();
    const button = joinButton(room);
    this.#showButton(button);
    setAttribute(this.#icon, 'hidden', button.action === 'leave' ? null : '');
    this.#button.classList.toggle('button-danger', button.action === 'leave');

    setHidden(this.#cancel, !button.busy);
    setHidden(this.#form, room.call === 'joined');
    this.#name.readOnly = button.busy;
    this.#joinMode.setEnabled(!button.busy);
    this.#joinMode.render();
    setHidden(this.#head, room.call === 'joined');
    setText(this.#people, this.#peopleText(room));
  }

  #showButton({ text, action, busy }: JoinButton): void {
    this.#action = action;
    setText(this.#label, this.#t(text));
    setAttribute(this.#button, 'data-busy', busy ? '' : null);
    // aria-disabled while busy keeps the focus where it is; there is something to wait for.
    setAttribute(this.#button, 'aria-disabled', busy ? 'true' : null);
    setDisabled(this.#button, action === 'none' && !busy);
  }

  #peopleText({ signaling, callMissing, others, returned }: RoomState): string {
    if (signaling.phase === 'retrying')
      return signaling.why === 'no-answer' && !returned ? this.#t('join.offline') : '';
    if (signaling.phase === 'standby') return this.#t('join.standby');
    if (signaling.phase !== 'online') return '';
    if (callMissing) return this.#t('join.missing');
    return others === 0 ? this.#t('join.empty') : this.#t('join.people', { count: others });
  }

  /** Once something was wrong, each key stroke tells whether it still is. */
  #correct(): void {
    if (!this.#name.hasAttribute('aria-invalid')) return;
    const name = readOwnName(this.#name.value);
    this.#complain(name.ok ? null : name.error);
  }

  #complain(problem: NameProblem | null): void {
    setAttribute(this.#name, 'aria-invalid', problem === null ? null : 'true');
    setText(this.#problem, problem === null ? '' : this.#t(`name.${problem}`, { max: NAME_MAX_UNITS }));
  }
}
