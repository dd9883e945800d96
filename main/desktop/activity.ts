/** Owns what goes on in the app, as the tray, the badge and who closes a window see it: a room, a call, both or nothing. Pure. */

import { NO_CALL } from '../common/call-api/bridge.ts';
import type { CallReport } from '../common/call-api/commands.ts';
import type { HostStatus } from '../common/host-api/snapshot.ts';
import { assertNever } from '../common/result.ts';
import type { NativeTexts } from './native-texts.ts';

export interface Activity {
  /** The room of this app; null while it is not open. */
  readonly room: { readonly people: number /** To be let in. */; readonly waiting: number } | null;
  /** The call of this app; null unless somebody is in it. */
  readonly call: { readonly others: number; readonly microphone: CallReport['microphone'] } | null;
}

/** In one sign: what matters most of it. */
export type Glance = 'idle' | 'hosting' | 'talking' | 'muted';

export function activityOf(status: HostStatus, { call, others, microphone }: CallReport = NO_CALL): Activity {
  return {
    room:
      status.phase === 'live' ? { people: status.participants.length, waiting: status.waitingCount } : null,
    call: call === 'joined' ? { others, microphone } : null,
  };
}

export function glanceOf({ room, call }: Activity): Glance {
  if (call === null) return room === null ? 'idle' : 'hosting';
  switch (call.microphone) {
    case 'open':
      return 'talking';
    case 'muted':
    case 'none':
      return 'muted';
    default:
      return assertNever(call.microphone);
  }
}

/** How many are in, the person at this computer among them where they are. */
export function peopleIn({ room, call }: Activity): number {
  return call === null ? (room?.people ?? 0) : call.others + 1;
}

/** The same in sentences: who waits for an answer first, the call before the room. */
export function activityLines({ room, call }: Activity, t: NativeTexts): readonly string[] {
  const lines: string[] = [];
  if (room !== null && room.waiting > 0) lines.push(t('room.waiting', { count: room.waiting }));
  if (call !== null) {
    lines.push(call.others === 0 ? t('status.call-alone') : t('status.call', { count: call.others }));
    if (call.microphone === 'muted') lines.push(t('status.muted'));
  }
  if (room !== null)
    lines.push(room.people === 0 ? t('status.room-empty') : t('status.room', { count: room.people }));
  return lines;
}
