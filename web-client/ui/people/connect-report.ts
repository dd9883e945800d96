/** Owns the connection report that people pass on to whoever helps them: codes and counts, and nothing that anybody wrote or has. */

import type { AddressCounts, ConnectDiagnosis } from '../../core/state/connect-diagnosis.ts';
import type { ParticipantState, RoomState } from '../../core/state/room-state.ts';
import type { ConnectionQuality } from '../../core/stats/connection-quality.ts';

const CODE = /^[a-z0-9-]{1,24}$/;
const ENGINES = ['Firefox', 'Chrome', 'Safari'] as const;

/** In English in every language, since those who help read many. What is neither a code nor a number is left out. */
export function connectReport(
  { signaling, capacity, participants, call }: RoomState,
  { peer, trust, obstacle, diagnosis, quality }: ParticipantState,
  userAgent: string,
): string {
  const host = signaling.phase === 'retrying' ? [signaling.phase, signaling.why] : [signaling.phase];
  const rows: readonly (readonly [string, readonly unknown[]])[] = [
    ['browser', [engineOf(userAgent)]],
    ['host', host],
    ['call', [call, participants.length + 1, 'of', capacity]],
    ['connection', peer.phase === 'failed' ? [peer.phase, peer.reason] : [peer.phase]],
    ['trust', [trust]],
    ['obstacle', [obstacle ?? 'none']],
    ...(diagnosis === null ? [] : diagnosisRows(diagnosis)),
    ...(quality === null ? [] : qualityRows(quality)),
  ];
  const lines = rows.map(([term, values]) => `- ${term}: ${values.map(plain).join(' ')}`);
  return ['Secret Call, connection report', '', ...lines, ''].join('\n');
}

function diagnosisRows(diagnosis: ConnectDiagnosis): [string, readonly unknown[]][] {
  const {
    answered,
    asksServers,
    asksRelays,
    relaysEnded,
    relayOnly,
    own,
    theirs,
    serverErrors,
    connections,
    checks,
  } = diagnosis;
  const errors = Object.entries(serverErrors).flatMap(([code, count]) => [`${code}x${count}`]);
  return [
    ['answered', [answered]],
    ['connections', [connections]],
    ['own-addresses', addressWords(own)],
    ['their-addresses', addressWords(theirs)],
    ['servers', asksServers ? ['asked', ...(errors.length === 0 ? ['no-errors'] : errors)] : ['none']],
    [
      'relays',
      [asksRelays ? 'asked' : 'none', ...(relaysEnded ? ['ended'] : []), ...(relayOnly ? ['only'] : [])],
    ],
    [
      'checks',
      checks === null
        ? ['unknown']
        : [
            'pairs',
            checks.pairs,
            'sent',
            checks.sent,
            'answered',
            checks.answered,
            'received',
            checks.received,
          ],
    ],
  ];
}

function addressWords({ hidden, local, public4, public6, relayed, strict }: AddressCounts): unknown[] {
  const counts = Object.entries({ hidden, local, public4, public6, relayed }).flat();
  return strict ? [...counts, 'strict'] : counts;
}

function qualityRows({ grade, path, roundTripMs, loss, jitterMs }: ConnectionQuality): [string, unknown[]][] {
  return [
    ['quality', [grade, path.kind, ...(path.kind === 'relayed' ? [path.transport ?? 'unknown'] : [])]],
    ['round-trip-ms', [roundTripMs ?? 'unknown']],
    ['loss', [loss ?? 'unknown']],
    ['jitter-ms', [jitterMs ?? 'unknown']],
  ];
}

/** The engine and its first number; nothing else of what a browser says of itself. */
function engineOf(userAgent: string): string {
  const engine = ENGINES.find((name) => userAgent.includes(`${name}/`));
  const version = /(?:Firefox|Chrome|Version)\/(\d{1,4})\b/.exec(userAgent)?.[1];
  return engine === undefined ? 'other' : `${engine.toLowerCase()}-${version ?? 'unknown'}`;
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : 'odd';
  return typeof value === 'string' && CODE.test(value) ? value : 'odd';
}
