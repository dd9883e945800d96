/** Holds a pair whose connection is made anew while it carries to being heard all the time, and to no other way than the new one after that. */

import { beforeEach, expect, it } from 'vitest';
import { FORMER_MAX_MS } from '../../../../../web-client/core/peer/former-connection.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});
beforeEach(() => pair.connect());

const rebuild = () => pair.b.transport.reconfigure('rebuild');
const standing = () => pair.network.open.map(({ connectionState }) => connectionState).sort();

it('hears the former one until the new one stands, on both sides, and not longer', async () => {
  const former = [pair.a.connection, pair.b.connection];
  const carriesMore = pair.network.carriesMore;
  pair.network.carriesMore = (connection) => former.includes(connection);
  rebuild();
  await pair.time.advance(1_000);
  expect(former.map(({ connectionState }) => connectionState)).toEqual(['connected', 'connected']);
  expect(standing()).toEqual(['connected', 'connected', 'connecting', 'connecting']);
  const heard = [pair.a, pair.b].map(({ voices }) => voices.at(-1));
  expect(heard).toEqual(former.map((connection) => connection.getTransceivers()[0]?.receiver.track));
  pair.network.carriesMore = carriesMore;
  pair.network.connect();
  await pair.time.advance(0);
  expect(former.map(({ closed }) => closed)).toEqual([true, true]);
  expect([standing(), pair.a.transport.phase]).toEqual([['connected', 'connected'], 'connected']);
  for (const { voices, connection } of [pair.a, pair.b])
    expect(voices.at(-1)).toBe(connection.getTransceivers()[0]?.receiver.track);
});

it('ends the former one where the new one does not come about', async () => {
  const former = [pair.a.connection, pair.b.connection];
  pair.network.up = false;
  rebuild();
  await pair.time.advance(FORMER_MAX_MS - 1_000);
  expect(former.map(({ closed }) => closed)).toEqual([false, false]);
  // One more in its place: that one was never heard.
  pair.b.transport.reconfigure('rebuild');
  await pair.time.advance(500);
  expect(former.map(({ closed }) => closed)).toEqual([false, false]);
  await pair.time.advance(1_000);
  expect(former.map(({ closed }) => closed)).toEqual([true, true]);
  expect(pair.network.open).toHaveLength(2);
});

it('takes the microphone from the former one as well, and nothing of what it still brings', async () => {
  const [former] = pair.b.connection.getTransceivers();
  const { channel } = pair.a.connection;
  pair.b.transport.setTrack(new FakeTrack('first'));
  expect(former?.track).not.toBeNull();
  pair.network.up = false;
  rebuild();
  await pair.time.advance(500);
  pair.b.transport.setTrack(null);
  expect(former?.track).toBeNull();
  pair.network.channelsCarry = true;
  pair.network.up = true;
  channel?.send(new TextEncoder().encode('late').buffer);
  await pair.time.advance(0);
  expect(pair.b.boxes).toEqual([]);
});

it('is over at once where the pair is', async () => {
  pair.network.up = false;
  rebuild();
  await pair.time.advance(500);
  expect(pair.network.open).toHaveLength(4);
  for (const side of [pair.a, pair.b]) side.stop();
  expect([pair.network.open, pair.time.pending]).toEqual([[], 0]);
});

it('makes one that carries no more give way at once', async () => {
  const former = pair.b.connection;
  pair.network.up = false;
  pair.network.fail('failed');
  rebuild();
  await pair.time.advance(500);
  expect(former.closed).toBe(true);
});
