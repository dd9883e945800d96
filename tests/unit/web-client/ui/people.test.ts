import { describe, expect, it } from 'vitest';
import { peopleLines, spokenName } from '../../../../web-client/ui/people.ts';
import { person, ROOM } from '../../../support/room-states.ts';

const joined = { ...ROOM, call: 'joined' } as const;

describe('peopleLines', () => {
  it('puts oneself first, then the others in order of joining', () => {
    const lines = peopleLines({ ...joined, participants: [person('zoe'), person('anna')] });
    expect(lines.map(({ kind, name }) => [kind, name])).toEqual([
      ['self', 'Marina'],
      ['other', 'zoe'],
      ['other', 'anna'],
    ]);
  });

  it('shows before the call only who is in', () => {
    const [line, ...rest] = peopleLines({ ...ROOM, participants: [person('anna', { mutedHere: true })] });
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ kind: 'outside', name: 'anna', link: null, trust: null, mutedHere: false });
  });

  it('carries link, trust, failure and tampering of each', () => {
    const lines = peopleLines({
      ...joined,
      participants: [
        person('a', { link: { phase: 'failed', reason: 'code' }, trust: 'failed' }),
        person('b', { tamperedBoxes: 3, mutedHere: true }),
        person('c', { link: { phase: 'waiting' }, trust: 'checking' }),
      ],
    });
    expect(lines.slice(1)).toMatchObject([
      { link: 'failed', failure: 'code', trust: 'failed' },
      { link: 'connected', failure: null, trust: 'sealed', tamperedBoxes: 3, mutedHere: true },
      { link: 'waiting', failure: null, trust: null },
    ]);
  });

  it('makes names harmless and knows those that show nothing', () => {
    const participants = [
      person('a', { name: 'x\u202etxt' }),
      person('b', { name: '\u200b' }),
      person('c', { name: null }),
    ];
    expect(peopleLines({ ...joined, participants }).map(({ name }) => name)).toEqual([
      'Marina',
      'xtxt',
      null,
      null,
    ]);
  });

  it('marks people whose names a reader would take for one', () => {
    const participants = [
      person('a', { name: 'Anna' }),
      person('b', { name: 'anna\u200b' }),
      person('c', { name: 'Ａnna' }),
      person('d', { name: 'MARINA' }),
      person('e', { name: 'Boris' }),
      person('f', { name: null }),
    ];
    const ambiguous = peopleLines({ ...joined, participants }).filter((line) => line.ambiguous);
    expect(ambiguous.map(({ id }) => id)).toEqual([ROOM.self.id, 'a', 'b', 'c', 'd']);
  });

  it('says the short id with a name that two have', () => {
    const participants = [
      person('anna', { name: 'Anna' }),
      person('xnna', { name: 'Anna' }),
      person('b', { name: null }),
    ];
    const spoken = peopleLines({ ...joined, participants }).map((line) => spokenName(line, 'Unnamed'));
    expect(spoken).toEqual(['Marina', 'Anna anna', 'Anna xnna', 'Unnamed']);
  });

  it('marks two who show no name', () => {
    const participants = [person('a', { name: null }), person('b', { name: '\u200b' })];
    expect(peopleLines({ ...joined, participants }).map(({ ambiguous }) => ambiguous)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
