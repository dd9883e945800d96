import { describe, expect, it } from 'vitest';
import type { MicrophoneState } from '../../../../../web-client/core/state/audio-state.ts';
import {
  isSameRow,
  participantRows,
  spokenName,
} from '../../../../../web-client/ui/people/participant-rows.ts';
import { HOSTILE_NAMES, SAME_NAMES } from '../../../../support/names/hostile-names.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

const joined = { ...ROOM, call: 'joined' } as const;

describe('participantRows', () => {
  it('puts oneself first, then the others in order of joining', () => {
    const lines = participantRows({ ...joined, participants: [person('zoe'), person('anna')] });
    expect(lines.map(({ kind, name }) => [kind, name])).toEqual([
      ['self', 'Marina'],
      ['other', 'zoe'],
      ['other', 'anna'],
    ]);
  });

  it('shows before the call only who is in', () => {
    const [line, ...rest] = participantRows({ ...ROOM, participants: [person('anna', { mutedHere: true })] });
    expect(rest).toEqual([]);
    expect(line).toMatchObject({
      kind: 'outside',
      name: 'anna',
      peerPhase: null,
      trust: null,
      mutedHere: false,
    });
  });

  it('carries link, trust, failure and tampering of each', () => {
    const lines = participantRows({
      ...joined,
      participants: [
        person('a', { peer: { phase: 'failed', reason: 'code' }, trust: 'failed' }),
        person('b', { tamperedBoxes: 3, mutedHere: true }),
        person('c', { peer: { phase: 'waiting' }, trust: 'checking' }),
      ],
    });
    expect(lines.slice(1)).toMatchObject([
      { peerPhase: 'failed', failure: 'code', trust: 'failed' },
      { peerPhase: 'connected', failure: null, trust: 'sealed', tamperedBoxes: 3, mutedHere: true },
      { peerPhase: 'waiting', failure: null, trust: null },
    ]);
  });

  it.each(['flooding', 'forgotten', 'exhausted'] as const)(
    'says nothing of trust where %s ended it',
    (reason) => {
      const participants = [person('a', { peer: { phase: 'failed', reason }, trust: 'failed' })];
      expect(participantRows({ ...joined, participants })[1]).toMatchObject({ failure: reason, trust: null });
    },
  );

  it('carries how each is heard and what they show', () => {
    const reaction = { emoji: '🎉', serial: 4 };
    const quality = {
      grade: 'weak',
      path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
      roundTripMs: 300,
      loss: 0.1,
      jitterMs: 40,
    } as const;
    const told = {
      microphone: 'muted',
      handUp: true,
      reaction,
      volume: 1.5,
      speaking: true,
    } as const;
    const participants = [
      person('a', { ...told, quality }),
      person('b', { ...told, quality, peer: { phase: 'lost' } }),
    ];
    const [, connected, lost] = participantRows({ ...joined, participants });
    expect(connected).toMatchObject({ ...told, grade: 'weak' });
    expect(lost).toMatchObject({ ...told, grade: null, speaking: false });
    const [outside] = participantRows({ ...ROOM, participants });
    expect(outside).toMatchObject({ microphone: null, handUp: false, reaction: null, grade: null });
  });

  it('is the same row while only numbers of its connection change', () => {
    const quality = {
      grade: 'good',
      path: { kind: 'direct' },
      roundTripMs: 30,
      loss: 0,
      jitterMs: 2,
    } as const;
    const [row, measured, weak] = [
      quality,
      { ...quality, roundTripMs: 31, loss: 0.01, jitterMs: 3 },
      { ...quality, grade: 'weak' as const },
    ].flatMap((each) =>
      participantRows({ ...joined, participants: [person('a', { quality: each })] }).slice(1),
    );
    if (!row || !measured || !weak) throw new Error('a row is missing');
    expect([isSameRow(row, measured), isSameRow(row, weak)]).toEqual([true, false]);
  });

  it('tells of oneself what the others are told', () => {
    const self = { ...ROOM.self, handUp: true, speaking: true, reaction: { emoji: '👍', serial: 1 } };
    const microphone = (state: MicrophoneState) => participantRows({ ...joined, self, microphone: state })[0];
    expect(microphone({ phase: 'live', muted: true, hint: null })).toMatchObject({
      kind: 'self',
      microphone: 'muted',
      handUp: true,
      speaking: true,
      reaction: { emoji: '👍' },
    });
    expect(microphone({ phase: 'live', muted: false, hint: null })?.microphone).toBe('open');
    expect(microphone({ phase: 'none', reason: 'denied' })?.microphone).toBe('none');
    expect(microphone({ phase: 'asking' })?.microphone).toBeNull();
  });

  it('makes names harmless and knows those that show nothing', () => {
    const participants = [
      person('a', { name: 'x\u202etxt' }),
      person('b', { name: '\u200b' }),
      person('c', { name: null }),
    ];
    expect(participantRows({ ...joined, participants }).map(({ name }) => name)).toEqual([
      'Marina',
      'xtxt',
      null,
      null,
    ]);
  });

  it.each(HOSTILE_NAMES)('shows %j as %j', (name, shown) => {
    expect(participantRows({ ...joined, participants: [person('a', { name })] })[1]?.name).toBe(shown);
  });

  it.each(SAME_NAMES)('takes %s and %s for one name', (name, other) => {
    const participants = [person('a', { name }), person('b', { name: other })];
    const ambiguous = participantRows({ ...joined, participants }).filter((row) => row.ambiguous);
    expect(ambiguous.map(({ id }) => id)).toEqual(['a', 'b']);
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
    const ambiguous = participantRows({ ...joined, participants }).filter((line) => line.ambiguous);
    expect(ambiguous.map(({ id }) => id)).toEqual([ROOM.self.id, 'a', 'b', 'c', 'd']);
  });

  it('says the short id with a name that two have', () => {
    const participants = [
      person('anna', { name: 'Anna' }),
      person('xnna', { name: 'Anna' }),
      person('b', { name: null }),
    ];
    const spoken = participantRows({ ...joined, participants }).map((line) => spokenName(line, 'Unnamed'));
    expect(spoken).toEqual(['Marina', 'Anna anna', 'Anna xnna', 'Unnamed']);
  });

  it('marks two who show no name', () => {
    const participants = [person('a', { name: null }), person('b', { name: '\u200b' })];
    expect(participantRows({ ...joined, participants }).map(({ ambiguous }) => ambiguous)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
