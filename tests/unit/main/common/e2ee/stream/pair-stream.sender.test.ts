/** Holds the sending end of a pair's stream step by step: order, paths, and what it gives up. */

import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../../main/common/bytes.ts';
import { PairStream } from '../../../../../../main/common/e2ee/stream/pair-stream.ts';
import { streamForEachTest } from '../../../../../support/crypto/stream-for-each-test.ts';
import {
  chatBox,
  readBox,
  type SentBox,
  type StreamSide,
} from '../../../../../support/crypto/stream-side.ts';
import { type ManualTime, settle } from '../../../../../support/time/manual-time.ts';

let time: ManualTime;
let a: StreamSide;
streamForEachTest((fresh) => {
  ({ time, a } = fresh);
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
