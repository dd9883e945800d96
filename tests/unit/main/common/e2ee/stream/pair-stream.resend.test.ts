/** Holds a pair's stream to when it sends again, by which path, and how little to somebody who is only slow. */

import { describe, expect, it } from 'vitest';
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

const STEP_MS = 100;
/** How long a chat sent now waits until it is sent again. */
async function resendMs(id: number): Promise<number> {
  a.chat(id);
  await settle();
  a.takeSent();
  const sinceMs = time.clock();
  while (a.sent.length === 0) await time.advance(STEP_MS);
  return time.clock() - sinceMs;
}

describe('sending again', () => {
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
    // The mean, and four times half of it.
    expect(await resendMs(2)).toBe(2_700);
  });

  it('does not take how long that was from what was sent twice', async () => {
    a.open('socket');
    a.chat(1);
    await time.advance(8_000);
    await acknowledge(1);
    expect(await resendMs(2)).toBe(1_000);
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
    expect(await resendMs(3)).toBe(2_700);
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
});
