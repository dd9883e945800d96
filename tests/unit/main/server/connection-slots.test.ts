import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { beforeEach, describe, expect, it } from 'vitest';
import { ANSWER_PROTECTED_MS } from '../../../../main/common/protocol/limits.ts';
import { ConnectionSlots } from '../../../../main/server/connection-slots.ts';

const MAX = 4;
const LOCAL_RESERVED = 2;

let nowMs: number;
let slots: ConnectionSlots;
let sockets: Socket[];

beforeEach(() => {
  nowMs = 0;
  slots = new ConnectionSlots({ clock: () => nowMs, max: MAX, localReserved: LOCAL_RESERVED });
  sockets = [];
});

/** One more connection, by the number of those before it. */
function connect(): number {
  const socket = new Socket();
  sockets.push(socket);
  expect(slots.add(socket)).toBe(true);
  return sockets.length - 1;
}

function at(index: number): Socket {
  const socket = sockets[index];
  if (!socket) throw new Error('no such socket');
  return socket;
}

function answer(index: number, isLocal = false): void {
  slots.beginAnswer(at(index), isLocal);
  slots.endAnswer(at(index));
}

/** Numbers of those who have had to go. */
const gone = () => sockets.flatMap(({ destroyed }, index) => (destroyed ? [index] : []));

const fill = (): void => {
  for (let count = 0; count < MAX; count++) connect();
};

describe('when all slots are taken', () => {
  it('a newcomer is let in, and the one that has been idle for longest gives way', () => {
    fill();
    expect(gone()).toEqual([]);
    connect();
    connect();
    expect(gone()).toEqual([0, 1]);
    expect(slots.sockets()).toHaveLength(MAX);
  });

  it('it is the last answer that counts, and not when a connection came', () => {
    fill();
    answer(0);
    connect();
    expect(gone()).toEqual([1]);
  });

  it('one that is being answered gives way last, and the slowest of them first', () => {
    fill();
    for (const index of [2, 1, 0]) slots.beginAnswer(at(index), false);
    connect();
    expect(gone()).toEqual([3]);
    slots.beginAnswer(at(4), false);
    connect();
    slots.beginAnswer(at(5), false);
    expect(gone()).toEqual([2, 3]);
  });

  it('an answer that is not taken for long protects nobody', () => {
    fill();
    slots.beginAnswer(at(0), false);
    nowMs = ANSWER_PROTECTED_MS - 1;
    for (const index of [1, 2, 3]) answer(index);
    connect();
    expect(gone()).toEqual([1]);
    nowMs = ANSWER_PROTECTED_MS;
    connect();
    expect(gone()).toEqual([0, 1]);
  });

  it('an answer protects from when it began', () => {
    nowMs = ANSWER_PROTECTED_MS;
    fill();
    for (const index of [1, 2, 3, 0]) slots.beginAnswer(at(index), false);
    nowMs = 2 * ANSWER_PROTECTED_MS - 1;
    slots.endAnswer(at(2));
    connect();
    expect(gone()).toEqual([2]);
  });

  it('it is the end of an answer that counts', () => {
    fill();
    for (const index of [0, 1]) slots.beginAnswer(at(index), false);
    for (const index of [1, 0, 2, 3]) slots.endAnswer(at(index));
    connect();
    expect(gone()).toEqual([1]);
  });

  it('one that was released gives way again', () => {
    fill();
    slots.keep(at(0));
    slots.release(at(0));
    connect();
    expect(gone()).toEqual([0]);
  });

  it('one that has shown it belongs here stays, whoever comes', () => {
    fill();
    slots.keep(at(0));
    for (let count = 0; count < 3 * MAX; count++) connect();
    expect(gone()).not.toContain(0);
  });

  it('one from this computer gives way to others of this computer alone, beyond the reserve', () => {
    fill();
    answer(0, true);
    answer(1, true);
    for (let count = 0; count < 3 * MAX; count++) connect();
    expect(gone()).not.toContain(0);
    expect(gone()).not.toContain(1);
    answer(sockets.length - 1, true);
    answer(sockets.length - 2);
    connect();
    expect(gone()).toContain(0);
    expect(gone()).not.toContain(1);
  });

  it('those of this computer that never give way are no part of the reserve', () => {
    fill();
    for (const index of [0, 1, 2]) answer(index, true);
    slots.keep(at(0));
    slots.keep(at(3));
    expect(slots.add(new Socket())).toBe(false);
    answer(3, true);
    slots.release(at(3));
    connect();
    expect(gone()).toEqual([1]);
  });

  it('and nobody may give way, the newcomer has to go', () => {
    fill();
    for (const index of [0, 1, 2, 3]) slots.keep(at(index));
    expect(slots.add(new Socket())).toBe(false);
    expect(gone()).toEqual([]);
  });
});

describe('a socket that speaks TLS', () => {
  const comeFrom = (socket: Socket, remoteAddress?: string, remotePort?: number) =>
    Object.defineProperties(socket, {
      remoteAddress: { value: remoteAddress, configurable: true },
      remotePort: { value: remotePort, configurable: true },
    });
  const secured = (remoteAddress: string, remotePort: number) =>
    comeFrom(new TLSSocket(new Socket()), remoteAddress, remotePort);

  beforeEach(() => {
    fill();
    comeFrom(at(0), '192.0.2.1', 4_001);
    comeFrom(at(1), '192.0.2.1', 4_002);
    comeFrom(at(2), '192.0.2.2', 4_001);
    comeFrom(at(3), '192.0.2.2', 4_002);
  });

  it.each([
    [0, '192.0.2.1', 4_001],
    [1, '192.0.2.1', 4_002],
    [2, '192.0.2.2', 4_001],
    [3, '192.0.2.2', 4_002],
  ])('keeps the place beneath it: the one at %i', (index, address, port) => {
    slots.keep(secured(address, port));
    for (let count = 0; count < MAX; count++) connect();
    expect([0, 1, 2, 3].filter((each) => !gone().includes(each))).toEqual([index]);
  });

  it('is known again when it does not tell any more whom it speaks to', () => {
    const socket = secured('192.0.2.1', 4_001);
    for (const index of [1, 2, 3]) slots.beginAnswer(at(index), false);
    slots.beginAnswer(socket, false);
    comeFrom(socket);
    slots.endAnswer(socket);
    connect();
    expect(gone()).toEqual([0]);
  });

  it('has no place where none stands beneath it, and no other socket takes one by its address', () => {
    slots.keep(secured('192.0.2.3', 4_001));
    slots.keep(comeFrom(new Socket(), '192.0.2.1', 4_001));
    slots.beginAnswer(comeFrom(new Socket(), '192.0.2.1', 4_001), false);
    connect();
    expect(gone()).toEqual([0]);
  });
});

it('has a place again as soon as one has gone', () => {
  fill();
  slots.remove(at(2));
  connect();
  expect(gone()).toEqual([]);
  // Its last answer ends with it, and is not to bring it back.
  slots.endAnswer(at(2));
  expect(slots.sockets()).not.toContain(at(2));
});
