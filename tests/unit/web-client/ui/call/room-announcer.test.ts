import { beforeEach, describe, expect, it } from 'vitest';
import type { ParticipantState, RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { RoomAnnouncer, roomChangesBetween } from '../../../../../web-client/ui/call/room-announcer.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

const joined = (...participants: ParticipantState[]): RoomState => ({
  ...ROOM,
  call: 'joined',
  participants,
});
const clap = (serial: number) => ({ emoji: '👏', serial });

describe('roomNewsBetween', () => {
  it('tells a hand that went up, and not one that went down or stayed', () => {
    const down = joined(person('a'));
    const up = joined(person('a', { handUp: true }));
    expect(roomChangesBetween(down, up)).toEqual([{ type: 'hand-raised', id: 'a' }]);
    expect(roomChangesBetween(up, up)).toEqual([]);
    expect(roomChangesBetween(up, down)).toEqual([]);
  });

  it('tells each emoji once, and the same one again if it was shown again', () => {
    const first = joined(person('a', { reaction: clap(1) }));
    expect(roomChangesBetween(joined(person('a')), first)).toEqual([
      { type: 'reaction', id: 'a', emoji: '👏' },
    ]);
    expect(roomChangesBetween(first, first)).toEqual([]);
    expect(roomChangesBetween(first, joined(person('a', { reaction: clap(2) })))).toHaveLength(1);
    expect(roomChangesBetween(first, joined(person('a')))).toEqual([]);
  });

  it('tells once that somebody is not connected, whatever else is found out about it', () => {
    const late = joined(person('a', { obstacle: 'no-answer' }));
    const later = joined(person('a', { obstacle: 'no-way' }));
    expect(roomChangesBetween(joined(person('a')), late)).toEqual([
      { type: 'overdue', id: 'a', obstacle: 'no-answer' },
    ]);
    expect(roomChangesBetween(late, later)).toEqual([]);
    expect(roomChangesBetween(later, joined(person('a')))).toEqual([]);
  });

  it('takes what stood when they came, or one came, for no news', () => {
    const state = joined(person('a', { handUp: true, reaction: clap(1) }));
    expect(roomChangesBetween(null, state)).toEqual([]);
    expect(roomChangesBetween(joined(), state)).toEqual([]);
    expect(roomChangesBetween({ ...joined(person('a')), call: 'joining' }, state)).toEqual([]);
    expect(roomChangesBetween(joined(person('a')), { ...state, call: 'out' })).toEqual([]);
  });
});

describe('a page that is loaded anew', () => {
  let said: string[];
  let announcer: RoomAnnouncer;
  beforeEach(() => {
    said = [];
    const say = (text: string) => void said.push(text);
    announcer = new RoomAnnouncer((key, values) => [key, ...Object.values(values ?? {})].join(' '), {
      announce: say,
      showToast: say,
    });
  });

  it('says once that one is back, and what is not', () => {
    for (const call of ['out', 'joining', 'joined', 'joined'] as const)
      announcer.render({ ...ROOM, call, returned: true });
    expect(said).toEqual(['call.back']);
  });

  it('says nothing of the kind to who joins', () => {
    for (const call of ['out', 'joined'] as const) announcer.render({ ...ROOM, call });
    expect(said).toEqual([]);
  });

  it('is told of whom one had verified, once: the name alone is no proof', () => {
    const verified = person('old', { name: 'Boris', trust: 'verified' });
    const stranger = person('other', { name: 'Clara' });
    announcer.render(joined(verified, stranger));
    announcer.render(joined());
    announcer.render(joined(person('new', { name: 'BORIS' }), person('another', { name: 'Clara' })));
    announcer.render(joined());
    announcer.render(joined(person('newer', { name: 'Boris' })));
    expect(said).toEqual(['people.new-key BORIS']);
  });
});
