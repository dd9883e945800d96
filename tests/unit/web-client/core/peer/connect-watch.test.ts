import { beforeEach, describe, expect, it } from 'vitest';
import { AddressCensus, NO_ADDRESSES } from '../../../../../web-client/core/peer/address-census.ts';
import {
  CHECKS_INTERVAL_MS,
  CONNECT_BRIEF_MS,
  CONNECT_OVERDUE_MS,
  ConnectWatch,
  connectObstacle,
} from '../../../../../web-client/core/peer/connect-watch.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const at = (host: string, port: number, type = 'host', transport = 'udp') =>
  `candidate:1 1 ${transport} 2122260223 ${host} ${port} typ ${type}`;
const NAME = '3b0a6b3c-7f5e-4f0e-9d55-0d6a1c7e9f10.local';
const LOCAL = [at('192.168.1.7', 50_000)];
const HIDDEN = [at(NAME, 50_000)];
const SEEN = [...LOCAL, at('203.0.113.9', 50_000, 'srflx')];
const SEEN_BEHIND_NAME = [...HIDDEN, at('203.0.113.9', 50_000, 'srflx')];
/** Two servers were asked from one socket, and each saw another port. */
const STRICT = [...SEEN, at('203.0.113.9', 50_001, 'srflx')];
const SIX = [at('fd00::7', 50_000), at('2001:db8::7', 50_001)];
const RELAYED = [...LOCAL, at('198.51.100.1', 50_000, 'relay')];

function countsOf(candidates: readonly string[]) {
  const census = new AddressCensus();
  for (const candidate of candidates) census.add(candidate);
  return census.counts;
}

const facts = {
  answered: true,
  asksServers: true,
  asksRelays: false,
  relaysEnded: false,
  relayOnly: false,
  own: countsOf(SEEN),
  theirs: countsOf(SEEN),
  serverErrors: {},
  connections: 1,
  checks: null,
};

describe('connectObstacle', () => {
  it.each([
    [[], SEEN, 'no-own-address'],
    [SEEN, [], 'no-their-address'],
    [SEEN, SEEN, 'no-way'],
    [SEEN_BEHIND_NAME, SEEN_BEHIND_NAME, 'no-way'],
    [STRICT, SEEN, 'strict-router'],
    [SEEN, STRICT, 'strict-router'],
    [LOCAL, SEEN, 'udp-blocked-here'],
    [SEEN, LOCAL, 'udp-blocked-there'],
    [LOCAL, LOCAL, 'no-route'],
    [SIX, SEEN, 'no-route'],
    [SIX, SIX, 'no-way'],
    [HIDDEN, SEEN, 'hidden-here'],
    [SEEN, HIDDEN, 'hidden-there'],
    [LOCAL, HIDDEN, 'hidden-there'],
    [HIDDEN, HIDDEN, 'hidden-here'],
    [RELAYED, LOCAL, 'relay-no-way'],
    [LOCAL, RELAYED, 'relay-no-way'],
  ] as const)('of %o and %o is %s', (own, theirs, obstacle) => {
    expect(connectObstacle({ ...facts, own: countsOf(own), theirs: countsOf(theirs) })).toBe(obstacle);
  });

  it.each([
    [{}, 'relay-silent'],
    [{ 'udp-701': 3, 'tls-701': 1 }, 'relay-silent'],
    [{ 'stun-701': 1 }, 'relay-silent'],
    [{ 'udp-701': 1, 'tcp-401': 2 }, 'relay-refused'],
    [{ 'tls-441': 1 }, 'relay-refused'],
    // Firefox does not tell which server said it.
    [{ 'stun-401': 1 }, 'relay-refused'],
    [{ 'udp-401': 1, 'udp-486': 1 }, 'relay-full'],
    [{ 'tcp-508': 1 }, 'relay-full'],
  ] as const)('of a side without an address at the relay, after %j, is %s', (serverErrors, obstacle) => {
    for (const [own, theirs] of [
      [SEEN, STRICT],
      [LOCAL, RELAYED],
      [[], SEEN],
    ] as const) {
      const asked = {
        ...facts,
        own: countsOf(own),
        theirs: countsOf(theirs),
        asksRelays: true,
        serverErrors,
      };
      expect(connectObstacle(asked)).toBe(obstacle);
      expect(connectObstacle({ ...asked, answered: false })).toBe('no-answer');
    }
  });

  it('is a clock, where the relay refuses what by this device’s has ended', () => {
    const refused = { ...facts, asksRelays: true, serverErrors: { 'udp-401': 1 } };
    expect(connectObstacle({ ...refused, relaysEnded: true })).toBe('relay-ended');
    expect(connectObstacle({ ...refused, serverErrors: { 'udp-486': 1 }, relaysEnded: true })).toBe(
      'relay-full',
    );
    expect(connectObstacle({ ...refused, serverErrors: {}, relaysEnded: true })).toBe('relay-silent');
  });

  it('is none of the relay’s where both have an address there, or nobody was asked for one', () => {
    const relayed = { ...facts, own: countsOf(RELAYED), asksRelays: true };
    expect(connectObstacle({ ...relayed, theirs: countsOf([]) })).toBe('no-their-address');
    expect(connectObstacle({ ...relayed, theirs: countsOf(SEEN) })).toBe('relay-no-way');
    expect(connectObstacle({ ...facts, serverErrors: { 'stun-701': 4 } })).toBe('no-way');
  });

  it('is that there is no relay, where no other way is to be gone', () => {
    const hidden = { ...facts, relayOnly: true };
    expect(connectObstacle(hidden)).toBe('relay-none');
    expect(connectObstacle({ ...hidden, answered: false })).toBe('no-answer');
    expect(connectObstacle({ ...hidden, asksRelays: true })).toBe('relay-silent');
  });

  it('blames nobody for UDP where no server was asked, and the other one for not answering', () => {
    for (const [own, theirs] of [
      [LOCAL, SEEN],
      [SEEN, LOCAL],
    ] as const) {
      const asked = { ...facts, own: countsOf(own), theirs: countsOf(theirs), asksServers: false };
      expect(connectObstacle(asked)).toBe('no-route');
      expect(connectObstacle({ ...asked, answered: false })).toBe('no-answer');
    }
  });
});

