/** Owns the announcements of the room: hands and emoji, connections that do not come, and what a reload has changed. */

import { nameKey } from '../../../main/common/names/case-folding.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { ConnectObstacle } from '../../core/state/connect-diagnosis.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { missingFrom } from '../../core/state/session-events.ts';
import type { TextKey } from '../../i18n/en.ts';
import { participantRows, spokenName } from '../people/participant-rows.ts';
import type { Announcer } from '../shell/announcer.ts';

export type RoomChange =
  | { readonly type: 'hand-raised'; readonly id: string }
  | { readonly type: 'reaction'; readonly id: string; readonly emoji: string }
  /** Told once for each try, whatever else is found out about it. */
  | { readonly type: 'overdue'; readonly id: string; readonly obstacle: ConnectObstacle };

type OverdueChange = Extract<RoomChange, { readonly type: 'overdue' }>;

/** Never of oneself, nor of somebody who was not there before: what stood when they came is no change. */
export function roomChangesBetween(before: RoomState | null, after: RoomState): readonly RoomChange[] {
  if (before?.call !== 'joined' || after.call !== 'joined') return [];
  if (before.participants === after.participants) return [];
  const earlier = new Map(before.participants.map((participant) => [participant.id, participant]));
  return after.participants.flatMap(({ id, handUp, reaction, obstacle }): RoomChange[] => {
    const was = earlier.get(id);
    if (was === undefined) return [];
    const changes: RoomChange[] = [];
    if (handUp && !was.handUp) changes.push({ type: 'hand-raised', id });
    if (reaction !== null && reaction.serial !== was.reaction?.serial) {
      changes.push({ type: 'reaction', id, emoji: reaction.emoji });
    }
    if (obstacle !== null && was.obstacle === null) changes.push({ type: 'overdue', id, obstacle });
    return changes;
  });
}

export class RoomAnnouncer {
  readonly #t: Translate<TextKey>;
  readonly #announcer: Pick<Announcer, 'announce' | 'showToast'>;
  #room: RoomState | null = null;
  /** Keys of the names of those who were verified when they left. */
  readonly #verifiedBefore = new Set<string>();

  constructor(t: Translate<TextKey>, announcer: Pick<Announcer, 'announce' | 'showToast'>) {
    this.#t = t;
    this.#announcer = announcer;
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const before = this.#room;
    this.#room = room;
    if (room?.call !== 'joined') return;
    if (room.returned && before?.call !== 'joined') this.#announcer.showToast(this.#t('call.back'));
    if (before !== null) this.#tellNewKeys(before, room);
    const changes = roomChangesBetween(before, room);
    if (changes.length === 0) return;
    const rows = participantRows(room);
    const nameOf = ({ id: wanted }: RoomChange): string => {
      const row = rows.find(({ id }) => id === wanted);
      return row === undefined ? this.#t('name.unknown') : spokenName(row, this.#t('name.unknown'));
    };
    for (const item of changes) {
      const name = nameOf(item);
      if (item.type === 'hand-raised') this.#announcer.showToast(this.#t('people.hand-raised', { name }));
      else if (item.type === 'reaction')
        this.#announcer.announce(this.#t('people.reaction', { name, emoji: item.emoji }));
    }
    this.#announceOverdue(
      changes.filter((item) => item.type === 'overdue'),
      nameOf,
    );
  }

  /** One who loads the page anew is somebody else to this one, and that is to be told of whom it took to be verified. */
  #tellNewKeys(before: RoomState, room: RoomState): void {
    if (before.participants === room.participants) return;
    for (const { name, trust } of missingFrom(room, before))
      if (name !== null && trust === 'verified') this.#verifiedBefore.add(nameKey(name));
    for (const { name } of missingFrom(before, room))
      if (name !== null && this.#verifiedBefore.delete(nameKey(name)))
        this.#announcer.showToast(
          this.#t('people.new-key', { name: displayName(name) ?? this.#t('name.unknown') }),
        );
  }

  /** In one announcement, for what keeps one from all of them comes at the same moment. */
  #announceOverdue(changes: readonly OverdueChange[], nameOf: (item: OverdueChange) => string): void {
    const obstacles = [...new Set(changes.map(({ obstacle }) => obstacle))];
    const announced = obstacles.map((obstacle) => {
      const names = changes.filter((item) => item.obstacle === obstacle).map(nameOf);
      return `${names.join(', ')}: ${this.#t('peer.overdue')}. ${this.#t(`obstacle.${obstacle}`)}`;
    });
    if (announced.length > 0) this.#announcer.announce(announced.join(' '));
  }
}
