/** Owns the push-to-talk hint: which key to hold, wherever the microphone's state is shown. */

import type { GlobalKeyState } from '../../../main/common/call-api/global-key.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { type PreferenceStore, talkKeyOf } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';

/** null where no key has to be held to be heard. */
export function talkHint(
  room: RoomState,
  preferences: PreferenceStore['value'],
  everywhere: GlobalKeyState,
  keyNames: KeyNames,
  t: Translate<TextKey>,
): string | null {
  if (room.call !== 'joined' || room.microphone.phase !== 'live') return null;
  if (everywhere !== 'off' && everywhere !== 'on') return t('talk.not-heard');
  const key = talkKeyOf(preferences);
  return key !== null && room.microphone.muted ? t('talk.hold', { key: keyNames.of(key) }) : null;
}

export class TalkHint {
  readonly #t: Translate<TextKey>;
  readonly #preferences: PreferenceStore;
  readonly #keyNames: KeyNames;
  readonly #text: HTMLElement;
  #room: RoomState | null = null;
  #everywhere: GlobalKeyState = 'off';

  constructor(root: Document, t: Translate<TextKey>, preferences: PreferenceStore, keyNames: KeyNames) {
    this.#t = t;
    this.#preferences = preferences;
    this.#keyNames = keyNames;
    this.#text = byId(root, 'talk-hint', HTMLElement);
    preferences.onChange(() => this.render(this.#room));
    void keyNames.settled.then(() => this.render(this.#room));
  }

  /** @param everywhere how it stands with the key that works everywhere */
  setEverywhere(everywhere: GlobalKeyState): void {
    this.#everywhere = everywhere;
    this.render(this.#room);
  }

  render(room: RoomState | null): void {
    this.#room = room;
    const { value } = this.#preferences;
    const hint = room === null ? null : talkHint(room, value, this.#everywhere, this.#keyNames, this.#t);
    setHidden(this.#text, hint === null);
    setText(this.#text, hint ?? '');
  }
}
