/** Owns the push-to-talk hint: which key to hold, wherever the microphone's state is shown. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';

/** null where no key has to be held to be heard. */
export function talkHint(
  room: RoomState,
  { pushToTalk, talkKey }: PreferenceStore['value'],
  keyNames: KeyNames,
  t: Translate<TextKey>,
): string | null {
  const shut = room.call === 'joined' && room.microphone.phase === 'live' && room.microphone.muted;
  return pushToTalk && shut ? t('talk.hold', { key: keyNames.of(talkKey) }) : null;
}

export class TalkHint {
  readonly #t: Translate<TextKey>;
  readonly #preferences: PreferenceStore;
  readonly #keyNames: KeyNames;
  readonly #text: HTMLElement;
  #room: RoomState | null = null;

  constructor(root: Document, t: Translate<TextKey>, preferences: PreferenceStore, keyNames: KeyNames) {
    this.#t = t;
    this.#preferences = preferences;
    this.#keyNames = keyNames;
    this.#text = byId(root, 'talk-hint', HTMLElement);
    preferences.onChange(() => this.render(this.#room));
    void keyNames.settled.then(() => this.render(this.#room));
  }

  render(room: RoomState | null): void {
    this.#room = room;
    const hint = room === null ? null : talkHint(room, this.#preferences.value, this.#keyNames, this.#t);
    setHidden(this.#text, hint === null);
    setText(this.#text, hint ?? '');
  }
}
