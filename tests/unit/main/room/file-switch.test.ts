/** Holds who is told whether files may be sent: whoever is here at each change, whoever comes in the first word, and the next run. */

import { describe, expect, it } from 'vitest';
import { ok } from '../../../../main/common/result.ts';
import { TestRoom } from '../../../support/room/test-room.ts';

const WORD = { type: 'files', allowed: false };

describe('files switched off', () => {
  it('are told in the first word, and allowed ones are not', () => {
    const hello = (files: boolean) => new TestRoom(4, { files }).enter(1, 'a').to(1)[0];
    expect(hello(false)).toMatchObject({ type: 'hello', files: false });
    expect(hello(true)).not.toHaveProperty('files');
  });

  it('are told to everybody who is here, in or not, once a change, and to whoever was away', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.enter(3, 'c');
    room.lose(1);
    const off = room.command({ type: 'files', on: false });
    expect(off.answers).toEqual([ok(null)]);
    expect([1, 2, 3].map((socket) => off.to(socket))).toEqual([[], [WORD], [WORD]]);
    expect(room.command({ type: 'files', on: false }).all).toEqual([]);
    expect(room.enter(4, 'a', resume).to(4)[0]).toMatchObject({ type: 'hello', files: false });
    expect(room.command({ type: 'files', on: true }).to(4)).toEqual([{ ...WORD, allowed: true }]);
    expect(room.enter(5, 'd').to(5)[0]).not.toHaveProperty('files');
  });

  it('are shown to the host, and are so in the next run', () => {
    const room = new TestRoom(4);
    expect(room.subject.attendance.files).toBe(true);
    room.command({ type: 'files', on: false });
    expect(room.subject.attendance.files).toBe(false);
    const next = new TestRoom(4, { isEmpty: true });
    next.handle({ type: 'resumed', kept: room.subject.keep(0), awayMs: 0 });
    expect(next.subject.attendance.files).toBe(false);
  });
});
