/** Owns the choice of how to come in: heard, muted, or without a microphone. */

import type { Translate } from '../../../main/common/translate.ts';
import type { JoinMode } from '../../core/call-intents.ts';
import type { TextKey } from '../../i18n/en.ts';
import { JOIN_MODES, type PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { byId, setText } from '../shell/dom.ts';

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
    this.#group = byId(root, 'manner', HTMLFieldSetElement);
    this.#text = byId(root, 'manner-text', HTMLElement);
    this.#radios = [...this.#group.querySelectorAll('input')];
    for (const radio of this.#radios) radio.addEventListener('change', () => this.#choose(radio.value));
    preferences.onChange(() => this.render());
    void keyNames.settled.then(() => this.render());
  }

  /** What to join with: the key to talk opens what is muted. */
  get manner(): JoinMode {
    const { manner, pushToTalk } = this.#preferences.value;
    return manner === 'talk' && pushToTalk ? 'muted' : manner;
  }

  render(): void {
    const { manner, pushToTalk, talkKey } = this.#preferences.value;
    for (const radio of this.#radios) radio.checked = radio.value === manner;
    const text =
      manner === 'talk' && pushToTalk ? 'manner.talk-key.text' : (`manner.${manner}.text` as const);
    setText(this.#text, this.#t(text, { key: this.#keyNames.of(talkKey) }));
  }

  setEnabled(enabled: boolean): void {
    this.#group.disabled = !enabled;
  }

  #choose(value: string): void {
    const manner = JOIN_MODES.find((other) => other === value);
    if (manner !== undefined) this.#preferences.update({ manner });
  }
}
