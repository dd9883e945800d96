/** Holds what two transports do where a connection is lost: who mends it, when, how, and when it is made anew. */

import { describe, expect, it } from 'vitest';
import { END_DELAY_MS } from '../../../../../web-client/core/peer/candidate-batch.ts';
import {
  ANSWERED_LOOK_MS,
  DISCONNECTED_GRACE_MS,
  OTHER_TURN_MS,
  REPAIR_TIMEOUTS_MS,
  WAKE_GAP_MS,
  WITHOUT_RELAY_MS,
} from '../../../../../web-client/core/peer/ice-recovery.ts';
import { DESCRIPTION_HOLD_MS } from '../../../../../web-client/core/peer/local-signals.ts';
import { expectConnectedOnce, pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
const renew = pairForEachTest((fresh) => {
  pair = fresh;
});

describe('repair', () => {
  it('waits 3 s after a disconnection, then restarts ICE on the same connection', async () => {
    await pair.connect();
    pair.network.fail('disconnected');
    expect(pair.phases).toEqual(['lost', 'lost']);
    await pair.time.advance(2_900);
    expect(pair.phases).toEqual(['lost', 'lost']);
    await pair.time.advance(200);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(2);
    expect(Math.max(...pair.offersMade)).toBeGreaterThan(0);
  });

  it('restarts ICE at once after a failure, and when both wake at the same moment', async () => {
    await pair.connect();
    pair.network.fail('failed');
    await pair.time.advance(0);
    expectConnectedOnce(pair);
    pair.a.transport.wake();
    pair.b.transport.wake();
    await pair.time.advance(100);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(2);
  });

  it('takes two hints of the network for one', async () => {
    await pair.connect();
    pair.a.transport.wake();
    pair.a.transport.wake();
    await pair.time.advance(1_000);
    pair.a.transport.wake();
    await pair.time.advance(100);
    expect(pair.offersMade).toEqual([1, 1]);
  });

  it('builds the connection anew after two failures, once, by the side that offers', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('failed');
    await pair.time.advance(9_000);
    pair.network.up = true;
    await pair.time.advance(30_000);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(4);
    expect(pair.a.connection.made.offer).toBe(0);
    expect(pair.a.sent.some(({ type }) => type === 'wish')).toBe(false);
  });

  it('builds anew when the other side cannot be reached any more by the old one', async () => {
    await pair.connect();
    pair.a.connection.close();
    // Who does not answer may be frozen, and is waited for.
    await pair.time.advance(3_000 + 3 * 8_000 + 1_000);
    expectConnectedOnce(pair);
  });

  it('builds anew at once where the own browser refuses to mend the old one', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('failed');
    pair.b.connection.setLocalDescription = () => Promise.reject(new Error('InvalidStateError: refused'));
    pair.b.transport.wake();
    pair.network.up = true;
    await pair.time.advance(1_000);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(4);
  });

  it('keeps trying for as long as both are here, ever more slowly', async () => {
    pair.network.up = false;
    await pair.connect();
    await pair.time.advance(600_000);
    const made = pair.network.connections.length;
    expect(made).toBeGreaterThan(10);
    expect(made).toBeLessThan(100);
    pair.network.up = true;
    await pair.time.advance(31_000);
    expectConnectedOnce(pair);
  });

  it('is begun by the side that offers, and the other one takes it for its own', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('disconnected');
    await pair.time.advance(5_000);
    expect(pair.offersMade).toEqual([0, 2]);
    await pair.time.advance(60_000);
    pair.network.up = true;
    await pair.time.advance(31_000);
    expectConnectedOnce(pair);
    expect(pair.a.sent.some(({ type }) => type === 'offer' || type === 'wish')).toBe(false);
  });

  it('is begun by the other side where the first cannot say anything', async () => {
    await pair.connect();
    pair.b.path = false;
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS + OTHER_TURN_MS + 100);
    expectConnectedOnce(pair);
    expect(pair.offersMade).toEqual([1, 1]);
  });

  it('begins at once on the side whose network changed, whichever that is, and with a restart however often it failed', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('failed');
    await pair.time.advance(40_000);
    const made = pair.network.connections.length;
    pair.network.up = true;
    pair.a.transport.wake();
    await pair.time.advance(100);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(made);
  });

  it('is not begun again by a side that notices the loss only then', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.a.transport.wake();
    await pair.time.advance(100);
    pair.b.transport.setSilent(true);
    await pair.time.advance(500);
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS + 500);
    expect(pair.offersMade).toEqual([1, 1]);
    expect(pair.network.connections).toHaveLength(2);
    pair.network.up = true;
    await pair.time.advance(20_000);
    expectConnectedOnce(pair);
  });

  it('is over once something comes after its answer, though the browser never said that anything was lost', async () => {
    await pair.connect();
    pair.a.transport.wake();
    await pair.time.advance(ANSWERED_LOOK_MS);
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS);
    expectConnectedOnce(pair);
    expect(pair.offersMade).toEqual([1, 2]);
  });

  it('has its time where nothing comes though it was answered', async () => {
    await pair.connect();
    for (const side of [pair.a, pair.b]) side.alive = false;
    pair.a.transport.wake();
    await pair.time.advance(ANSWERED_LOOK_MS);
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS);
    expect(pair.offersMade).toEqual([1, 1]);
  });

  it('is not taken for over by what came before the next one began, or before a loss', async () => {
    for (const meanwhile of [() => pair.a.transport.wake(), () => pair.network.fail('disconnected')]) {
      renew();
      await pair.connect();
      const looks: (() => void)[] = [];
      pair.a.isAlive = () => new Promise((resolve) => looks.push(() => resolve(true)));
      pair.b.isAlive = pair.a.isAlive;
      pair.a.transport.wake();
      await pair.time.advance(WAKE_GAP_MS);
      meanwhile();
      await pair.time.advance(100);
      expect(looks).toHaveLength(2);
      for (const look of looks) look();
      await pair.time.advance(0);
      pair.network.fail('disconnected');
      await pair.time.advance(DISCONNECTED_GRACE_MS);
      expect(pair.phases).toEqual(['lost', 'lost']);
      await pair.time.advance(REPAIR_TIMEOUTS_MS[1] ?? 0);
      expectConnectedOnce(pair);
      for (const { transport } of [pair.a, pair.b]) transport.dispose();
    }
  });

  it('begins with a restart each time, however often one has mended what the browser never said was broken', async () => {
    await pair.connect();
    for (let time = 0; time < 5; time++) {
      pair.b.transport.setSilent(true);
      await pair.time.advance(500);
      pair.b.transport.setSilent(false);
      await pair.time.advance(60_000);
    }
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(2);
  });

  it('begins once more where the first sign came before the network', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('disconnected');
    pair.a.transport.wake();
    await pair.time.advance(500);
    pair.a.transport.wake();
    const before = pair.a.connection.made.offer;
    await pair.time.advance(WAKE_GAP_MS);
    expect(pair.a.connection.made.offer).toBe(before + 1);
  });

  it('makes no connection anew while the other page does not answer', async () => {
    await pair.connect();
    pair.network.up = false;
    pair.a.here = false;
    pair.a.path = false;
    pair.network.fail('disconnected');
    await pair.time.advance(DISCONNECTED_GRACE_MS);
    pair.network.fail('failed');
    await pair.time.advance(20_000);
    expect(pair.network.connections).toHaveLength(2);
  });

  it('costs three connections in a minute and a half where nothing gets through', async () => {
    pair.network.up = false;
    await pair.connect();
    await pair.time.advance(90_000);
    expect(pair.network.connections.length).toBeLessThanOrEqual(2 * 3);
  });

  it.each([
    [true, WITHOUT_RELAY_MS],
    [false, Math.max(...REPAIR_TIMEOUTS_MS)],
  ])('is tried again soon while a relay is asked for that gives nothing: %s', async (asks, withinMs) => {
    for (const side of [pair.a, pair.b]) side.asksRelays = asks;
    await pair.connect();
    pair.network.up = false;
    pair.network.fail('failed');
    await pair.time.advance(180_000);
    const offers = () => pair.b.sent.filter(({ type }) => type === 'offer').length;
    const before = offers();
    await pair.time.advance(8 * withinMs);
    expect(offers() - before).toBe(8);
  });

  it('waits for a path when there is none, and then goes on at once', async () => {
    await pair.connect();
    await pair.time.advance(END_DELAY_MS);
    pair.a.path = false;
    pair.b.path = false;
    const sent = pair.b.sent.length;
    pair.network.fail('failed');
    await pair.time.advance(60_000);
    expect(pair.b.sent).toHaveLength(sent);
    pair.b.path = true;
    pair.b.transport.handlePath();
    await pair.time.advance(DESCRIPTION_HOLD_MS);
    expectConnectedOnce(pair);
  });
});
