/** Holds the receiving end of a pair's stream step by step: order, what it refuses, and when it says what it has. */

import { describe, expect, it } from 'vitest';
import { streamForEachTest } from '../../../../../support/crypto/stream-for-each-test.ts';
import { chatBox, readBox, StreamSide, writeBox } from '../../../../../support/crypto/stream-side.ts';
import { ManualTime, settle } from '../../../../../support/time/manual-time.ts';

let time: ManualTime;
let a: StreamSide;
let b: StreamSide;
streamForEachTest((fresh) => {
  ({ time, a, b } = fresh);
});

/** A promise that waits for the test. */
function hold() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settled) => {
    resolve = settled;
  });
  return { promise, resolve: () => resolve() };
}

describe('receiver', () => {
  it('applies in order, once, whatever arrives', async () => {
    for (const seq of [3, 1, 1, 5, 3, 2, 4, 2, 6, 1]) await b.receiveClear(chatBox(seq));
    expect(b.chatIds).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('applies one at a time: the next waits for the handler', async () => {
    const { promise, resolve: finish } = hold();
    b.busy = promise;
    const both = Promise.all([b.receiveClear(chatBox(1)), b.receiveClear(chatBox(2))]);
    await settle();
    expect(b.chatIds).toEqual([1]);
    finish();
    await both;
    expect(b.chatIds).toEqual([1, 2]);
  });

  it('goes on after a handler that fails, and tells who delivered the box', async () => {
    b.busy = Promise.reject(new Error('broken handler'));
    await expect(b.receiveClear(chatBox(1))).rejects.toThrow('broken handler');
    b.busy = Promise.resolve();
    await b.receiveClear(chatBox(2));
    expect(b.chatIds).toEqual([1, 2]);
  });

  it('takes what it holds below a base and goes on from there', async () => {
    for (const seq of [2, 4, 7]) await b.receiveClear(chatBox(seq));
    await b.receiveClear(chatBox(8, { base: 6 }));
    expect(b.chatIds).toEqual([2, 4]);
    await b.receiveClear(chatBox(5));
    await b.receiveClear(chatBox(6));
    expect(b.chatIds).toEqual([2, 4, 6, 7, 8]);
  });

  it('takes a base from a bare ack', async () => {
    await b.receiveClear(chatBox(3));
    await b.receiveClear({ type: 'ack', seq: 0, base: 3, ack: 0, json: {} });
    expect(b.chatIds).toEqual([3]);
  });

  it('takes a base above its own number and drops the box', async () => {
    await b.receiveClear(chatBox(2, { base: 0xffff_ffff }));
    await b.receiveClear(chatBox(3));
    expect(b.chatIds).toEqual([]);
  });

  it('drops what lies 256 or more ahead', async () => {
    await b.receiveClear(chatBox(257));
    await b.receiveClear(chatBox(256));
    for (let seq = 1; seq <= 255; seq++) await b.receiveClear(chatBox(seq));
    expect(b.chatIds.at(-1)).toBe(256);
  });

  it('acknowledges 200 ms after a box, a duplicate too, once for many', async () => {
    b.open('channel');
    for (const seq of [1, 2, 4]) await b.receiveClear(chatBox(seq));
    await time.advance(199);
    expect(b.takeSent()).toEqual([]);
    await time.advance(1);
    const [ack, ...more] = b.takeSent();
    expect([ack && readBox(ack.bytes), more]).toEqual([
      { type: 'ack', seq: 0, base: 1, ack: 2, json: {} },
      [],
    ]);
    await b.receiveClear(chatBox(1));
    await time.advance(200);
    expect(b.takeSent()).toHaveLength(1);
    await b.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 0, json: {} });
    await time.advance(10_000);
    expect(b.takeSent()).toEqual([]);
  });

  it('sends no ack by itself when a box has gone back since, but does when that box was sealed before', async () => {
    b.open('channel');
    await b.receiveClear(chatBox(1));
    b.chat(1);
    await time.advance(200);
    expect(b.takeSent().map(({ type }) => type)).toEqual(['chat']);
    const { promise, resolve } = hold();
    b.sealing = promise;
    b.chat(2);
    await b.receiveClear(chatBox(2));
    resolve();
    await time.advance(200);
    expect(b.takeSent().map(({ type }) => type)).toEqual(['chat', 'ack']);
  });

  it('sends an ack that was due while both paths were closed when one opens', async () => {
    await b.receiveClear(chatBox(1));
    await time.advance(1_000);
    b.open('socket');
    await settle();
    expect(b.takeSent().map(({ type, path }) => `${type} ${path}`)).toEqual(['ack socket']);
  });

  it('tells the path of every box that opened: duplicates and acks too', async () => {
    await b.stream.receive('socket', 'chat', writeBox(chatBox(1)));
    await b.receiveClear(chatBox(1));
    await b.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 0, json: {} });
    expect(b.events).toEqual(['opened socket', 'opened channel', 'opened channel']);
  });

  it.each([
    ['does not open', 'socket', 'chat', new Uint8Array(0)],
    ['is another type than the message', 'socket', 'pair', writeBox(chatBox(1))],
    ['is a room box', 'channel', null, writeBox({ ...chatBox(1), type: 'room', json: { name: 'Eve' } })],
    [
      'is an ack with a number',
      'channel',
      null,
      writeBox({ type: 'ack', seq: 1, base: 1, ack: 0, json: {} }),
    ],
    ['has number 0 and is no ack', 'channel', null, writeBox(chatBox(0))],
  ] as const)('refuses a box that %s, and nothing in it acts', async (_, path, claimed, box) => {
    a.chat(1);
    await b.stream.receive(path, claimed, box);
    expect(b.events).toEqual(['refused box-refused']);
    await b.receiveClear(chatBox(1));
    expect(b.chatIds).toEqual([1]);
  });

  it('refuses an authentic body of the wrong shape and does not wait for it for ever', async () => {
    await b.receiveClear({ ...chatBox(1), json: { id: 1, text: 'x', more: true } });
    await b.receiveClear(chatBox(2));
    expect(b.events[0]).toBe('refused box-refused');
    expect(b.chatIds).toEqual([2]);
  });

  it('loses what comes while nobody listens, and gives the rest to the next who does', async () => {
    const time2 = new ManualTime();
    const side = new StreamSide(time2);
    side.attach().dispose();
    await side.receiveClear(chatBox(1));
    side.attach();
    await side.receiveClear(chatBox(2));
    expect(side.chatIds).toEqual([]);
    await side.receiveClear(chatBox(1));
    expect(side.chatIds).toEqual([1, 2]);
  });

  it('tells the newest listener, though an older one is taken off after it came', async () => {
    const older = b.attach();
    b.attach();
    older.dispose();
    await b.receiveClear(chatBox(1));
    expect(b.chatIds).toEqual([1]);
  });

  it('applies what it holds when somebody listens again', async () => {
    const { promise, resolve: finish } = hold();
    b.busy = promise;
    const attached = b.attach();
    const both = Promise.all([
      b.receiveClear(chatBox(2)),
      b.receiveClear(chatBox(3)),
      b.receiveClear(chatBox(1)),
    ]);
    await settle();
    attached.dispose();
    finish();
    await both;
    expect(b.chatIds).toEqual([1]);
    b.attach();
    await settle();
    expect(b.chatIds).toEqual([1, 2, 3]);
  });
});
