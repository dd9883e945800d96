/** Owns saying aloud what happened in the room: hands that went up, emoji shown to all, connections that do not come. */

import type { Translate } from '../../../main/common/translate.ts';
import type { ConnectObstacle, RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { participantRows, spokenName } from '../people/participant-rows.ts';
import type { Announcer } from '../shell/announcer.ts';

export type RoomNews =
  | { readonly type: 'hand-raised'; readonly id: string }
  | { readonly type: 'reaction'; readonly id: string; readonly emoji: string }
  /** Told once for each try, whatever else is found out about it. */
  | { readonly type: 'overdue'; readonly id: string; readonly obstacle: ConnectObstacle };

type OverdueNews = Extract<RoomNews, { readonly type: 'overdue' }>;

/** Never of oneself, nor of somebody who was not there before: what stood when they came is no news. */
export function roomNewsBetween(before: RoomState | null, after: RoomState): readonly RoomNews[] {
  if (before?.call !== 'joined' || after.call !== 'joined') return [];
  if (before.participants === after.participants) return [];
  const earlier = new Map(before.participants.map((person) => [person.id, person]));
  return after.participants.flatMap(({ id, handUp, reaction, obstacle }): RoomNews[] => {
    const was = earlier.get(id);
    if (was === undefined) return [];
    const news: RoomNews[] = [];
    if (handUp && !was.handUp) news.push({ type: 'hand-raised', id });
    if (reaction !== null && reaction.serial !== was.reaction?.serial) {
      news.push({ type: 'reaction', id, emoji: reaction.emoji });
    }
    if (obstacle !== null && was.obstacle === null) news.push({ type: 'overdue', id, obstacle });
    return news;
  });
}

export class RoomAnnouncer {
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
    const lines = participantRows(room);
    const nameOf = ({ id: wanted }: RoomNews): string => {
      const line = lines.find(({ id }) => id === wanted);
      return line === undefined ? this.#t('name.unknown') : spokenName(line, this.#t('name.unknown'));
    };
    for (const item of news) {
      const name = nameOf(item);
      if (item.type === 'hand-raised') this.#announcer.say(this.#t('people.hand-raised', { name }));
      else if (item.type === 'reaction')
        this.#announcer.whisper(this.#t('people.reaction', { name, emoji: item.emoji }));
    }
    this.#tellOverdue(
      news.filter((item) => item.type === 'overdue'),
      nameOf,
    );
  }

  /** In one breath, for what keeps one from all of them comes at the same moment. */
  #tellOverdue(news: readonly OverdueNews[], nameOf: (item: OverdueNews) => string): void {
    const obstacles = [...new Set(news.map(({ obstacle }) => obstacle))];
    const told = obstacles.map((obstacle) => {
      const names = news.filter((item) => item.obstacle === obstacle).map(nameOf);
      return `${names.join(', ')}: ${this.#t('link.overdue')}. ${this.#t(`obstacle.${obstacle}`)}`;
    });
    if (told.length > 0) this.#announcer.whisper(told.join(' '));
  }
}
