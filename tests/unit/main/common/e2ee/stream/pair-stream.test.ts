/** Holds a pair's stream to what becomes of it while the peer is away, and when its key ends. */

import { describe, expect, it } from 'vitest';
import { PairStream } from '../../../../../../main/common/e2ee/stream/pair-stream.ts';
import { streamForEachTest } from '../../../../../support/crypto/stream-for-each-test.ts';
import { chatBox, deliverAll, StreamSide } from '../../../../../support/crypto/stream-side.ts';
import { type ManualTime, settle } from '../../../../../support/time/manual-time.ts';

let time: ManualTime;
let a: StreamSide;
let b: StreamSide;
streamForEachTest((fresh) => {
  ({ time, a, b } = fresh);
});

describe('presence', () => {
  it('gives up all that is kept and seals nothing while the peer is away; the counters stay', async () => {
    a.open('socket');
    a.chat(1);
    a.chat(2);
    await settle();
    await a.receiveClear(chatBox(1));
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
    expect(b.chatIds).toEqual([1, 3]);
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
    await a.receiveClear(chatBox(1));
    expect(time.pending).toBe(1);
    a.applied.length = 0;
    a.events.length = 0;
    a.stream.sendAck();
    a.chat(1);
    a.stream.close();
    await settle();
    expect([a.takeSent(), a.givenUp, a.chat(2), time.pending]).toEqual([[], [1], null, 0]);
    await a.receiveClear(chatBox(2));
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
