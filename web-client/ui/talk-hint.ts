/** Owns saying which key to hold, wherever the microphone's state is shown while push to talk is on. */

import type { Translate } from '../../main/common/translate.ts';
import type { RoomState } from '../core/room-state.ts';
import type { TextKey } from '../i18n/en.ts';
import { byId, setHidden, setText } from './dom.ts';
import type { PreferenceStore } from './preferences.ts';
import { type KeyboardLayout, keyName } from './talk-key.ts';

/** null where no key has to be held to be heard. */
export function talkHint(
  room: RoomState,
  { pushToTalk, talkKey }: PreferenceStore['value'],
  layout: KeyboardLayout | null,
  t: Translate<TextKey>,
): string | null {
  const shut = room.call === 'joined' && room.microphone.phase === 'live' && room.microphone.muted;
  return pushToTalk && shut ? t('talk.hold', { key: keyName(talkKey, layout, t) }) : null;
}

export class TalkHint {
  readonly #t: Translate<TextKey>;
  readonly #preferences: PreferenceStore;
  readonly #line: HTMLElement;
  #layout: KeyboardLayout | null = null;
  #room: RoomState | null = null;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    preferences: PreferenceStore,
    layout: Promise<KeyboardLayout | null>,
  ) {
    this.#t = t;
    this.#preferences = preferences;
    this.#line = byId(root, 'talk-hint', HTMLElement);
    preferences.onChange(() => this.render(this.#room));
    void layout.then((known) => {
      this.#layout = known;
      this.render(this.#room);
    });
  }

  render(room: RoomState | null): void {
    this.#room = room;
    const hint = room === null ? null : talkHint(room, this.#preferences.value, this.#layout, this.#t);
    setHidden(this.#line, hint === null);
    setText(this.#line, hint ?? '');
  }
}
