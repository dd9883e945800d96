import { describe, expect, it } from 'vitest';
import {
  INITIAL_STATE,
  type RoomAction,
  reduceRoom,
} from '../../../../../web-client/core/state/room-reducer.ts';
import type { ParticipantState, RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { person as samplePerson } from '../../../../support/page/room-states.ts';

const person = (id: string, changes: Partial<ParticipantState> = {}) => {
  const { shortId: _, ...told } = samplePerson(id, { name: `name of ${id}`, ...changes });
  return told;
};
const stateAfter = (...actions: RoomAction[]): RoomState => actions.reduce(reduceRoom, INITIAL_STATE);

describe('the state of the room', () => {
  it('follows the call from joining to leaving', () => {
    const joining = stateAfter({ type: 'joining', name: 'Anna' });
    expect([joining.call, joining.self.name]).toEqual(['joining', 'Anna']);
    const joined = reduceRoom(joining, { type: 'participants', selfIn: true, participants: [] });
    expect(joined.call).toBe('joined');
    expect(reduceRoom(joined, { type: 'participants', selfIn: false, participants: [] }).call).toBe(
      'joining',
    );
    expect(reduceRoom(joined, { type: 'left' }).call).toBe('out');
  });

  it('is not joined by a roster alone', () => {
    expect(stateAfter({ type: 'participants', selfIn: true, participants: [person('a')] }).call).toBe('out');
  });

  it('tells places, and that the last try met none', () => {
    const full = stateAfter(
      { type: 'places', capacity: 2, taken: 2, others: 2 },
      { type: 'joining', name: 'Anna' },
      { type: 'full' },
    );
    expect([full.full, full.placeFree, full.call]).toEqual([true, false, 'out']);
    expect(reduceRoom(full, { type: 'places', capacity: 2, taken: 1, others: 1 }).placeFree).toBe(true);
    expect(reduceRoom(full, { type: 'joining', name: 'Anna' }).full).toBe(false);
    expect(reduceRoom(full, { type: 'full-dismissed' }).full).toBe(false);
  });

  it('never leaves its end', () => {
    const ended = stateAfter({ type: 'signaling', signaling: { phase: 'ended', reason: 'kicked' } });
    expect(reduceRoom(ended, { type: 'signaling', signaling: { phase: 'online' } })).toBe(ended);
  });

  it('gives a short id', () => {
    expect(stateAfter({ type: 'identified', id: 'abcdefgh' }).self).toMatchObject({
      id: 'abcdefgh',
      shortId: 'abcd',
    });
  });

  it('is the same object where nothing changed, and keeps those people who did not', () => {
    const before = stateAfter({
      type: 'participants',
      selfIn: false,
      participants: [person('a'), person('b')],
    });
    expect(
      reduceRoom(before, { type: 'participants', selfIn: false, participants: [person('a'), person('b')] }),
    ).toBe(before);
    const code = [1, 2, 3, 4, 5, 6, 7];
    const coded = reduceRoom(before, {
      type: 'participants',
      selfIn: false,
      participants: [person('a', { code }), person('b')],
    });
    expect(coded.participants.map((one) => one.code)).toEqual([code, null]);
    expect(coded.participants[1]).toBe(before.participants[1]);
    const failed = { peer: { phase: 'failed', reason: 'code' } as const };
    const next = reduceRoom(before, {
      type: 'participants',
      selfIn: false,
      participants: [person('a'), person('b', failed)],
    });
    expect(next.participants[0]).toBe(before.participants[0]);
    expect(next.participants[1]?.peer).toEqual(failed.peer);
    for (const action of [
      { type: 'left' },
      { type: 'full-dismissed' },
      { type: 'places', capacity: 0, taken: 0, others: 0 },
      { type: 'sound-blocked', blocked: false },
    ] as const) {
      expect(reduceRoom(before, action)).toBe(before);
    }
  });
});
