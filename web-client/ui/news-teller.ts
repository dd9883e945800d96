/** Owns saying aloud what the others did in the room: hands that went up, emoji shown to all. */

import type { Translate } from '../../main/common/translate.ts';
import type { RoomState } from '../core/room-state.ts';
import type { TextKey } from '../i18n/en.ts';
import type { Announcer } from './announcer.ts';
import { peopleLines, spokenName } from './people.ts';
import { roomNewsBetween } from './room-news.ts';

export class NewsTeller {
  readonly #t: Translate<TextKey>;
  readonly #announcer: Announcer;
  #room: RoomState | null = null;

  constructor(t: Translate<TextKey>, announcer: Announcer) {
    this.#t = t;
    this.#announcer = announcer;
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const before = this.#room;
    this.#room = room;
    if (room === null) return;
    const news = roomNewsBetween(before, room);
    if (news.length === 0) return;
    const lines = peopleLines(room);
    for (const item of news) {
      const line = lines.find(({ id }) => id === item.id);
      const name = line === undefined ? this.#t('name.unknown') : spokenName(line, this.#t('name.unknown'));
      if (item.type === 'hand-raised') this.#announcer.say(this.#t('people.hand-raised', { name }));
      else this.#announcer.whisper(this.#t('people.reaction', { name, emoji: item.emoji }));
    }
  }
}
