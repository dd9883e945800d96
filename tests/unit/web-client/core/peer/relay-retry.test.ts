/** Holds a pair to its retry by relays alone: when its direct way failed, how often, and that it goes directly again. */

import { beforeEach, describe, expect, it } from 'vitest';
import { REPAIR_TIMEOUTS_MS } from '../../../../../web-client/core/peer/ice-recovery.ts';
import {
  DIRECT_AGAIN_MS,
  HANDSHAKE_LOOK_MS,
  SILENCES_MAX,
} from '../../../../../web-client/core/peer/relay-retry.ts';
import { pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair } from '../../../../support/call/transport-pair.ts';

const RELAYED = 'candidate:4 1 udp 41885439 203.0.113.9 50001 typ relay';
/** As a browser tells of the pair that is used. */
const DIRECT_PAIR = [
  { type: 'transport', selectedCandidatePairId: 'pair' },
  { id: 'pair', type: 'candidate-pair', localCandidateId: 'own', remoteCandidateId: 'other' },
  { id: 'own', type: 'local-candidate', candidateType: 'srflx' },
  { id: 'other', type: 'remote-candidate', candidateType: 'srflx' },
];
const OWN_RELAY = { id: 'relay', type: 'local-candidate', candidateType: 'relay' };
const REPAIR_MS = Math.max(...REPAIR_TIMEOUTS_MS) + 2_000;

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});
beforeEach(() => {
  for (const side of [pair.a, pair.b]) side.asksRelays = true;
});

/** Of each side, whether its present connection goes by relays alone. */
const byRelay = () => [pair.a, pair.b].map((side) => side.byRelay.has(side.connection));
const isByRelay = () => byRelay().includes(true);
const made = () => pair.network.connections.length / 2;

/** Its relay gives each side an address. */
function findRelays(sides = [pair.a, pair.b]): void {
  for (const { connection } of sides) connection.find(RELAYED);
}
/** Directly nothing comes about but ICE. */
function muteDirect(): void {
  pair.network.carriesMore = (connection) =>
    [pair.a, pair.b].some((side) => side.byRelay.has(connection)) ||
    [pair.a, pair.b].some((side) => connection.remote !== null && side.byRelay.has(connection.remote));
}
async function goOn(totalMs: number, stepMs = 500): Promise<void> {
  for (let passedMs = 0; passedMs < totalMs; passedMs += stepMs) await pair.time.advance(stepMs);
}

describe('a direct way that answers ICE and lets no handshake through', () => {
  beforeEach(muteDirect);

  it('is given up for the relay within seconds, by one connection more', async () => {
    await pair.connect();
    findRelays();
    expect([pair.phases, isByRelay()]).toEqual([['connecting', 'connecting'], false]);
    await goOn(HANDSHAKE_LOOK_MS);
    expect(made()).toBe(1);
    await goOn(HANDSHAKE_LOOK_MS);
    expect([pair.phases, isByRelay(), made()]).toEqual([['connected', 'connected'], true, 2]);
    // Nothing has changed that could make it good.
    await goOn(10 * DIRECT_AGAIN_MS);
    expect([pair.phases, isByRelay(), made()]).toEqual([['connected', 'connected'], true, 2]);
  });

  it('is gone again once the network is another, on the connection that stands', async () => {
    await pair.connect();
    findRelays();
    await goOn(2 * HANDSHAKE_LOOK_MS);
    pair.network.carriesMore = () => true;
    for (const { transport } of [pair.a, pair.b]) transport.wake();
    await goOn(1_000);
    expect([pair.phases, byRelay(), made()]).toEqual([['connected', 'connected'], [false, false], 2]);
  });

  it.each([
    [
      'no relay is asked',
      () => {
        for (const side of [pair.a, pair.b]) side.asksRelays = false;
      },
    ],
    ['none gives an address', () => {}],
    [
      'all goes by relays anyway',
      () => {
        findRelays();
        for (const side of [pair.a, pair.b]) side.relayOnly = true;
      },
    ],
  ])('costs no connection more where %s', async (_why, prepare) => {
    await pair.connect();
    prepare();
    await goOn(2 * HANDSHAKE_LOOK_MS + 1_000);
    expect([isByRelay(), made()]).toEqual([false, 1]);
  });

  it('is taken by turns with a relay that carries no more, in three connections at most in a minute and a half', async () => {
    pair.network.carriesMore = () => false;
    await pair.connect();
    findRelays();
    const ways = new Set<boolean>();
    for (let second = 0; second < 90; second++) {
      await goOn(1_000);
      ways.add(isByRelay());
    }
    expect(ways).toEqual(new Set([false, true]));
    expect(made()).toBeLessThanOrEqual(3);
    pair.network.carriesMore = () => true;
    await goOn(2 * REPAIR_MS);
    expect(pair.phases).toEqual(['connected', 'connected']);
  });
});

