/** Checks both ends of a pair's stream step by step, with boxes in the clear and time by hand. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../../main/common/bytes.ts';
import { PairStream } from '../../../../../../main/common/e2ee/stream/pair-stream.ts';
import {
  type ClearBox,
  deliverAll,
  readBox,
  type SentBox,
  StreamSide,
  writeBox,
} from '../../../../../support/crypto/stream-side.ts';
import { ManualTime, settle } from '../../../../../support/time/manual-time.ts';

let time: ManualTime;
let a: StreamSide;
let b: StreamSide;

beforeEach(() => {
  time = new ManualTime();
  a = new StreamSide(time);
  b = new StreamSide(time);
  for (const side of [a, b]) side.stream.setPresent(true);
});

const chatIds = (side: StreamSide) =>
  side.applied.flatMap((typed) => (typed.type === 'chat' ? [typed.body.id] : []));
/** A promise that waits for the test. */
function hold() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settled) => {
    resolve = settled;
  });
  return { promise, resolve: () => resolve() };
}

const seqs = (boxes: readonly SentBox[]) => boxes.map(({ bytes }) => readBox(bytes).seq);
const chat = (seq: number, header: { base?: number; ack?: number } = {}): ClearBox => ({
  type: 'chat',
  seq,
  base: 1,
  ack: 0,
  ...header,
  json: { id: seq, text: 'x' },
});

