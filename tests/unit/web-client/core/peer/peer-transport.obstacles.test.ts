/** Holds what a transport tells and does where no connection comes about. */

import { describe, expect, it } from 'vitest';
import { CONNECT_OVERDUE_MS } from '../../../../../web-client/core/peer/connect-watch.ts';
import { expectConnectedOnce, pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});

describe('a browser that makes no connection', () => {
  it.each(['a', 'b'] as const)('for a while ends nothing but that try: %s', async (name) => {
    let refusing = true;
    pair.network.refuses = (owner) => refusing && owner === name;
    await pair.connect();
    expect(pair.phases).toEqual(['connecting', 'connecting']);
    await pair.time.advance(20_000);
    refusing = false;
    await pair.time.advance(60_000);
    expectConnectedOnce(pair);
  });
});

describe('a connection that does not come about', () => {
  const obstacles = () => [pair.a.transport.obstacle, pair.b.transport.obstacle];
  const OVERDUE_MS = 11_000;

  it('is told after a while, and no more once it stands', async () => {
    pair.network.up = false;
    await pair.connect();
    expect(obstacles()).toEqual([null, null]);
    await pair.time.advance(OVERDUE_MS);
    expect(obstacles()).toEqual(['no-way', 'no-way']);
    pair.network.up = true;
    await pair.time.advance(60_000);
    expectConnectedOnce(pair);
    expect(obstacles()).toEqual([null, null]);
    pair.network.up = false;
    pair.network.fail('disconnected');
    await pair.time.advance(OVERDUE_MS);
    expect(obstacles()).toEqual(['no-way', 'no-way']);
  });

  it('is waited for from the silence on that the page notices, long before the browser says a word', async () => {
    await pair.connect();
    for (const side of [pair.a, pair.b]) side.alive = false;
    pair.network.up = false;
    pair.a.transport.setSilent(true);
    await pair.time.advance(CONNECT_OVERDUE_MS);
    expect(obstacles()).toEqual(['no-way', null]);
    pair.network.up = true;
    pair.a.transport.setSilent(false);
    expect(obstacles()).toEqual([null, null]);
    await pair.time.advance(60_000);
    expect(obstacles()).toEqual([null, null]);
  });

  it('for want of addresses is told apart on either side', async () => {
    pair.network.gathers = (name) => !name.startsWith('a#');
    pair.network.up = false;
    await pair.connect();
    await pair.time.advance(OVERDUE_MS);
    expect(obstacles()).toEqual(['no-own-address', 'no-their-address']);
  });

  it('for want of addresses that may be used is the same', async () => {
    pair.a.tamper = (message) =>
      message.type === 'ice'
        ? JSON.parse(JSON.stringify(message).replaceAll('192.0.2.1', '169.254.0.9'))
        : message;
    pair.network.up = false;
    await pair.connect();
    await pair.time.advance(OVERDUE_MS);
    expect(obstacles()).toEqual(['no-their-address', 'no-way']);
  });

  it('for want of an answer says so', async () => {
    pair.b.start(true);
    await pair.time.advance(OVERDUE_MS);
    expect(pair.b.transport.obstacle).toBe('no-answer');
    pair.a.start(false);
    await pair.time.advance(60_000);
    expectConnectedOnce(pair);
    expect(obstacles()).toEqual([null, null]);
  });

  it('for want of a path to say anything by is not the other one’s fault', async () => {
    pair.b.path = false;
    pair.b.start(true);
    await pair.time.advance(OVERDUE_MS);
    expect(pair.b.transport.obstacle).toBeNull();
  });
});