describe('a way that ICE does not find', () => {
  it('is looked for by relays alone when the ladder makes its connection anew, then by all again', async () => {
    pair.network.up = false;
    await pair.connect();
    findRelays();
    const ways: boolean[] = [];
    for (let second = 0; second < 90; second++) {
      await goOn(1_000);
      if (isByRelay() !== ways.at(-1)) ways.push(isByRelay());
    }
    expect(ways).toEqual([false, true, false]);
    expect(made()).toBeLessThanOrEqual(3);
  });

  it('is looked for directly once more beside a relay that carries, without another connection', async () => {
    pair.network.up = false;
    await pair.connect();
    findRelays();
    for (let second = 0; second < 60 && !isByRelay(); second++) await goOn(1_000);
    pair.network.up = true;
    pair.network.connect();
    await goOn(1_000);
    expect([pair.phases, isByRelay()]).toEqual([['connected', 'connected'], true]);
    const before = made();
    const ufrags = [pair.a, pair.b].map(({ connection }) => connection.ufrag);
    await goOn(DIRECT_AGAIN_MS + 3_000);
    expect([pair.phases, byRelay(), made()]).toEqual([['connected', 'connected'], [false, false], before]);
    expect([pair.a, pair.b].map(({ connection }) => connection.ufrag)).not.toEqual(ufrags);
  });
});

describe('a direct way that falls silent again and again', () => {
  async function fallSilent(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      pair.b.transport.setSilent(true);
      await goOn(1_000);
      if (pair.b.connection.connectionState === 'connected') pair.b.transport.setSilent(false);
      await goOn(5_000);
    }
  }

  it.each([
    ['is given up for a relay', [...DIRECT_PAIR, OWN_RELAY], true],
    ['is kept where no relay gives an address', DIRECT_PAIR, false],
    [
      'is kept where it is a relay’s already',
      [...DIRECT_PAIR.slice(0, 2), { ...OWN_RELAY, id: 'own' }, DIRECT_PAIR[3] ?? {}],
      false,
    ],
  ])('%s', async (_what, stats, falls) => {
    await pair.connect();
    pair.b.connection.stats = stats;
    await fallSilent(SILENCES_MAX - 1);
    expect([isByRelay(), made()]).toEqual([false, 1]);
    await fallSilent(1);
    expect([pair.b.byRelay.has(pair.b.connection), made()]).toEqual([falls, falls ? 2 : 1]);
    expect(pair.phases).toEqual(['connected', 'connected']);
  });

  it('is kept where that is seldom', async () => {
    await pair.connect();
    pair.b.connection.stats = [...DIRECT_PAIR, OWN_RELAY];
    for (let time = 0; time < 3 * SILENCES_MAX; time++) {
      await fallSilent(1);
      await goOn(30_000);
    }
    expect([isByRelay(), made()]).toEqual([false, 1]);
  });
});

it('keeps to the relay for the first restart after it stood where the direct way is mute, and no longer', async () => {
  muteDirect();
  await pair.connect();
  findRelays();
  await goOn(2 * HANDSHAKE_LOOK_MS);
  pair.network.up = false;
  pair.network.fail('failed');
  await goOn(1_000);
  expect(isByRelay()).toBe(true);
  await goOn(REPAIR_MS);
  expect(isByRelay()).toBe(false);
});
