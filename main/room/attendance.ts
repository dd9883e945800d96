/** Owns attendance, what the host sees besides the roster: who is at the door, how that and the files stand, and whom others report. */

import { WAITING_SHOWN_MAX } from '../common/protocol/limits.ts';
import type { Members } from './members.ts';
import type { Door } from './room-events.ts';
import { isWaiting, type WaitingRoom } from './waiting-room.ts';

/** Somebody who waits to be let in; the name is sealed. */
export interface WaitingGuest {
  readonly id: string;
  readonly name: string;
}

export interface Attendance {
  /** Pages of others than the host that have proven a link, and neither are in nor wait to be let in. */
  readonly onlookers: number;
  readonly door: Door;
  /** Whether files may be sent. */
  readonly files: boolean;
  /** Those who wait to be let in, the first to ask first; of very many the first ones. */
  readonly waiting: readonly WaitingGuest[];
  /** All of them. */
  readonly waitingCount: number;
  /** Of those who are in and are reported: how many others, who are in as well, say that this person floods them. */
  readonly reports: ReadonlyMap<string, number>;
}

export function attendanceOf(members: Members, waitingRoom: WaitingRoom, files: boolean): Attendance {
  const isOutside = ({ name }: { readonly name: string | null }) => name === null;
  const outside = members.all().filter((member) => member.socket !== null && isOutside(member));
  const counts = members.joined.map(({ id, reportedBy }) => {
    const stillHere = [...reportedBy].filter((reporter) => !isOutside(reporter));
    return [id, stillHere.length] as const;
  });
  const { door, waiting } = waitingRoom;
  return {
    onlookers: outside.filter((member) => !isWaiting(member) && !member.standing.isHost).length,
    door,
    files,
    waiting: waiting
      .slice(0, WAITING_SHOWN_MAX)
      .map(({ id, request }) => ({ id, name: request?.name ?? '' })),
    waitingCount: waiting.length,
    reports: new Map(counts.filter(([, count]) => count > 0)),
  };
}

export function isSameAttendance(a: Attendance, b: Attendance): boolean {
  return (
    a.onlookers === b.onlookers &&
    a.door === b.door &&
    a.files === b.files &&
    a.waitingCount === b.waitingCount &&
    a.waiting.length === b.waiting.length &&
    a.waiting.every(({ id, name }, at) => b.waiting[at]?.id === id && b.waiting[at].name === name) &&
    a.reports.size === b.reports.size &&
    [...a.reports].every(([id, count]) => b.reports.get(id) === count)
  );
}
