/** Owns attendance, what the host sees besides the roster: pages that have not joined, and whom others report. */

import type { Members } from './members.ts';

export interface Attendance {
  /** Pages that have proven a link and have not joined. */
  readonly waiting: number;
  /** Of those who are in and are reported: how many others, who are in as well, say that this person floods them. */
  readonly reports: ReadonlyMap<string, number>;
}

export const NOBODY: Attendance = { waiting: 0, reports: new Map() };

export function attendanceOf(members: Members): Attendance {
  const waiting = members.all().filter(({ socket, name }) => socket !== null && name === null).length;
  const counts = members.joined.map(({ id, reportedBy }) => {
    const stillHere = [...reportedBy].filter(({ name }) => name !== null);
    return [id, stillHere.length] as const;
  });
  return { waiting, reports: new Map(counts.filter(([, count]) => count > 0)) };
}

export function isSameAttendance(a: Attendance, b: Attendance): boolean {
  if (a.waiting !== b.waiting || a.reports.size !== b.reports.size) return false;
  return [...a.reports].every(([id, count]) => b.reports.get(id) === count);
}
