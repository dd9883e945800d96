/** Holds the sending end of a pair's stream step by step: order, paths, when it sends again and what it gives up. */

import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../../main/common/bytes.ts';
import { PairStream } from '../../../../../../main/common/e2ee/stream/pair-stream.ts';
import { streamForEachTest } from '../../../../../support/crypto/stream-for-each-test.ts';
import {
  chatBox,
  readBox,
  type SentBox,
  type StreamSide,
  writeBox,
} from '../../../../../support/crypto/stream-side.ts';
import { type ManualTime, settle } from '../../../../../support/time/manual-time.ts';

let time: ManualTime;
let a: StreamSide;
let b: StreamSide;
streamForEachTest((fresh) => {
  ({ time, a, b } = fresh);
});

const acknowledge = (upTo: number) => a.receiveClear({ type: 'ack', seq: 0, base: 1, ack: upTo, json: {} });
const seqs = (boxes: readonly SentBox[]) => boxes.map(({ bytes }) => readBox(bytes).seq);

describe('sender', () => {
  it('numbers at once and sends in order, the header as it was at the call', async () => {
    a.open('channel');
    await a.receiveClear(chatBox(1));
    expect([a.chat(1), a.chat(2), a.chat(3)]).toEqual([1, 2, 3]);
    await settle();
    expect(a.sealed.map(({ seq, base, ack }) => [seq, base, ack])).toEqual([
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 1],
    ]);
    expect(seqs(a.takeSent())).toEqual([1, 2, 3]);
  });

  it('sends in order though a later box is sealed sooner', async () => {
    const seals: ((box: Bytes) => void)[] = [];
    const stream = new PairStream({
      encode: () => new Uint8Array(2),
      seal: () => new Promise((resolve) => seals.push(resolve)),
      open: () => Promise.reject(new Error('not used')),
      clock: time.clock,
      timers: time.timers,
    });
    const sent: (number | undefined)[] = [];
    stream.setPath('channel', (_, box) => sent.push(box[0]));
    stream.setPresent(true);
    for (const id of [1, 2, 3]) stream.send('chat', { id, text: 'x' });
    seals[2]?.(Uint8Array.of(3));
    seals[1]?.(Uint8Array.of(2));
    await settle();
    expect(sent).toEqual([]);
    seals[0]?.(Uint8Array.of(1));
    await settle();
    expect(sent).toEqual([1, 2, 3]);
  });

  it('prefers the socket for what makes the connection and the channel for the rest', async () => {
    a.open('socket');
    a.open('channel');
    a.stream.send('offer', { epoch: 1, sdp: '' });
    a.stream.send('answer', { epoch: 1, sdp: '' });
    a.stream.send('sas', { step: 1, commit: '' });
    a.chat(1);
    a.stream.send('pair', { kind: 'name', name: 'Ada', versions: [1] });
    a.stream.sendAck();
    await settle();
    expect(a.takeSent().map(({ type, path }) => `${type} ${path}`)).toEqual([
      'offer socket',
      'answer socket',
      'sas socket',
      'chat channel',
      'pair channel',
      'ack channel',
    ]);
  });

  it('takes the other path while the preferred one is closed', async () => {
    a.open('socket');
    a.chat(1);
    await settle();
    a.cut('socket');
    a.open('channel');
    a.takeSent();
    a.stream.send('offer', { epoch: 1, sdp: '' });
    await settle();
    expect(a.takeSent().map(({ path }) => path)).toEqual(['channel']);
  });

  it('keeps what no path takes and sends it when one opens, the same bytes', async () => {
    a.chat(1);
    a.chat(2);
    await settle();
    expect(a.takeSent()).toEqual([]);
    a.open('socket');
    const first = a.takeSent();
    expect(seqs(first)).toEqual([1, 2]);
    a.open('channel');
    const again = a.takeSent();
    expect(again.map(({ path }) => path)).toEqual(['channel', 'channel']);
    expect(again.map(({ bytes }) => bytes)).toEqual(first.map(({ bytes }) => bytes));
    expect(a.sealed).toHaveLength(2);
  });

  /** Until all is sent again the fifth time. */
  const resentIn23Seconds = async () => {
    a.takeSent();
    const resent: string[] = [];
    for (let second = 1; second <= 23; second++) {
      await time.advance(1_000);
      for (const { path, bytes } of a.takeSent()) resent.push(`${second}s ${readBox(bytes).seq} ${path}`);
    }
    return resent;
  };

  it('sends again after 1, 2, 4, 8 and 8 seconds, by the other path each time', async () => {
    a.open('socket');
    a.open('passing');
    a.chat(1);
    a.chat(2);
    await settle();
    expect(await resentIn23Seconds()).toEqual([
      '1s 1 passing',
      '1s 2 passing',
      '3s 1 socket',
      '3s 2 socket',
      '7s 1 passing',
      '7s 2 passing',
      '15s 1 socket',
      '15s 2 socket',
      '23s 1 passing',
      '23s 2 passing',
    ]);
  });

  it('sends nothing again by the channel that took it, but for the oldest', async () => {
    a.open('socket');
    a.open('channel');
    a.chat(1);
    a.chat(2);
    await settle();
    expect(await resentIn23Seconds()).toEqual([
      '1s 1 socket',
      '1s 2 socket',
      '3s 1 channel',
      '3s 2 socket',
      '7s 1 socket',
      '7s 2 socket',
      '15s 1 channel',
      '15s 2 socket',
      '23s 1 socket',
      '23s 2 socket',
    ]);
  });

  it('sends again at once when the other side is heard after a long silence, by the path it is heard by', async () => {
    a.open('socket');
    a.open('channel');
    a.chat(1);
    await time.advance(4_500);
    a.takeSent();
    const nothingTaken = { type: 'ack', seq: 0, base: 1, ack: 0, json: {} } as const;
    await a.receiveClear(nothingTaken);
    expect(a.takeSent().map(({ path }) => path)).toEqual(['channel']);
    // Who only says that nothing came has no more sent.
    for (let said = 0; said < 5; said++) {
      await time.advance(500);
      await a.receiveClear(nothingTaken);
    }
    expect(a.takeSent()).toEqual([]);
    await time.advance(1_500);
    expect(a.takeSent()).toHaveLength(1);
  });

  it('sends nothing twice to somebody who is only slow', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(900);
    a.takeSent();
    await acknowledge(0);
    expect(a.takeSent()).toEqual([]);
  });

  it('sends what it carries for two others again by its own path, and by a third person where that is gone', async () => {
    for (const path of ['channel', 'passing'] as const) a.open(path);
    a.stream.send('pair', { kind: 'passed', from: 'x'.repeat(22), type: 'chat', box: 'eA' });
    a.chat(1);
    await settle();
    const sent = () => a.takeSent().map(({ type, path }) => `${type} ${path}`);
    sent();
    await time.advance(1_000);
    expect(sent()).toEqual(['pair channel', 'chat passing']);
    await time.advance(1_000);
    await a.stream.receive('passing', 'chat', writeBox(chatBox(1)));
    expect(sent()).toEqual(['chat passing']);
    a.cut('channel');
    expect(sent()).toEqual(['pair passing', 'chat passing']);
  });

  it('sends again by the same path when it is the only one', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(1_000);
    expect(a.takeSent().map(({ path }) => path)).toEqual(['channel', 'channel']);
  });

  it('counts for each how long it has waited', async () => {
    a.open('socket');
    a.chat(1);
    await time.advance(500);
    a.chat(2);
    await settle();
    a.takeSent();
    await time.advance(500);
    expect(seqs(a.takeSent())).toEqual([1]);
    await time.advance(500);
    expect(seqs(a.takeSent())).toEqual([2]);
  });

  it('sends the next by the channel that took it once it is the oldest, and has waited', async () => {
    a.open('channel');
    a.chat(1);
    a.chat(2);
    await time.advance(1_500);
    expect(seqs(a.takeSent())).toEqual([1, 2, 1]);
    await acknowledge(1);
    await time.advance(0);
    expect(seqs(a.takeSent())).toEqual([2]);
  });

  it('sends more at once each time by a channel whose end had dropped it', async () => {
    for (const side of [a, b]) side.open('channel');
    for (let id = 1; id <= 100; id++) a.chat(id);
    await settle();
    a.takeSent();
    const resent: number[] = [];
    for (let step = 0; b.chatIds.length < 100 && step < 100; step++) {
      await time.advance(100);
      const again = a.takeSent();
      if (again.length > 0) resent.push(again.length);
      for (const box of again) await b.receive(box);
      for (const ack of b.takeSent()) await a.receive(ack);
    }
    expect(resent).toEqual([1, 2, 4, 8, 16, 32, 37]);
  });

  it('sends all again by a channel that opens anew', async () => {
    a.open('channel');
    a.chat(1);
    a.chat(2);
    await time.advance(1_500);
    a.takeSent();
    a.cut('channel');
    a.open('channel');
    expect(seqs(a.takeSent())).toEqual([1, 2]);
    await time.advance(1_000);
    expect(seqs(a.takeSent())).toEqual([1]);
  });

  it('waits longer where acknowledgements take longer', async () => {
    a.open('socket');
    a.chat(1);
    await time.advance(900);
    await acknowledge(1);
    a.chat(2);
    await settle();
    a.takeSent();
    // A mean of 900 ms and four times half of that.
    await time.advance(2_699);
    expect(a.takeSent()).toEqual([]);
    await time.advance(1);
    expect(seqs(a.takeSent())).toEqual([2]);
  });

  it('does not take how long that was from what was sent twice', async () => {
    a.open('socket');
    a.chat(1);
    await time.advance(8_000);
    await acknowledge(1);
    a.chat(2);
    await settle();
    a.takeSent();
    await time.advance(1_000);
    expect(seqs(a.takeSent())).toEqual([2]);
  });

  it('nor from what was sent once more because a path opened', async () => {
    a.open('socket');
    a.chat(1);
    await time.advance(900);
    await acknowledge(1);
    a.chat(2);
    await time.advance(500);
    a.open('channel');
    await time.advance(50);
    await acknowledge(2);
    a.chat(3);
    await settle();
    a.takeSent();
    await time.advance(2_700);
    expect(seqs(a.takeSent())).toEqual([3]);
  });

  it('does not bury somebody slow under what they have already', async () => {
    for (const path of ['channel', 'passing'] as const) a.open(path);
    const chats = 40;
    let sent = 0;
    const waiting: SentBox[] = [];
    for (let tick = 0; waiting.length > 0 || tick <= chats; tick++) {
      if (tick < chats) a.chat(tick + 1);
      await time.advance(100);
      const fresh = a.takeSent();
      sent += fresh.length;
      waiting.push(...fresh);
      const taken = tick % 4 === 3 ? waiting.shift() : undefined;
      if (taken === undefined) continue;
      await b.receive(taken);
      await acknowledge(b.chatIds.length);
    }
    expect(b.chatIds).toHaveLength(chats);
    expect(sent).toBeLessThan(2 * chats);
  });

  it('counts the wait of the next oldest from when it was sent, and starts again at one second', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(3_500);
    a.chat(2);
    await settle();
    a.takeSent();
    await acknowledge(1);
    await time.advance(999);
    expect(a.takeSent()).toEqual([]);
    await time.advance(1);
    expect(seqs(a.takeSent())).toEqual([2]);
  });

  it('starts again at one second when a path opens', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(3_500);
    a.open('socket');
    a.takeSent();
    await time.advance(1_000);
    expect(seqs(a.takeSent())).toEqual([1]);
  });

  it('sends nothing and waits for nothing while both paths are closed', async () => {
    a.open('channel');
    a.chat(1);
    await settle();
    a.cut('channel');
    a.takeSent();
    await time.advance(60_000);
    expect([a.takeSent(), time.pending]).toEqual([[], 0]);
  });

  it('treats a path that throws as one that lost the box', async () => {
    let takes = false;
    a.stream.setPath('channel', (type, bytes) => {
      if (!takes) throw new Error('closing');
      a.sent.push({ path: 'channel', type, bytes });
    });
    expect(a.chat(1)).toBe(1);
    await settle();
    takes = true;
    await time.advance(1_000);
    expect(seqs(a.takeSent())).toEqual([1]);
  });

  it('tells what was taken, in order, and ignores an ack above what was sent', async () => {
    for (const id of [1, 2, 3]) a.chat(id);
    await acknowledge(4);
    await acknowledge(0xffff_ffff);
    expect(a.delivered).toEqual([]);
    await acknowledge(2);
    await acknowledge(1);
    expect(a.delivered).toEqual([1, 2]);
    a.chat(4);
    expect(a.sealed.at(-1)?.base).toBe(3);
  });

  it('gives up the oldest beyond 256 boxes, before the new one gets its base', () => {
    for (let id = 1; id <= 256; id++) a.chat(id);
    expect(a.givenUp).toEqual([]);
    expect(a.chat(257)).toBe(257);
    expect(a.givenUp).toEqual([1]);
    expect(a.sealed.at(-1)).toMatchObject({ seq: 257, base: 2 });
  });

  it('gives up the oldest beyond 1 MiB of boxes', () => {
    const text = 'ж'.repeat(2_000);
    const sizeBytes = 42 + 4_096;
    const fitting = Math.floor(1_048_576 / sizeBytes);
    for (let id = 1; id <= fitting; id++) a.stream.send('chat', { id, text });
    expect(a.givenUp).toEqual([]);
    a.stream.send('chat', { id: fitting + 1, text });
    expect(a.givenUp).toEqual([1]);
  });

  it('takes no body that fits no box', () => {
    expect(a.stream.send('offer', { epoch: 1, sdp: 'x'.repeat(32_768) })).toBeNull();
    expect(a.chat(1)).toBe(1);
  });
});