describe('the addresses of one side', () => {
  it('are counted once each, by kind', () => {
    expect(countsOf([...SEEN, ...SEEN, ...HIDDEN, ...SIX, ...RELAYED])).toEqual({
      hidden: 1,
      local: 2,
      public4: 1,
      public6: 1,
      relayed: 1,
      strict: false,
    });
  });

  it('show a strict router by one socket with two ports, whatever other sockets there are', () => {
    const seenAs = (port: number) => `${at('203.0.113.9', port, 'srflx')} raddr 192.168.1.7 rport 50000`;
    const sockets = [...SIX, ...LOCAL, at('10.0.0.7', 50_003), at('10.0.0.8', 50_004)];
    expect(countsOf([...sockets, seenAs(50_000), seenAs(50_001)]).strict).toBe(true);
    const seen = [...SEEN, `${at('203.0.113.9', 50_001, 'srflx')} raddr 0.0.0.0 rport 9`];
    expect(countsOf([...SIX, ...seen]).strict).toBe(true);
    expect(countsOf([...HIDDEN, ...seen]).strict).toBe(false);
  });

  it('say nothing of a strict router where there are as many sockets, as after a restart', () => {
    const again = [at('192.168.1.7', 50_002), at('203.0.113.9', 50_002, 'srflx')];
    expect(countsOf([...SEEN, ...again]).strict).toBe(false);
  });

  it('that lead nowhere, or make no sense, count as none, and too many are passed over', () => {
    expect(countsOf(['', 'nonsense', `${at('192.168.1.7', 9, 'host', 'tcp')} tcptype active`]).public4).toBe(
      0,
    );
    const census = new AddressCensus();
    for (let port = 1; port < 5_000; port++) census.add(at('192.168.1.7', port));
    expect(census.counts.local).toBe(256);
  });
});

