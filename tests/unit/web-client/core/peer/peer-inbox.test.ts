import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import type { StreamedBody } from '../../../../../main/common/e2ee/stream/send-window.ts';
import { BOX_MAX_BYTES } from '../../../../../main/common/protocol/limits.ts';
import {
  RECEIVE_CHANNEL,
  RECEIVE_LIVELY,
  RECEIVE_SOCKET,
} from '../../../../../main/common/protocol/peer-limits.ts';
import { LogRing } from '../../../../../web-client/core/log-ring.ts';
import { PeerInbox } from '../../../../../web-client/core/peer/peer-inbox.ts';
import { ReceiveTurns } from '../../../../../web-client/core/peer/receive-turns.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const HELLO: StreamedBody = { type: 'pair', body: { kind: 'reaction', emoji: '👋' } };

const boxOf = (...bytes: number[]): Bytes => new Uint8Array(bytes);

let time: ManualTime;
let receiving: ReceiveTurns;
let log: LogRing;
/** What the stream was given, in order. */
let given: unknown[][];
let answer: () => Promise<void>;
let floods: number;
let inbox: PeerInbox;

function openInbox(): PeerInbox {
  const stream = {
    receive(...what: unknown[]) {
      given.push(what);
      return answer();
    },
  };
  return new PeerInbox(stream, { clock: time.clock, logger: log, receiving }, () => floods++);
}

beforeEach(() => {
  time = new ManualTime();
  receiving = new ReceiveTurns(time);
  log = new LogRing(time.clock);
  given = [];
  answer = () => Promise.resolve();
  floods = 0;
  inbox = openInbox();
});

describe('the way in from a peer', () => {
  it('gives the stream each box with its path, the socket its type and the channel its connection', async () => {
    const connection = {};
    inbox.handleSocketBox('offer', boxOf(1));
    inbox.handleChannelMessage(boxOf(2), 1, connection);
    await settle();
    expect(given).toEqual([
      ['socket', 'offer', boxOf(1), null],
      ['channel', null, boxOf(2), connection],
    ]);
    expect(given[1]?.[3]).toBe(connection);
  });

  it('opens one box at a time, in the order they came in, whichever way', async () => {
    const answered: (() => void)[] = [];
    answer = () => new Promise((resolve) => answered.push(resolve));
    inbox.handleChannelMessage(boxOf(1), 1, null);
    inbox.handleSocketBox('chat', boxOf(2));
    inbox.handleChannelMessage(boxOf(3), 1, null);
    for (const opened of [1, 2, 3]) {
      await settle();
      expect(given.map(([, , box]) => box)).toHaveLength(opened);
      answered.shift()?.();
    }
    expect(given.map(([, , box]) => box)).toEqual([boxOf(1), boxOf(2), boxOf(3)]);
  });

  it('goes on after a box that the stream chokes on, and logs no more than that', async () => {
    answer = () => Promise.reject(new Error('secret text'));
    inbox.handleSocketBox('ice', boxOf(1));
    await settle();
    answer = () => Promise.resolve();
    inbox.handleSocketBox('ice', boxOf(2));
    await settle();
    expect(given).toHaveLength(2);
    expect(log.entries.map(({ event, fields }) => [event, fields])).toEqual([['peer-box-not-applied', {}]]);
  });
});

describe('of what is too much', () => {
  it('boxes of the socket are left unopened, and nobody is cut off for them: they may be forged', async () => {
    for (let count = 0; count < 3 * RECEIVE_SOCKET.burst; count++) {
      inbox.handleSocketBox('pair', boxOf(1));
      await settle();
    }
    expect([given.length, floods]).toEqual([RECEIVE_SOCKET.burst, 0]);
  });

  it('messages of the channel are left unopened first, and then are a flood', async () => {
    for (let count = 0; count < 2 * RECEIVE_CHANNEL.burst; count++) {
      inbox.handleChannelMessage(boxOf(1), 1, null);
      await settle();
    }
    expect([given.length, floods]).toEqual([RECEIVE_CHANNEL.burst, 0]);
    inbox.handleChannelMessage(boxOf(1), 1, null);
    await settle();
    expect([given.length, floods]).toEqual([RECEIVE_CHANNEL.burst, 1]);
  });

  it('a message counts by the size it came with, not by what is left of it', async () => {
    inbox.handleChannelMessage(boxOf(), 2 * RECEIVE_CHANNEL.burst * BOX_MAX_BYTES + 1, null);
    await settle();
    expect([given.length, floods]).toEqual([0, 1]);
  });

  it('bodies may not be acted on, and twice as many are a flood', () => {
    const taken = Array.from({ length: 2 * RECEIVE_LIVELY.burst }, () => inbox.mayTakeBody(HELLO));
    expect([taken.filter(Boolean).length, floods]).toEqual([RECEIVE_LIVELY.burst, 0]);
    expect([inbox.mayTakeBody(HELLO), floods]).toEqual([false, 1]);
  });

  it('one person has no part in what another sends', async () => {
    const other = openInbox();
    for (let count = 0; count < RECEIVE_SOCKET.burst; count++) inbox.handleSocketBox('pair', boxOf(1));
    await settle();
    given = [];
    other.handleSocketBox('pair', boxOf(2));
    await settle();
    expect(given).toEqual([['socket', 'pair', boxOf(2), null]]);
  });
});
