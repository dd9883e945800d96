/** Owns the log entries for a change of state: phases, reasons and how many people, never who. */

import type { LogFields, Logger } from '../../../main/common/logger.ts';
import type { RoomState } from './room-state.ts';

/** One line for each part that changed. */
export function logChanges(logger: Logger, before: RoomState, after: RoomState): void {
  const earlier = partsOf(before);
  for (const [event, fields] of Object.entries(partsOf(after)))
    if (JSON.stringify(fields) !== JSON.stringify(earlier[event])) logger.info(event, fields);
}

function partsOf({
  signaling,
  call,
  full,
  door,
  microphone,
  soundBlocked,
  participants,
  files,
}: RoomState): Record<string, LogFields> {
  return {
    signaling: codesIn(signaling),
    call: { phase: call, full, door },
    microphone: codesIn(microphone),
    sound: { blocked: soundBlocked },
    peers: countsOf(participants.map(({ peer }) => Object.values(peer).join('-'))),
    obstacles: countsOf(participants.map(({ obstacle }) => obstacle)),
    files: countsOf(
      files.map(({ direction, phase, why }) => [direction, phase, why].filter(Boolean).join('-')),
    ),
  };
}

/** The state is made of codes and flags, and of nothing else. */
const codesIn = (state: RoomState['signaling'] | RoomState['microphone']): LogFields => ({ ...state });

/** How often each code stands in the list. */
function countsOf(codes: readonly (string | null)[]): LogFields {
  const counts: Record<string, number> = {};
  for (const code of codes) if (code !== null) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
