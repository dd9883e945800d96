/** Owns one example of every state the host's window can show. */

import { NOTICE_CODES } from '../../../main/common/host-api/snapshot.ts';
import type { UpdateStatus, WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { LIVE_TOKENS_MAX } from '../../../main/common/protocol/limits.ts';
import { DEFAULT_PREFERENCES } from '../../../main/settings.ts';
import { emptyRoom, invitationAt, lanLinkAt, linkAt, liveStatus, snapshotOf } from './host-samples.ts';

const MOVED = 'https://four-plain-words-here.trycloudflare.com';

const TUNNEL = 'https://4f2a9c81b7d3e6.lhr.life';

const substitute = { provider: 'cloudflared', of: 'localhost.run', reason: 'tunnel-timeout' } as const;

const connected = { public: linkAt(TUNNEL), tunnel: { phase: 'connected', url: TUNNEL } } as const;
const LONG_NAME = 'Name'.repeat(16);

const person = (start: string, name: string | null, reports = 0) => ({
  id: `${start}JDREVGR0hJSktMTU5PUA`.slice(0, 22),
  name,
  reports,
});

const people = [
  person('QU', 'Марина'),
  person('ZZ', 'Alexander'),
  person('x1', null),
  person('y1', 'سارة'),
  person('w1', LONG_NAME),
];

/** As many as there can be: namesakes, one of them reported, and one whose id begins like the other's. */
const everybody = [
  ...people,
  person('w2', LONG_NAME, 21),
  person('QV', 'марина', 1),
  person('QUJDREX', 'Марина', 2),
  person('a1', 'Benedikta Constanza Maximiliana von Hohenzollern-Wittelsbach'),
  person('b1', '田中さん'),
  person('c1', null, 11),
  person('d1', '🏴󠁧󠁢󠁷󠁬󠁳󠁿 Rhys'),
];

/** Of very many who wait, these are shown. */
const askedFor = (all: readonly { readonly id: string; readonly name: string | null }[], more = 0) => ({
  lobby: true,
  waiting: all.map(({ id, name }) => ({ id: `w${id.slice(0, 21)}`, name })),
  waitingCount: all.length + more,
});

/** How updates stand in a build that looks for them. */
export const updatesOf = (
  progress: UpdateStatus['progress'],
  change: Partial<UpdateStatus> = {},
): { readonly updates: UpdateStatus } => ({
  updates: {
    current: '0.1.0',
    source: { host: 'github.com', way: 'itself' },
    held: false,
    progress,
    ...change,
  },
});

const BY_HAND = { source: { host: 'github.com', way: 'by-hand' } } as const;
const version = '0.12.3';

export const windowStates = {
  idle: snapshotOf({ phase: 'idle' }, { preferences: { ...DEFAULT_PREFERENCES, mode: 'group' } }),
  'idle, for two, with remarks': snapshotOf(
    { phase: 'idle' },
    {
      preferences: { ...DEFAULT_PREFERENCES, mode: '1x1', tunnel: 'none' },
      notices: NOTICE_CODES,
      ...updatesOf({ phase: 'quiet' }),
    },
  ),
  'cut off': snapshotOf(
    { phase: 'idle' },
    { cutOff: true, ...updatesOf({ phase: 'offered', version }, BY_HAND) },
  ),
  'cut off, and its port is taken': snapshotOf({ phase: 'failed', code: 'port-in-use' }, { cutOff: true }),
  starting: snapshotOf({ phase: 'starting', step: 'server' }, updatesOf({ phase: 'checking' })),
  connecting: snapshotOf(liveStatus({ capacity: 2, tunnel: { phase: 'connecting' } })),
  live: snapshotOf(liveStatus({ ...connected, participants: people.slice(0, 3) })),
  crowded: snapshotOf(
    liveStatus({
      ...connected,
      capacity: 12,
      others: [
        linkAt('https://call.example.org'),
        lanLinkAt('https://192.168.1.20:8790'),
        lanLinkAt('https://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8790'),
      ],
      participants: everybody,
      onlookers: 21,
    }),
  ),
  locked: snapshotOf(
    liveStatus({ ...connected, locked: true }),
    updatesOf({ phase: 'ready', version }, { held: true }),
  ),
  'some wait': snapshotOf(
    liveStatus({ ...connected, ...askedFor(everybody.slice(4, 9)), participants: people.slice(0, 3) }),
  ),
  'more wait than are shown, and the room is full': snapshotOf(
    liveStatus({
      ...connected,
      ...askedFor(everybody, 40),
      capacity: 2,
      participants: people.slice(0, 2),
    }),
  ),
  'one outside': snapshotOf(
    liveStatus({ ...connected, onlookers: 1 }),
    updatesOf({ phase: 'held', version }, { held: true }),
  ),
  inviting: snapshotOf(
    liveStatus({
      ...connected,
      invitations: [
        invitationAt(TUNNEL, 2, null),
        invitationAt(TUNNEL, 3, Date.now() + 58 * 60_000),
        invitationAt(TUNNEL, 4, Date.now() + 6.5 * 86_400_000),
        invitationAt(TUNNEL, 5, Date.now() - 1),
      ],
      participants: people,
    }),
  ),
  'inviting as many as there can be': snapshotOf(
    liveStatus({
      ...connected,
      invitations: Array.from({ length: LIVE_TOKENS_MAX - 1 }, (_, index) =>
        invitationAt(TUNNEL, index + 2, index % 3 === 0 ? null : Date.now() + index * 3_600_000),
      ),
    }),
  ),
  'inviting without a tunnel': snapshotOf(
    liveStatus({ invitations: [invitationAt(emptyRoom.local.origin, 2, null)] }),
  ),
  'without a tunnel': snapshotOf(emptyRoom),
  'tunnel lost': snapshotOf(
    liveStatus({
      tunnel: { phase: 'waiting', code: 'tunnel-lost', retryInMs: 9_000, exhausted: true, substitute },
      former: { origin: TUNNEL, sinceMs: Date.now() - 40_000 },
      participants: people.slice(0, 2),
    }),
  ),
  'tunnel moved': snapshotOf(
    liveStatus({
      public: linkAt(MOVED),
      tunnel: { phase: 'connected', url: MOVED, substitute },
      former: { origin: TUNNEL, sinceMs: Date.now() - 5 * 86_400_000 },
      invitations: [invitationAt(MOVED, 2, null)],
      participants: people.slice(0, 2),
    }),
  ),
  'tunnel failed': snapshotOf(liveStatus({ tunnel: { phase: 'failed', code: 'ssh-unusable' } })),
  stopping: snapshotOf({ phase: 'stopping' }, updatesOf({ phase: 'downloading', version, percent: 43 })),
  failed: snapshotOf(
    { phase: 'failed', code: 'port-in-use' },
    updatesOf({ phase: 'failed', code: 'not-writable', version }),
  ),
  'failed for good': snapshotOf(
    { phase: 'failed', code: 'page-missing' },
    updatesOf({ phase: 'ready', version }),
  ),
} as const satisfies Record<string, WindowSnapshot>;
