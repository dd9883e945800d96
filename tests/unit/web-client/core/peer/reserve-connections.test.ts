/** Holds the reserve connections of a pair over a fake peer network: agreed ahead, taken at a change of address, and under attack. */

import { beforeEach, describe, expect, it } from 'vitest';
import { RESERVE_LIFE_MS } from '../../../../../main/common/protocol/limits.ts';
import { CONNECTIONS_OF_PAIR, RESERVE_RENEW_MS } from '../../../../../main/common/protocol/peer-limits.ts';
import { DISCONNECTED_GRACE_MS } from '../../../../../web-client/core/peer/ice-recovery.ts';
import {
  RESERVE_ATTEMPT_MS,
  RESERVE_ATTEMPTS_MAX,
  RESERVE_SIGN_MS,
} from '../../../../../web-client/core/peer/reserve-connections.ts';
import { KNOCK_INTERVAL_MS } from '../../../../../web-client/core/peer/waiting-reserve.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair, TransportSide } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});
beforeEach(() => pair.connect());

const sides = () => [pair.a, pair.b];
const opened = () => sides().map(({ connections }) => connections.length);

/** The host is gone, and each of these has the other wait for it. */
async function agree(...movers: readonly TransportSide[]): Promise<void> {
  for (const { transport } of movers) transport.setReserve(true);
  await pair.time.advance(200);
}

/** From now on nobody can be told anything. */
async function move(mover: TransportSide): Promise<void> {
  for (const side of sides()) Object.assign(side, { path: false, alive: false });
  pair.lost = true;
  pair.network.move(mover === pair.a ? 'a' : 'b');
  mover.transport.wake();
  await pair.time.advance(RESERVE_SIGN_MS + 200);
}

function expectTaken(before: readonly (object | null)[]): void {
  expect(pair.phases).toEqual(['connected', 'connected']);
  expect(sides().map(({ transport }) => transport.channelOpen)).toEqual([true, true]);
  for (const [index, { transport }] of sides().entries())
    expect(transport.connection).not.toBe(before[index]);
  // The voice of the new connection, played in the place of the former one.
  for (const { voices, connections } of sides()) {
    expect(voices).toHaveLength(2);
    expect(connections.flatMap(({ remoteTracks }) => remoteTracks)).toContain(voices[1]);
  }
}

function expectSame(before: readonly (object | null)[]): void {
  for (const [index, token] of tokens().entries()) expect(token).toBe(before[index]);
}

const tokens = () => sides().map(({ transport }) => transport.connection);

