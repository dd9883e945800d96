import { describe, expect, it } from 'vitest';
import { LogRing } from '../../../../../web-client/core/log-ring.ts';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { logChanges } from '../../../../../web-client/core/state/state-log.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

function changes(before: RoomState, after: RoomState) {
  const log = new LogRing(() => 0);
  logChanges(log, before, after);
  return log.entries.map(({ event, fields }) => [event, fields]);
}

describe('logChanges', () => {
  it('says nothing of what is seen and heard, but not of how things stand', () => {
    const room = { ...ROOM, participants: [person('anna')] };
    const after = {
      ...room,
      self: { ...room.self, speaking: true, name: 'Marina B.' },
      participants: [person('anna', { speaking: true, name: 'Anna', handUp: true, volume: 2 })],
    };
    expect(changes(room, after)).toEqual([]);
  });

  it('tells the way to the host with its reason', () => {
    const retrying = { ...ROOM, signaling: { phase: 'retrying', why: 'blocked' } } as const;
    expect(changes(ROOM, retrying)).toEqual([['signaling', { phase: 'retrying', why: 'blocked' }]]);
    const ended = { ...ROOM, signaling: { phase: 'ended', reason: 'kicked' } } as const;
    expect(changes(retrying, ended)).toEqual([['signaling', { phase: 'ended', reason: 'kicked' }]]);
  });

  it('tells the microphone with what is wrong with it', () => {
    const live = { ...ROOM, microphone: { phase: 'live', muted: true, hint: 'talking-muted' } } as const;
    expect(changes(ROOM, live)).toEqual([
      ['microphone', { phase: 'live', muted: true, hint: 'talking-muted' }],
    ]);
    const none = { ...ROOM, microphone: { phase: 'none', reason: 'denied' } } as const;
    expect(changes(live, none)).toEqual([['microphone', { phase: 'none', reason: 'denied' }]]);
  });

  it('counts people by how they are connected, and why not', () => {
    const before = { ...ROOM, call: 'joined', participants: [person('a'), person('b')] } as const;
    const after = {
      ...before,
      participants: [
        person('a'),
        person('b', { peer: { phase: 'lost' }, obstacle: 'no-way' }),
        person('c', { peer: { phase: 'failed', reason: 'flooding' } }),
      ],
    } as const;
    expect(changes(before, after)).toEqual([
      ['peers', { connected: 1, lost: 1, 'failed-flooding': 1 }],
      ['obstacles', { 'no-way': 1 }],
    ]);
  });

  it('tells joining, a full room and a voice that waits for a tap', () => {
    const after = { ...ROOM, full: true, soundBlocked: true };
    expect(changes(ROOM, after)).toEqual([
      ['call', { phase: 'out', full: true, door: null }],
      ['sound', { blocked: true }],
    ]);
    expect(changes(ROOM, { ...ROOM, call: 'joining' })).toEqual([
      ['call', { phase: 'joining', full: false, door: null }],
    ]);
  });
});
