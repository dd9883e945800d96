/** Holds two transports to one connection: the first, that of people who come and go, and no more than a pair is allowed. */

import { describe, expect, it, vi } from 'vitest';
import { CONNECTIONS_OF_PAIR } from '../../../../../main/common/protocol/peer-limits.ts';
import { END_DELAY_MS } from '../../../../../web-client/core/peer/candidate-batch.ts';
import { DESCRIBED_MS, SETTLE_MS } from '../../../../../web-client/core/peer/peer-connection.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { expectConnectedOnce, pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportPair } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});

const answered = () => pair.a.sent.some(({ type }) => type === 'answer');

describe('the first connection', () => {
  it('is offered by the later one alone, and stands with one line on each side', async () => {
    await pair.connect();
    expectConnectedOnce(pair);
    expect(pair.offersMade).toEqual([0, 1]);
    expect(pair.network.connections).toHaveLength(2);
  });

  it('is not begun by the earlier one', async () => {
    pair.a.start(false);
    await pair.time.advance(5_000);
    expect(pair.a.connection.made).toEqual({ offer: 0, answer: 0 });
    expect(pair.a.connection.getTransceivers()).toEqual([]);
    expect(pair.a.sent).toEqual([]);
  });

  it('has a negotiated, ordered channel with id 0 that hands out bytes', async () => {
    await pair.connect();
    const channel = pair.b.connection.channel;
    expect(channel?.init).toEqual({ negotiated: true, id: 0, ordered: true });
    expect(channel?.binaryType).toBe('arraybuffer');
    pair.a.transport.sendBox(new TextEncoder().encode('to b'));
    await pair.time.advance(0);
    expect(pair.b.boxes).toEqual(['to b']);
  });

  it('prefers redundant audio, and limits the bit rate once the threads have made the connection', async () => {
    await pair.connect();
    const maxBitrates = () =>
      [pair.a, pair.b].map(({ connection }) => connection.getTransceivers()[0]?.maxBitrate);
    await pair.time.advance(SETTLE_MS - 1_000);
    expect(maxBitrates()).toEqual([null, null]);
    await pair.time.advance(1_000);
    expect(maxBitrates()).toEqual([32_000, 32_000]);
    for (const { connection } of [pair.a, pair.b]) {
      const [transceiver] = connection.getTransceivers();
      expect(transceiver?.codecs?.map(({ mimeType }) => mimeType)).toEqual([
        'audio/red',
        'audio/opus',
        'audio/PCMU',
      ]);
    }
    pair.a.transport.setPeerCount(7);
    expect(maxBitrates()).toEqual([24_000, 32_000]);
  });

  it('takes the own voice in hand before it is sent, and repeats of it as much as the line needs', async () => {
    pair.a.start(false);
    pair.b.start(true);
    // Chromium passes over what is set in a later task than that in which the sender was made.
    expect([...pair.b.repeated.keys()]).toEqual(
      pair.b.connection.getTransceivers().map(({ sender }) => sender),
    );
    await pair.time.advance(100);
    for (const { transport, connection, repeated } of [pair.a, pair.b]) {
      const [transceiver] = connection.getTransceivers();
      expect(transceiver && repeated.get(transceiver.sender)).toEqual([]);
      connection.stats = [{ type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.1, timestamp: 1 }];
      await transport.voice?.stats();
      expect([...repeated.values()]).toEqual([[5]]);
      transport.setPeerCount(11);
      expect([...repeated.values()]).toEqual([[5, 2]]);
      transport.stop();
      expect([...repeated.values()]).toEqual([[5, 2, 'ended']]);
    }
  });

  it('leaves the own voice to the browser where several are there before the connection is', async () => {
    for (const { transport } of [pair.a, pair.b]) transport.setPeerCount(2);
    await pair.connect();
    expect([pair.a.repeated.size, pair.b.repeated.size]).toEqual([0, 0]);
  });

  it('carries a microphone that comes before, after and not at all, without another offer', async () => {
    const early = new FakeTrack();
    const late = new FakeTrack();
    pair.a.transport.setTrack(early);
    await pair.connect();
    pair.b.transport.setTrack(late);
    await pair.time.advance(1_000);
    expect(pair.a.connection.getTransceivers()[0]?.track).toBe(early);
    expect(pair.b.connection.getTransceivers()[0]?.track).toBe(late);
    pair.b.transport.setTrack(null);
    expect(pair.b.connection.getTransceivers()[0]?.track).toBeNull();
    await pair.time.advance(1_000);
    expect(pair.offersMade).toEqual([0, 1]);
  });

  it('has the own description on its way before it puts the microphone on', async () => {
    const placed: boolean[] = [];
    const isPlaced = (side: typeof pair.a) =>
      side.connection.getTransceivers().some(({ track }) => track !== null);
    for (const side of [pair.a, pair.b])
      vi.spyOn(side.sent, 'push').mockImplementation((message) => {
        if (message?.type === 'offer' || message?.type === 'answer') placed.push(isPlaced(side));
        return 0;
      });
    for (const { transport } of [pair.a, pair.b]) transport.setTrack(new FakeTrack());
    await pair.connect();
    expect(placed).toEqual([false, false]);
    expect([pair.a, pair.b].map(isPlaced)).toEqual([true, true]);
  });

  it('is made without the own voice while others are being connected, which starts once those stand, too', async () => {
    const other = pair.a.voiceStart.person({ onReady: () => {}, onStart: () => {} });
    const tracks = [new FakeTrack(), new FakeTrack()] as const;
    other.begin();
    pair.a.transport.setTrack(tracks[0]);
    for (const { transport } of [pair.a, pair.b]) transport.setPeerCount(2);
    await pair.connect();
    expect(pair.a.transport.phase).toBe('connected');
    expect(pair.a.connection.getTransceivers()[0]?.track).toBeNull();
    pair.a.transport.setTrack(tracks[1]);
    expect(pair.a.connection.getTransceivers()[0]?.track).toBeNull();
    other.stand();
    expect(pair.a.connection.getTransceivers()[0]?.track).toBe(tracks[1]);
    pair.a.transport.setTrack(null);
    expect(pair.a.connection.getTransceivers()[0]?.track).toBeNull();
  });

  it('may tell the other side what holds for everyone once all stand who are being connected', async () => {
    const other = pair.a.voiceStart.person({ onReady: () => {}, onStart: () => {} });
    other.begin();
    pair.a.transport.setPeerCount(2);
    pair.b.transport.setPeerCount(2);
    await pair.connect();
    expect([pair.a.transport.ready, pair.b.transport.ready]).toEqual([false, true]);
    const changesBefore = pair.a.changes;
    other.stand();
    expect(pair.a.transport.ready).toBe(true);
    expect(pair.a.changes).toBeGreaterThan(changesBefore);
  });

  it('starts the own voice of several who come at once when the other side told the same', async () => {
    const track = new FakeTrack();
    const other = pair.a.voiceStart.person({ onReady: () => {}, onStart: () => {} });
    pair.a.voiceStart.noteComing();
    other.begin();
    pair.a.transport.setTrack(track);
    pair.a.transport.setPeerCount(2);
    await pair.connect();
    other.stand();
    other.noteReady();
    expect(pair.a.connection.getTransceivers()[0]?.track).toBeNull();
    pair.a.transport.noteReady();
    expect(pair.a.connection.getTransceivers()[0]?.track).toBe(track);
  });

  it('has others wait for it no longer once it ends', () => {
    let started = false;
    const other = pair.a.voiceStart.person({
      onReady: () => {},
      onStart: () => {
        started = true;
      },
    });
    pair.a.transport.setPeerCount(2);
    other.begin();
    pair.a.start(false);
    other.stand();
    expect(started).toBe(false);
    pair.a.transport.stop();
    expect(started).toBe(true);
  });

  it('hands out the remote voice once both have described themselves, before there is anything to hear', async () => {
    pair.network.up = false;
    pair.a.start(false);
    pair.b.start(true);
    await pair.time.advance(100);
    expect(pair.phases).toEqual(['connecting', 'connecting']);
    for (const { connection, voices } of [pair.a, pair.b])
      expect(voices).toEqual([connection.getTransceivers()[0]?.receiver.track]);
    pair.network.up = true;
    pair.network.connect();
    await pair.time.advance(100);
    expect(pair.phases).toEqual(['connected', 'connected']);
    expect([pair.a.voices.length, pair.b.voices.length]).toEqual([1, 1]);
  });

  it('has the own answer on its way before it hands out the remote voice', async () => {
    pair.network.up = false;
    pair.a.start(false);
    pair.b.start(true);
    while (!answered()) await pair.time.advance(1);
    expect(pair.a.voices).toEqual([]);
    await pair.time.advance(DESCRIBED_MS);
    expect(pair.a.voices).toHaveLength(1);
  });

  it('hands out no voice of somebody who has not answered', async () => {
    pair.b.start(true);
    await pair.time.advance(1_000);
    expect(pair.b.sent.map(({ type }) => type)).toContain('offer');
    expect(pair.b.voices).toEqual([]);
  });

  it('hands out no voice of a connection that was given up meanwhile', async () => {
    pair.network.up = false;
    pair.a.start(false);
    pair.b.start(true);
    while (!answered()) await pair.time.advance(1);
    for (const side of [pair.a, pair.b]) side.stop();
    await pair.time.advance(100);
    expect([pair.a.voices, pair.b.voices]).toEqual([[], []]);
  });

  it('hands out the remote voice once, however often ICE restarts', async () => {
    await pair.connect();
    pair.a.transport.wake();
    await pair.time.advance(1_000);
    expect(pair.a.voices).toEqual([pair.a.connection.getTransceivers()[0]?.receiver.track]);
    expect(pair.b.voices).toHaveLength(1);
  });

  it('stands with one line also where both were told to offer', async () => {
    pair.a.start(true);
    pair.b.start(true);
    await pair.time.advance(100);
    expectConnectedOnce(pair);
  });

  it('sends the end of candidates, and few messages', async () => {
    await pair.connect();
    await pair.time.advance(END_DELAY_MS);
    expect(pair.b.sent.slice(1)).toMatchObject([
      { body: { candidates: [{ usernameFragment: expect.stringMatching(/^b\//) }, {}, { candidate: '' }] } },
    ]);
  });

  it('sends the first addresses in the description where there are several peers, and later the end', async () => {
    pair.b.transport.setPeerCount(2);
    await pair.connect();
    const sdps = pair.b.sent.map((sent) =>
      sent.type === 'offer' || sent.type === 'answer' ? sent.body.sdp : '',
    );
    expect(sdps.map((sdp) => sdp.match(/^a=candidate:/gm)?.length)).toEqual([2]);
    await pair.time.advance(END_DELAY_MS);
    expect(pair.b.sent.slice(1)).toMatchObject([
      { type: 'ice', body: { epoch: 1, candidates: [{ candidate: '' }] } },
    ]);
  });
});

describe('coming back', () => {
  it('connects again where one side missed epochs', async () => {
    await pair.connect();
    pair.a.stop();
    pair.b.stop();
    // b rebuilds twice while nobody listens, and then is the earlier one.
    pair.b.start(true);
    pair.b.stop();
    pair.b.start(true);
    pair.b.stop();
    await pair.time.advance(0);
    pair.b.start(false);
    pair.a.start(true);
    await pair.time.advance(1_000);
    expectConnectedOnce(pair);
  });

  it('survives many changes of roles', async () => {
    for (let round = 0; round < 20; round++) {
      const [earlier, later] = round % 3 === 0 ? [pair.a, pair.b] : [pair.b, pair.a];
      earlier.start(false);
      later.start(true);
      // People press buttons no faster.
      await pair.time.advance(round % 2 === 0 ? 2_000 : 0);
      if (round % 2 === 0) expectConnectedOnce(pair);
      pair.a.stop();
      pair.b.stop();
      expect(pair.network.open).toEqual([]);
    }
  });

  it('forty times in a second costs no more connections than a pair is allowed, and the last time counts', async () => {
    for (let round = 0; round < 40; round++) {
      pair.a.start(false);
      pair.b.start(true);
      await pair.time.advance(25);
      pair.a.stop();
      pair.b.stop();
    }
    expect(pair.network.connections.length).toBeLessThanOrEqual(2 * (CONNECTIONS_OF_PAIR.burst + 1));
    expect(pair.network.open).toEqual([]);
    pair.a.start(false);
    pair.b.start(true);
    await pair.time.advance(4_000);
    expectConnectedOnce(pair);
  });
});

describe('epochs beyond the budget', () => {
  const made = (side: 'a' | 'b') =>
    pair.network.connections.filter(({ name }) => name.startsWith(`${side}#`)).length;

  it('wait their turn: the present connection lives on, and of those that wait only the newest is made', async () => {
    await pair.connect();
    for (let epoch = 2; epoch <= 40; epoch++) pair.b.transport.handleWish({ kind: 'rebuild', epoch });
    await pair.time.advance(100);
    expect(made('b')).toBe(CONNECTIONS_OF_PAIR.burst);
    expect(pair.phases).toEqual(['connected', 'connected']);
    await pair.time.advance(10_000);
    expectConnectedOnce(pair);
    expect(made('b')).toBe(CONNECTIONS_OF_PAIR.burst + 1);
    expect(pair.b.sent.at(-1)).toMatchObject({ body: { epoch: 40 } });
  });

  it('keep what comes for the one that waits, and make none while one is on its way', async () => {
    await pair.connect();
    for (let epoch = 2; epoch < 2 + CONNECTIONS_OF_PAIR.burst; epoch++)
      pair.a.transport.handleWish({ kind: 'rebuild', epoch });
    await pair.time.advance(100);
    const before = made('a');
    // The other side may make connections at once, this one may not.
    const offer = pair.b.sent.findLast(({ type }) => type === 'offer');
    if (offer?.type !== 'offer') throw new Error('nothing was offered');
    pair.a.transport.handleSignal({ type: 'offer', body: { ...offer.body, epoch: 100 } });
    for (let index = 0; index < 200; index++)
      pair.a.transport.handleSignal({ type: 'ice', body: { epoch: 100, candidates: [] } });
    pair.a.transport.wake();
    expect(made('a')).toBe(before);
    await pair.time.advance(2_000);
    expect(made('a')).toBe(before + 1);
    expect(pair.a.sent.findLast(({ type }) => type === 'answer')).toMatchObject({ body: { epoch: 100 } });
  });
});
