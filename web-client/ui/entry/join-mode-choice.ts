/** Owns the choice of the join mode: with the microphone open, muted, or without one. */

import type { Translate } from '../../../main/common/translate.ts';
import type { JoinMode } from '../../core/call-intents.ts';
import type { TextKey } from '../../i18n/en.ts';
import { JOIN_MODES, type PreferenceStore, talkKeyOf } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { byId, setDisabled, setText } from '../shell/dom.ts';

export class JoinModeChoice {
  readonly #t: Translate<TextKey>;
  readonly #preferences: PreferenceStore;
  readonly #keyNames: KeyNames;
  readonly #group: HTMLFieldSetElement;
  readonly #text: HTMLElement;
  readonly #radios: readonly HTMLInputElement[];

  constructor(root: Document, t: Translate<TextKey>, preferences: PreferenceStore, keyNames: KeyNames) {
    this.#t = t;
    this.#preferences = preferences;
    this.#keyNames = keyNames;
    this.#group = byId(root, 'join-mode', HTMLFieldSetElement);
    this.#text = byId(root, 'join-mode-text', HTMLElement);
    this.#radios = [...this.#group.querySelectorAll('input')];
    for (const radio of this.#radios) radio.addEventListener('change', () => this.#choose(radio.value));
    // What was chosen before this ran holds.
    const early = this.#radios.find(({ checked, defaultChecked }) => checked && !defaultChecked);
    if (early !== undefined) this.#choose(early.value);
    preferences.onChange(() => this.render());
    void keyNames.settled.then(() => this.render());
  }

  /** What to join with: the key to talk opens what is muted. */
  get mode(): JoinMode {
    const { joinMode } = this.#preferences.value;
    return joinMode === 'talk' && talkKeyOf(this.#preferences.value) !== null ? 'muted' : joinMode;
  }

  render(): void {
    const { joinMode } = this.#preferences.value;
    const key = talkKeyOf(this.#preferences.value);
    for (const radio of this.#radios) radio.checked = radio.value === joinMode;
    const text =
      joinMode === 'talk' && key !== null
        ? 'join-mode.talk-key.text'
        : (`join-mode.${joinMode}.text` as const);
    setText(this.#text, this.#t(text, { key: key === null ? '' : this.#keyNames.of(key) }));
  }

  setEnabled(enabled: boolean): void {
    setDisabled(this.#group, !enabled);
  }

  #choose(value: string): void {
    const joinMode = JOIN_MODES.find((other) => other === value);
    if (joinMode !== undefined) this.#preferences.update({ joinMode });
  }
}
