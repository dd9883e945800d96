import { beforeEach, describe, expect, it } from 'vitest';
import { LogRing } from '../../../../../web-client/core/log-ring.ts';
import { INITIAL_STATE, type RoomAction } from '../../../../../web-client/core/state/room-reducer.ts';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { RoomStore } from '../../../../../web-client/core/state/room-store.ts';
import type { SessionEvent } from '../../../../../web-client/core/state/session-events.ts';
import { person } from '../../../../support/page/room-states.ts';

const inRoom = (...ids: string[]): RoomAction => ({
  type: 'participants',
  selfIn: true,
  participants: ids.map((id) => person(id, { name: `name of ${id}` })),
});

let log: LogRing;
let room: RoomStore;
let told: (RoomState | SessionEvent)[];
beforeEach(() => {
  log = new LogRing(() => 0);
  room = new RoomStore(log);
  told = [];
  room.on('state', (state) => told.push(state));
  room.on('event', (event) => told.push(event));
});

describe('the room as it is now', () => {
  it('begins as the page does, and has told nothing', () => {
    expect(room.state).toBe(INITIAL_STATE);
    expect([told, log.entries]).toEqual([[], []]);
  });

  it('tells each new state once it holds, and that it did in the log', () => {
    let held: RoomState | null = null;
    room.on('state', () => {
      held = room.state;
    });
    room.dispatch({ type: 'joining', name: 'Anna' });
    expect(told).toEqual([room.state]);
    expect(held).toBe(room.state);
    expect(room.state).toMatchObject({ call: 'joining', self: { name: 'Anna' } });
    expect(log.entries.map(({ event, fields }) => [event, fields])).toEqual([
      ['call', { phase: 'joining', full: false, door: null }],
    ]);
  });

  it('says nothing of what changed nothing', () => {
    const before = room.state;
    room.dispatch({ type: 'left' });
    room.dispatch({ type: 'full-dismissed' });
    expect(room.state).toBe(before);
    expect([told, log.entries]).toEqual([[], []]);
  });

  it('tells who came and went after the state that has it, and not who was there before', () => {
    room.dispatch({ type: 'joining', name: 'Anna' });
    room.dispatch(inRoom('boris'));
    told = [];
    room.dispatch(inRoom('clara'));
    expect(told).toEqual([
      room.state,
      { type: 'left', id: 'boris', name: 'name of boris' },
      { type: 'joined', id: 'clara', name: 'name of clara' },
    ]);
  });

  it('has ended for good with the connection to the host, and not because that is lost', () => {
    room.dispatch({ type: 'signaling', signaling: { phase: 'retrying', why: 'no-network' } });
    expect(room.ended).toBe(false);
    room.dispatch({ type: 'signaling', signaling: { phase: 'ended', reason: 'kicked' } });
    room.dispatch({ type: 'signaling', signaling: { phase: 'online' } });
    expect(room.ended).toBe(true);
  });

  it('tells nobody any more once it was let go of', () => {
    room.dispose();
    room.dispatch({ type: 'joining', name: 'Anna' });
    expect(told).toEqual([]);
  });
});