describe('a reserve', () => {
  it.each([
    ['the polite side', () => pair.a],
    ['the other side', () => pair.b],
  ])('brings %s back from another address without a word', async (_, moverOf) => {
    const mover = moverOf();
    await agree(mover);
    const before = tokens();
    const sent = sides().map((side) => side.sent.length);
    await move(mover);
    expectTaken(before);
    expect(opened()).toEqual([1, 1]);
    expect(sides().map((side) => side.sent.filter(({ type }) => type === 'offer').length)).toEqual(
      sides().map(
        (side, index) => side.sent.slice(0, sent[index]).filter(({ type }) => type === 'offer').length,
      ),
    );
  });

  it('in a crowd tells nobody again, once it counts, what was told ahead', async () => {
    for (const { transport } of sides()) transport.setPeerCount(3);
    await agree(pair.a);
    const answers = () => pair.a.sent.flatMap(({ type, body }) => (type === 'answer' ? [body.epoch] : []));
    const [told] = answers();
    const before = tokens();
    pair.a.alive = false;
    pair.a.transport.wake();
    await pair.time.advance(RESERVE_SIGN_MS + 1_000);
    expectTaken(before);
    expect(answers().filter((epoch) => epoch === told)).toHaveLength(1);
  });

  it('is begun by the connection that made the answer, where the browser holds to the name it gave', async () => {
    await agree(pair.a);
    const before = tokens();
    pair.network.holdsCredentials = true;
    await move(pair.a);
    expectTaken(before);
    expect(opened()).toEqual([1, 1]);
  });

  it('waits long, and is agreed on anew before it is over', async () => {
    await agree(pair.a);
    const [, first] = pair.b.connections;
    await pair.time.advance(RESERVE_RENEW_MS + 200);
    expect(first?.closed).toBe(true);
    expect(opened()).toEqual([2, 2]);
    const before = tokens();
    await pair.time.advance(RESERVE_RENEW_MS / 2);
    await move(pair.a);
    expectTaken(before);
  });

  it('knocks at another place that nobody has before the browser gives up', async () => {
    await agree(pair.a);
    const waiting = pair.b.connections.at(-1);
    const knocks = () => waiting?.given.filter((given) => given.includes('192.0.2.1')) ?? [];
    expect(knocks()).toHaveLength(1);
    await pair.time.advance(3 * KNOCK_INTERVAL_MS);
    expect(new Set(knocks()).size).toBe(4);
  });

  it('is over once the host is back, and by itself where nobody says so', async () => {
    await agree(pair.a, pair.b);
    expect(opened()).toEqual([3, 3]);
    pair.a.transport.setReserve(false);
    await pair.time.advance(100);
    expect(opened()).toEqual([2, 2]);
    pair.lost = true;
    await pair.time.advance(RESERVE_LIFE_MS + 200);
    expect(opened()).toEqual([1, 1]);
  });

  it('stands for either side, and again after it was used', async () => {
    await agree(pair.a, pair.b);
    await move(pair.a);
    expect(pair.phases).toEqual(['connected', 'connected']);
    for (const side of sides()) Object.assign(side, { path: true, alive: true });
    pair.lost = false;
    await pair.time.advance(1_000);
    const before = tokens();
    await move(pair.b);
    expect(pair.phases).toEqual(['connected', 'connected']);
    expect(tokens()[0]).not.toBe(before[0]);
    await pair.time.advance(RESERVE_ATTEMPT_MS);
  });

  it('comes to the same connection on both sides where both use theirs at once', async () => {
    await agree(pair.a, pair.b);
    const before = tokens();
    for (const side of sides()) Object.assign(side, { path: false, alive: false });
    pair.lost = true;
    pair.network.move('a');
    pair.a.transport.wake();
    pair.b.transport.wake();
    await pair.time.advance(RESERVE_SIGN_MS + 200);
    expect(pair.phases).toEqual(['connected', 'connected']);
    for (const [index, token] of tokens().entries()) expect(token).not.toBe(before[index]);
    pair.a.transport.sendBox(new TextEncoder().encode('after'));
    await pair.time.advance(10);
    expect(pair.b.boxes).toContain('after');
  });

  it('carries no voice before it counts, and then what the microphone is now', async () => {
    const microphone = new FakeTrack();
    pair.a.transport.setTrack(microphone);
    await agree(pair.a);
    const sounding = () =>
      pair.a.connections.flatMap(({ transceivers }) => transceivers.filter(({ track }) => track !== null));
    expect(sounding()).toHaveLength(1);
    const [silent] = pair.b.connections.slice(-1);
    await move(pair.a);
    expect(pair.a.connection.remote).toBe(silent);
    expect(sounding()).toHaveLength(1);
  });

  it('carries no voice where the microphone was closed meanwhile, until it is opened', async () => {
    const microphone = new FakeTrack();
    pair.a.transport.setTrack(microphone);
    await agree(pair.a);
    const sounding = () =>
      pair.a.connections.flatMap(({ transceivers }) => transceivers.filter(({ track }) => track !== null));
    pair.a.transport.setTrack(null);
    await move(pair.a);
    expect(sounding()).toEqual([]);
    pair.a.transport.setTrack(microphone);
    expect(sounding()).toHaveLength(1);
  });

  it('is not used while the connection carries, whatever the network says', async () => {
    await agree(pair.a);
    const before = tokens();
    const made = pair.network.connections.length;
    pair.path(false);
    pair.a.transport.wake();
    await pair.time.advance(3 * RESERVE_ATTEMPT_MS);
    expect(pair.network.connections).toHaveLength(made);
    expectSame(before);
  });

  it('is used without a sign of the network once the connection is known to be dead', async () => {
    await agree(pair.a);
    const before = tokens();
    pair.path(false);
    pair.lost = true;
    pair.network.move('a');
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS + 200);
    expectTaken(before);
  });

  it('is tried again while the network is not there yet, and not for ever', async () => {
    await agree(pair.a);
    pair.network.up = false;
    await move(pair.a);
    pair.network.fail('failed');
    const made = () => pair.network.connections.length;
    const before = made();
    await pair.time.advance(2 * RESERVE_ATTEMPTS_MAX * RESERVE_ATTEMPT_MS);
    expect(made() - before).toBeLessThanOrEqual(RESERVE_ATTEMPTS_MAX);
    pair.network.up = true;
    pair.a.transport.wake();
    await pair.time.advance(RESERVE_SIGN_MS + 200);
    expect(pair.phases).toEqual(['connected', 'connected']);
  });
});

