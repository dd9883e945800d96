/** Owns one example of every state the host's window can show. */

import type { HostStatus } from '../../../main/common/host-api/snapshot.ts';
import { emptyRoom, invitationAt, linkAt, liveStatus } from './host-samples.ts';

const TUNNEL = 'https://4f2a9c81b7d3e6.lhr.life';

const people = [
  { id: 'QUJDREVGR0hJSktMTU5PUA', name: 'Марина', reports: 0 },
  { id: 'ZZJDREVGR0hJSktMTU5PUA', name: 'Alexander', reports: 0 },
  { id: 'x1JDREVGR0hJSktMTU5PUA', name: null, reports: 0 },
  { id: 'y1JDREVGR0hJSktMTU5PUA', name: 'سارة', reports: 0 },
  { id: 'w1JDREVGR0hJSktMTU5PUA', name: 'Name'.repeat(16), reports: 0 },
];

export const windowStates = {
  idle: { phase: 'idle' },
  starting: { phase: 'starting', step: 'server' },
  connecting: liveStatus({ tunnel: { phase: 'connecting' } }),
  live: liveStatus({
    public: linkAt(TUNNEL),
    tunnel: { phase: 'connected', url: TUNNEL },
    participants: people.slice(0, 3),
  }),
  crowded: liveStatus({
    public: linkAt(TUNNEL),
    tunnel: { phase: 'connected', url: TUNNEL },
    others: [linkAt('https://call.example.org'), linkAt('https://192.168.1.20:8790')],
    participants: [...people, { id: 'QUJEREVGR0hJSktMTU5PUA', name: 'марина', reports: 2 }],
    waiting: 3,
  }),
  inviting: liveStatus({
    public: linkAt(TUNNEL),
    tunnel: { phase: 'connected', url: TUNNEL },
    invitations: [
      invitationAt(TUNNEL, 2, null),
      invitationAt(TUNNEL, 3, Date.now() + 58 * 60_000),
      invitationAt(TUNNEL, 4, Date.now() + 6.5 * 86_400_000),
    ],
    participants: people,
  }),
  'inviting without a tunnel': liveStatus({
    invitations: [invitationAt(emptyRoom.local.origin, 2, null)],
  }),
  'without a tunnel': emptyRoom,
  'tunnel lost': liveStatus({
    tunnel: { phase: 'waiting', code: 'tunnel-lost', retryInMs: 9_000 },
    participants: people.slice(0, 2),
  }),
  'tunnel failed': liveStatus({ tunnel: { phase: 'failed', code: 'ssh-not-found' } }),
  stopping: { phase: 'stopping' },
  failed: { phase: 'failed', code: 'port-in-use' },
} as const satisfies Record<string, HostStatus>;
