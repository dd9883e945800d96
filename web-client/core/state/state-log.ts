/** Owns what the page's log is told of a change of state: phases, reasons and how many people, never who. */

import type { LogFields, Logger } from '../../../main/common/logger.ts';
import type { PeerState, RoomState } from './room-state.ts';

/** One line for each part that changed. */
export function logChanges(logger: Logger, before: RoomState, after: RoomState): void {
  for (const [event, describe] of PARTS) {
    const fields = describe(after);
    if (!isSame(describe(before), fields)) logger.info(event, fields);
  }
}

const PARTS: readonly (readonly [event: string, describe: (state: RoomState) => LogFields])[] = [
  ['signaling', ({ connection }) => ({ phase: connection.phase, why: whyOf(connection) })],
  ['call', ({ call, full }) => ({ phase: call, full })],
  ['microphone', ({ microphone }) => microphoneFields(microphone)],
  ['sound', ({ soundBlocked }) => ({ blocked: soundBlocked })],
  ['peers', ({ participants }) => peerCounts(participants.map(({ link }) => link))],
  ['obstacles', ({ participants }) => countsOf(participants.map(({ obstacle }) => obstacle))],
];

function whyOf(connection: RoomState['connection']): string | undefined {
  if (connection.phase === 'retrying') return connection.why;
  return connection.phase === 'ended' ? connection.reason : undefined;
}

function microphoneFields(microphone: RoomState['microphone']): LogFields {
  switch (microphone.phase) {
    case 'live':
      return { phase: 'live', muted: microphone.muted, hint: microphone.hint ?? undefined };
    case 'none':
      return { phase: 'none', why: microphone.reason };
    default:
      return { phase: microphone.phase };
  }
}

function peerCounts(peers: readonly PeerState[]): LogFields {
  return countsOf(peers.map((peer) => (peer.phase === 'failed' ? `failed-${peer.reason}` : peer.phase)));
}

/** How often each code stands in the list. */
function countsOf(codes: readonly (string | null)[]): LogFields {
  const counts: Record<string, number> = {};
  for (const code of codes) if (code !== null) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function isSame(a: LogFields, b: LogFields): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