describe('sender', () => {
  it('numbers at once and sends in order, the header as it was at the call', async () => {
    a.open('channel');
    await a.receiveClear(chat(1));
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

  it('sends again after 1, 2, 4, 8 and 8 seconds, by the other path each time', async () => {
    a.open('socket');
    a.open('channel');
    a.chat(1);
    a.chat(2);
    await settle();
    a.takeSent();
    const resent: string[] = [];
    for (let second = 1; second <= 23; second++) {
      await time.advance(1_000);
      for (const { path, bytes } of a.takeSent()) resent.push(`${second}s ${readBox(bytes).seq} ${path}`);
    }
    expect(resent).toEqual([
      '1s 1 socket',
      '1s 2 socket',
      '3s 1 channel',
      '3s 2 channel',
      '7s 1 socket',
      '7s 2 socket',
      '15s 1 channel',
      '15s 2 channel',
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
    await a.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 0, json: {} });
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
    await a.stream.receive('passing', 'chat', writeBox(chat(1)));
    expect(sent()).toEqual(['pair channel', 'chat passing']);
    a.cut('channel');
    expect(sent()).toEqual(['pair passing', 'chat passing']);
  });

  it('sends again by the same path when it is the only one', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(1_000);
    expect(a.takeSent().map(({ path }) => path)).toEqual(['channel', 'channel']);
  });

  it('counts the wait of the next oldest from when it was sent, and starts again at one second', async () => {
    a.open('channel');
    a.chat(1);
    await time.advance(3_500);
    a.chat(2);
    await settle();
    a.takeSent();
    await a.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 1, json: {} });
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
    const ack = (upTo: number) => a.receiveClear({ type: 'ack', seq: 0, base: 1, ack: upTo, json: {} });
    await ack(4);
    await ack(0xffff_ffff);
    expect(a.delivered).toEqual([]);
    await ack(2);
    await ack(1);
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

describe('receiver', () => {
  it('applies in order, once, whatever arrives', async () => {
    for (const seq of [3, 1, 1, 5, 3, 2, 4, 2, 6, 1]) await b.receiveClear(chat(seq));
    expect(chatIds(b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('applies one at a time: the next waits for the handler', async () => {
    const { promise, resolve: finish } = hold();
    b.busy = promise;
    const both = Promise.all([b.receiveClear(chat(1)), b.receiveClear(chat(2))]);
    await settle();
    expect(chatIds(b)).toEqual([1]);
    finish();
    await both;
    expect(chatIds(b)).toEqual([1, 2]);
  });

  it('goes on after a handler that fails, and tells who delivered the box', async () => {
    b.busy = Promise.reject(new Error('broken handler'));
    await expect(b.receiveClear(chat(1))).rejects.toThrow('broken handler');
    b.busy = Promise.resolve();
    await b.receiveClear(chat(2));
    expect(chatIds(b)).toEqual([1, 2]);
  });

  it('takes what it holds below a base and goes on from there', async () => {
    for (const seq of [2, 4, 7]) await b.receiveClear(chat(seq));
    await b.receiveClear(chat(8, { base: 6 }));
    expect(chatIds(b)).toEqual([2, 4]);
    await b.receiveClear(chat(5));
    await b.receiveClear(chat(6));
    expect(chatIds(b)).toEqual([2, 4, 6, 7, 8]);
  });

  it('takes a base from a bare ack', async () => {
    await b.receiveClear(chat(3));
    await b.receiveClear({ type: 'ack', seq: 0, base: 3, ack: 0, json: {} });
    expect(chatIds(b)).toEqual([3]);
  });

  it('takes a base above its own number and drops the box', async () => {
    await b.receiveClear(chat(2, { base: 0xffff_ffff }));
    await b.receiveClear(chat(3));
    expect(chatIds(b)).toEqual([]);
  });

  it('drops what lies 256 or more ahead', async () => {
    await b.receiveClear(chat(257));
    await b.receiveClear(chat(256));
    for (let seq = 1; seq <= 255; seq++) await b.receiveClear(chat(seq));
    expect(chatIds(b).at(-1)).toBe(256);
  });

  it('acknowledges 200 ms after a box, a duplicate too, once for many', async () => {
    b.open('channel');
    for (const seq of [1, 2, 4]) await b.receiveClear(chat(seq));
    await time.advance(199);
    expect(b.takeSent()).toEqual([]);
    await time.advance(1);
    const [ack, ...more] = b.takeSent();
    expect([ack && readBox(ack.bytes), more]).toEqual([
      { type: 'ack', seq: 0, base: 1, ack: 2, json: {} },
      [],
    ]);
    await b.receiveClear(chat(1));
    await time.advance(200);
    expect(b.takeSent()).toHaveLength(1);
    await b.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 0, json: {} });
    await time.advance(10_000);
    expect(b.takeSent()).toEqual([]);
  });

  it('sends no ack by itself when a box has gone back since, but does when that box was sealed before', async () => {
    b.open('channel');
    await b.receiveClear(chat(1));
    b.chat(1);
    await time.advance(200);
    expect(b.takeSent().map(({ type }) => type)).toEqual(['chat']);
    const { promise, resolve } = hold();
    b.sealing = promise;
    b.chat(2);
    await b.receiveClear(chat(2));
    resolve();
    await time.advance(200);
    expect(b.takeSent().map(({ type }) => type)).toEqual(['chat', 'ack']);
  });

  it('sends an ack that was due while both paths were closed when one opens', async () => {
    await b.receiveClear(chat(1));
    await time.advance(1_000);
    b.open('socket');
    await settle();
    expect(b.takeSent().map(({ type, path }) => `${type} ${path}`)).toEqual(['ack socket']);
  });

  it('tells the path of every box that opened: duplicates and acks too', async () => {
    await b.stream.receive('socket', 'chat', writeBox(chat(1)));
    await b.receiveClear(chat(1));
    await b.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 0, json: {} });
    expect(b.events).toEqual(['opened socket', 'opened channel', 'opened channel']);
  });

  it.each([
    ['does not open', 'socket', 'chat', new Uint8Array(0)],
    ['is another type than the message', 'socket', 'pair', writeBox(chat(1))],
    ['is a room box', 'channel', null, writeBox({ ...chat(1), type: 'room', json: { name: 'Eve' } })],
    [
      'is an ack with a number',
      'channel',
      null,
      writeBox({ type: 'ack', seq: 1, base: 1, ack: 0, json: {} }),
    ],
    ['has number 0 and is no ack', 'channel', null, writeBox(chat(0))],
  ] as const)('refuses a box that %s, and nothing in it acts', async (_, path, claimed, box) => {
    a.chat(1);
    await b.stream.receive(path, claimed, box);
    expect(b.events).toEqual(['refused box-refused']);
    await b.receiveClear(chat(1));
    expect(chatIds(b)).toEqual([1]);
  });

  it('refuses an authentic body of the wrong shape and does not wait for it for ever', async () => {
    await b.receiveClear({ ...chat(1), json: { id: 1, text: 'x', more: true } });
    await b.receiveClear(chat(2));
    expect(b.events[0]).toBe('refused box-refused');
    expect(chatIds(b)).toEqual([2]);
  });

  it('loses what comes while nobody listens, and gives the rest to the next who does', async () => {
    const time2 = new ManualTime();
    const side = new StreamSide(time2);
    side.attach().dispose();
    await side.receiveClear(chat(1));
    side.attach();
    await side.receiveClear(chat(2));
    expect(chatIds(side)).toEqual([]);
    await side.receiveClear(chat(1));
    expect(chatIds(side)).toEqual([1, 2]);
  });

  it('tells the newest listener, though an older one is taken off after it came', async () => {
    const older = b.attach();
    b.attach();
    older.dispose();
    await b.receiveClear(chat(1));
    expect(chatIds(b)).toEqual([1]);
  });

  it('applies what it holds when somebody listens again', async () => {
    const { promise, resolve: finish } = hold();
    b.busy = promise;
    const attached = b.attach();
    const both = Promise.all([b.receiveClear(chat(2)), b.receiveClear(chat(3)), b.receiveClear(chat(1))]);
    await settle();
    attached.dispose();
    finish();
    await both;
    expect(chatIds(b)).toEqual([1]);
    b.attach();
    await settle();
    expect(chatIds(b)).toEqual([1, 2, 3]);
  });
});

describe('presence', () => {
  it('gives up all that is kept and seals nothing while the peer is away; the counters stay', async () => {
    a.open('socket');
    a.chat(1);
    a.chat(2);
    await settle();
    await a.receiveClear(chat(1));
    a.stream.setPresent(false);
    expect(a.givenUp).toEqual([1, 2]);
    a.takeSent();
    const seals = a.sealed.length;
    expect(a.chat(3)).toBeNull();
    a.stream.sendAck();
    await time.advance(60_000);
    expect([a.sealed.length, a.takeSent(), time.pending]).toEqual([seals, [], 0]);
    a.stream.setPresent(true);
    expect(a.chat(4)).toBe(3);
    expect(a.sealed.at(-1)).toMatchObject({ seq: 3, base: 3, ack: 1 });
  });

  it('does not send a box that was given up while it was sealed', async () => {
    a.open('socket');
    a.chat(1);
    a.stream.setPresent(false);
    await settle();
    expect(a.takeSent()).toEqual([]);
  });

  it('sends every sas body given up each time the peer comes, as new boxes', async () => {
    const side = new StreamSide(time);
    side.stream.setPresent(true);
    side.stream.send('sas', { step: 1, commit: 'c' });
    side.chat(1);
    side.stream.setPresent(false);
    side.stream.send('sas', { step: 3, nonce: 'n' });
    side.stream.setPresent(true);
    await side.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 4, json: {} });
    side.stream.setPresent(false);
    side.stream.setPresent(true);
    expect(side.sealed.map(({ type, seq, base, json }) => ({ type, seq, base, json }))).toEqual([
      { type: 'sas', seq: 1, base: 1, json: { step: 1, commit: 'c' } },
      { type: 'chat', seq: 2, base: 1, json: { id: 1, text: 'chat 1' } },
      { type: 'sas', seq: 3, base: 3, json: { step: 1, commit: 'c' } },
      { type: 'sas', seq: 4, base: 3, json: { step: 3, nonce: 'n' } },
    ]);
  });

  it('does not send an acknowledged sas body again', async () => {
    a.stream.send('sas', { step: 1, commit: 'c' });
    await a.receiveClear({ type: 'ack', seq: 0, base: 1, ack: 1, json: {} });
    a.stream.setPresent(false);
    a.stream.setPresent(true);
    expect(a.sealed).toHaveLength(1);
  });

  it('seals a sas body anew when a full window pushes it out', () => {
    a.stream.send('sas', { step: 1, commit: 'c' });
    for (let id = 1; id <= 256; id++) a.chat(id);
    const sas = a.sealed.filter(({ type }) => type === 'sas');
    expect(sas.map(({ seq, json }) => [seq, json])).toEqual([
      [1, { step: 1, commit: 'c' }],
      [258, { step: 1, commit: 'c' }],
    ]);
  });

  it('goes on where it was after the peer was away', async () => {
    for (const side of [a, b]) side.open('socket');
    a.chat(1);
    await deliverAll(a, b);
    a.chat(2);
    await settle();
    a.takeSent();
    a.stream.setPresent(false);
    a.stream.setPresent(true);
    a.chat(3);
    await deliverAll(a, b);
    expect(chatIds(b)).toEqual([1, 3]);
  });
});

describe('end of a key', () => {
  it('comes before the last number', () => {
    const side = new StreamSide(time, { seqMax: 3, sealsMax: 100 });
    side.stream.setPresent(true);
    expect([side.chat(1), side.chat(2), side.chat(3), side.chat(4)]).toEqual([1, 2, null, null]);
    expect(side.events).toEqual(['exhausted']);
    expect(side.givenUp).toEqual([1, 2]);
  });

  it('comes after so many seals, acks counted, sending again not', async () => {
    const side = new StreamSide(time, { seqMax: 100, sealsMax: 3 });
    side.stream.setPresent(true);
    side.open('channel');
    side.chat(1);
    side.stream.sendAck();
    await time.advance(30_000);
    expect(side.chat(2)).toBe(2);
    expect(side.events).toEqual([]);
    side.stream.sendAck();
    expect(side.events).toEqual(['exhausted']);
  });

  it('leaves a stream that neither sends nor takes', async () => {
    a.open('socket');
    await a.receiveClear(chat(1));
    expect(time.pending).toBe(1);
    a.applied.length = 0;
    a.events.length = 0;
    a.stream.sendAck();
    a.chat(1);
    a.stream.close();
    await settle();
    expect([a.takeSent(), a.givenUp, a.chat(2), time.pending]).toEqual([[], [1], null, 0]);
    await a.receiveClear(chat(2));
    expect([a.applied, a.events]).toEqual([[], []]);
  });

  it('may have one last word, by every open path, that is taken before what was lost', async () => {
    for (const path of ['socket', 'channel'] as const) a.open(path);
    a.chat(1);
    await settle();
    a.takeSent();
    a.stream.closeWith('pair', { kind: 'differ' });
    expect([a.chat(2), time.pending]).toEqual([null, 0]);
    await settle();
    const sent = a.takeSent();
    expect(sent.map(({ path }) => path).sort()).toEqual(['channel', 'socket']);
    for (const box of sent) await b.receive(box);
    expect(b.applied).toEqual([{ type: 'pair', body: { kind: 'differ' } }]);
  });

  it('has no last word for one who is away', async () => {
    a.open('socket');
    a.stream.setPresent(false);
    a.stream.closeWith('pair', { kind: 'differ' });
    await settle();
    expect([a.takeSent(), a.sealed]).toEqual([[], []]);
  });

  it('comes when sealing fails', async () => {
    const events: string[] = [];
    const stream = new PairStream({
      encode: () => new Uint8Array(2),
      seal: () => Promise.reject(new Error('no crypto')),
      open: () => Promise.reject(new Error('not used')),
      clock: time.clock,
      timers: time.timers,
    });
    stream.attach({
      onBody: () => undefined,
      onOpened: () => undefined,
      onDelivered: () => undefined,
      onGivenUp: (seq) => events.push(`given up ${seq}`),
      onRefused: () => undefined,
      onExhausted: () => events.push('exhausted'),
    });
    stream.setPresent(true);
    stream.send('chat', { id: 1, text: 'x' });
    await settle();
    expect(events).toEqual(['given up 1', 'exhausted']);
  });
});
