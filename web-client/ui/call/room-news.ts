/** Owns what happened between two states that is worth a word: hands that went up, emoji shown to all, no connection. */

import type { ConnectObstacle, RoomState } from '../../core/state/room-state.ts';

export type RoomNews =
  | { readonly type: 'hand-raised'; readonly id: string }
  | { readonly type: 'reaction'; readonly id: string; readonly emoji: string }
  /** Told once for each try, whatever else is found out about it. */
  | { readonly type: 'overdue'; readonly id: string; readonly obstacle: ConnectObstacle };

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