describe('one who attacks', () => {
  const OTHER = Array(32).fill('CC').join(':');

  it.each(['offer', 'answer'] as const)(
    'with another fingerprint in an %s ahead ends the pair',
    async (type) => {
      const victim = type === 'offer' ? pair.a : pair.b;
      victim.tamper = (message) =>
        message.type === type
          ? {
              ...message,
              body: { ...message.body, sdp: message.body.sdp.replace(/(?<=sha-256 ).*/g, OTHER) },
            }
          : message;
      await agree(pair.a);
      expect(victim.refused).toEqual(['fingerprint']);
      expect(victim.transport.phase).toBe('off');
    },
  );

  it('offers a reserve that nobody asked for: nothing comes of it', async () => {
    await agree(pair.a);
    const [offer] = pair.b.sent.filter(({ type }) => type === 'offer').slice(-1);
    if (offer?.type !== 'offer') throw new Error('there was no offer');
    const made = pair.network.connections.length;
    const before = tokens();
    for (const epoch of [1, 2, 3, 4, offer.body.epoch, 1_000])
      pair.a.take({ type: 'offer', body: { ...offer.body, epoch, reserve: true } });
    await pair.time.advance(1_000);
    expect(pair.network.connections).toHaveLength(made);
    expectSame(before);
  });

  it('asks for, or answers, one of an epoch that is over: nothing comes of it', async () => {
    await agree(pair.a);
    const [answer] = pair.a.sent.filter(({ type }) => type === 'answer').slice(-1);
    if (answer?.type !== 'answer') throw new Error('there was no answer');
    const before = tokens();
    pair.b.take({ type: 'wish', body: { kind: 'reserve', epoch: 1 } });
    pair.b.take({ type: 'answer', body: { ...answer.body, epoch: answer.body.epoch + 2 } });
    pair.b.take(answer);
    await pair.time.advance(1_000);
    expect(opened()).toEqual([2, 2]);
    expectSame(before);
    // Anew over a path that is there again: what was agreed before is void.
    pair.b.transport.handleWish({ kind: 'rebuild', epoch: 50 });
    await pair.time.advance(200);
    expect(pair.phases).toEqual(['connected', 'connected']);
    pair.b.take(answer);
    await pair.time.advance(1_000);
    expect(pair.phases).toEqual(['connected', 'connected']);
  });

  it('asks for a flood of reserves: one waits, and few are made', async () => {
    const made = pair.network.connections.length;
    for (let epoch = 2; epoch < 1_000; epoch++)
      pair.b.take({ type: 'wish', body: { kind: 'reserve', epoch } });
    await pair.time.advance(1_000);
    expect(pair.network.connections.length - made).toBeLessThanOrEqual(CONNECTIONS_OF_PAIR.burst + 1);
    expect(opened()).toEqual([1, 2]);
    expect(pair.phases).toEqual(['connected', 'connected']);
  });

  it('uses a reserve though the connection is healthy: it moves over once, and nothing is doubled', async () => {
    await agree(pair.a);
    const before = tokens();
    pair.a.alive = false;
    pair.a.transport.wake();
    await pair.time.advance(RESERVE_SIGN_MS + 200);
    expectTaken(before);
    expect(opened()).toEqual([2, 2]);
    await pair.time.advance(RESERVE_ATTEMPT_MS);
  });
});