describe('a connection that does not come about', () => {
  let time: ManualTime;
  let whenTold: () => void;
  let told: number;
  let watch: ConnectWatch;
  let stats: Record<string, unknown>[] | null;
  let asksRelays: boolean;
  beforeEach(() => {
    time = new ManualTime();
    whenTold = () => {};
    told = 0;
    stats = null;
    asksRelays = false;
    watch = new ConnectWatch({
      timers: time.timers,
      asks: () => ({ asksServers: true, asksRelays, relaysEnded: false, relayOnly: false }),
      stats: () => (stats === null ? null : Promise.resolve({ values: () => stats ?? [] })),
      onChange: () => {
        told++;
        whenTold();
      },
    });
  });

  it('is left alone for a while, then told, and told again with what is found out', async () => {
    watch.begin();
    watch.noteAnswer();
    await time.advance(CONNECT_OVERDUE_MS - 1);
    expect([watch.obstacle, watch.diagnosis, told]).toEqual([null, null, 0]);
    await time.advance(1);
    expect([watch.obstacle, told]).toEqual(['no-own-address', 1]);
    for (const candidate of [...SEEN, ...SEEN]) watch.noteAddress('own', candidate);
    expect([watch.obstacle, told]).toEqual(['no-their-address', 3]);
    watch.begin();
    expect(watch.obstacle).toBe('no-their-address');
  });

  it('is given its time anew, once, when a relay gives an address at last', async () => {
    asksRelays = true;
    watch.begin();
    watch.noteAnswer();
    for (const candidate of LOCAL) watch.noteAddress('theirs', candidate);
    await time.advance(CONNECT_OVERDUE_MS);
    expect(watch.obstacle).toBe('relay-silent');
    const before = told;
    watch.noteAddress('own', RELAYED[1] ?? '');
    expect([watch.obstacle, told]).toEqual([null, before + 1]);
    await time.advance(CONNECT_OVERDUE_MS - 1);
    watch.noteAddress('own', at('198.51.100.1', 50_001, 'relay'));
    expect(watch.obstacle).toBeNull();
    await time.advance(1);
    expect(watch.obstacle).toBe('relay-no-way');
    watch.noteAddress('own', at('198.51.100.1', 50_002, 'relay'));
    expect(watch.obstacle).toBe('relay-no-way');
  });

  it('that is lost while it is being made goes on being waited for, with what is known', async () => {
    watch.begin();
    watch.noteAnswer();
    await time.advance(CONNECT_OVERDUE_MS - 1);
    watch.begin();
    await time.advance(1);
    expect([watch.obstacle, told]).toEqual(['no-own-address', 1]);
  });

  it.each([
    ['before', 1_000],
    ['just while', CONNECT_OVERDUE_MS - 100],
  ])(
    'that stands for a moment only, %s it would be told, is told as soon, by addresses found since',
    async (_when, standsAtMs) => {
      watch.setStanding(false);
      watch.noteAnswer();
      watch.noteAddress('own', SEEN[1] ?? '');
      await time.advance(standsAtMs);
      watch.setStanding(true);
      await time.advance(CONNECT_BRIEF_MS - 1);
      expect([watch.obstacle, told]).toEqual([null, 0]);
      watch.setStanding(false);
      await time.advance(
        Math.max(CONNECT_OVERDUE_MS - standsAtMs - CONNECT_BRIEF_MS + 1, CHECKS_INTERVAL_MS),
      );
      expect([watch.obstacle, watch.diagnosis?.own]).toEqual(['no-own-address', NO_ADDRESSES]);
    },
  );

  it('that stands for longer has come about', async () => {
    watch.setStanding(false);
    watch.noteAnswer();
    await time.advance(CONNECT_OVERDUE_MS - 1);
    watch.setStanding(true);
    await time.advance(CONNECT_BRIEF_MS);
    expect(time.pending).toBe(0);
    watch.setStanding(false);
    await time.advance(CONNECT_OVERDUE_MS - 1);
    expect(watch.obstacle).toBeNull();
    await time.advance(1);
    expect(watch.obstacle).toBe('no-answer');
  });

  it('is over where whoever is told of it ends it, and leaves no timer', async () => {
    whenTold = () => watch.end();
    watch.begin();
    await time.advance(CONNECT_OVERDUE_MS);
    expect([told, watch.obstacle, time.pending]).toEqual([1, null, 0]);
  });

  it('is forgotten once it came about, and begins anew when it is lost', async () => {
    watch.begin();
    watch.noteAnswer();
    watch.end();
    await time.advance(2 * CONNECT_OVERDUE_MS);
    expect([watch.obstacle, told, time.pending]).toEqual([null, 0, 0]);
    watch.noteAddress('own', SEEN[0] ?? '');
    watch.begin();
    await time.advance(CONNECT_OVERDUE_MS);
    expect([watch.obstacle, watch.diagnosis?.own]).toEqual(['no-answer', NO_ADDRESSES]);
    watch.dispose();
    expect(watch.obstacle).toBeNull();
  });

  it('is known by counts: connections, what servers answered, and the checks, looked at now and then', async () => {
    stats = [
      { type: 'candidate-pair', requestsSent: 7, responsesReceived: 0, requestsReceived: 2 },
      { type: 'candidate-pair', requestsSent: 5 },
      { type: 'transport', requestsSent: 100 },
    ];
    watch.begin();
    watch.noteConnection();
    watch.noteConnection();
    for (let error = 0; error < 3; error++) watch.noteServerError('stun:stun.example.org', 701);
    for (let code = 1; code < 100; code++) watch.noteServerError('', code);
    await time.advance(CONNECT_OVERDUE_MS);
    expect(watch.diagnosis).toMatchObject({
      connections: 2,
      asksServers: true,
      checks: { pairs: 2, sent: 12, answered: 0, received: 2 },
    });
    expect(watch.diagnosis?.serverErrors['stun-701']).toBe(3);
    expect(Object.keys(watch.diagnosis?.serverErrors ?? {})).toHaveLength(16);
    stats = [];
    await time.advance(CHECKS_INTERVAL_MS);
    expect(watch.diagnosis?.checks?.pairs).toBe(0);
    watch.end();
    await time.advance(CHECKS_INTERVAL_MS);
    expect([watch.diagnosis, time.pending]).toEqual([null, 0]);
  });
});
