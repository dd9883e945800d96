import { beforeEach, describe, expect, it } from 'vitest';
import { toDisposable } from '../../../../../main/common/lifecycle.ts';
import { PLAYBACKS_KEPT_MAX } from '../../../../../main/common/protocol/limits.ts';
import { type Playback, PlaybackSettings } from '../../../../../web-client/core/audio/playback-settings.ts';
import type { VolumeReach } from '../../../../../web-client/core/state/audio-state.ts';

const AS_IT_COMES: Playback = { mutedHere: false, volume: 1 };

let applied: [string, Playback][];
let people: PlaybackSettings;
let changes: number;
let tellReach: (id: string, reach: VolumeReach) => void;
beforeEach(() => {
  applied = [];
  changes = 0;
  let mutedHere = false;
  people = new PlaybackSettings(
    {
      setMuted: (_id, muted) => {
        mutedHere = muted;
      },
      setVolume: (id, volume) => void applied.push([id, { mutedHere, volume }]),
      onReach: (listener) => {
        tellReach = listener;
        return toDisposable(() => {
          tellReach = () => {};
        });
      },
    },
    () => changes++,
  );
});
const there = (...present: [string, string | null][]) =>
  people.handleParticipants(present.map(([id, name]) => ({ id, name })));

describe('how a person is heard', () => {
  it('is as it comes, until it is chosen', () => {
    there(['a', 'Anna']);
    expect(people.of('a')).toMatchObject(AS_IT_COMES);
    people.setVolume('a', 1.5);
    people.setMuted('a', true);
    people.setVolume('a', 0.5);
    expect(people.of('a')).toMatchObject({ mutedHere: true, volume: 0.5 });
    expect(applied.map(([, hearing]) => hearing)).toEqual([
      { mutedHere: false, volume: 1.5 },
      { mutedHere: true, volume: 1.5 },
      { mutedHere: true, volume: 0.5 },
    ]);
  });

  it('is shown as far as the browser lets one have it, and stays chosen beyond', () => {
    people.setVolume('a', 1.5);
    people.setVolume('b', 0.5);
    const reaching = (reach: VolumeReach) => {
      for (const id of ['a', 'b']) tellReach(id, reach);
      return ['a', 'b', 'c'].map((id) => [people.of(id).volume, people.of(id).volumeReach]);
    };
    expect(reaching('plain')).toEqual([
      [1, 'plain'],
      [0.5, 'plain'],
      [1, 'full'],
    ]);
    expect(reaching('none').map(([volume]) => volume)).toEqual([1, 1, 1]);
    people.setMuted('a', true);
    expect(applied.at(-1)).toEqual(['a', { mutedHere: true, volume: 1.5 }]);
    expect(reaching('full').map(([volume]) => volume)).toEqual([1.5, 0.5, 1]);
    expect(changes).toBe(6);
    people.dispose();
    expect(reaching('none').map(([volume]) => volume)).toEqual([1.5, 0.5, 1]);
  });

  it.each([
    [-1, 0],
    [2.5, 2],
    [Number.POSITIVE_INFINITY, 2],
    [Number.NaN, 1],
  ])('%s is no volume: it becomes %s', (volume, becomes) => {
    people.setVolume('a', volume);
    expect(people.of('a').volume).toBe(becomes);
  });

  it('is remembered for the name, whatever its letters’ case and form', () => {
    there(['a', 'Ａnna']);
    people.setVolume('a', 1.5);
    there();
    there(['b', 'ANNA'], ['c', 'Boris']);
    expect(people.of('b').volume).toBe(1.5);
    expect(people.of('c')).toMatchObject(AS_IT_COMES);
    expect(applied.at(-1)).toEqual(['b', { mutedHere: false, volume: 1.5 }]);
  });

  it.each([
    ['İbrahim', 'IBRAHIM'],
    ['Straße', 'STRASSE'],
    ['ΣΑΣ', 'σας'],
    ['Anna', 'A\u200bnna '],
  ])('is remembered for %s who comes back as %s', (before, after) => {
    there(['a', before]);
    people.setVolume('a', 1.5);
    there();
    there(['b', after]);
    expect(people.of('b').volume).toBe(1.5);
  });

  it('passes from nobody to nobody whose name shows nothing', () => {
    there(['a', '\u200b']);
    people.setMuted('a', true);
    there(['b', '\u3164'], ['c', 'Müller']);
    people.setMuted('c', true);
    there(['d', 'Muller']);
    expect([people.of('b').mutedHere, people.of('d').mutedHere]).toEqual([false, false]);
  });

  it('waits for a name that can be opened only later', () => {
    there(['a', 'Anna']);
    people.setMuted('a', true);
    there(['b', null]);
    expect(people.of('b')).toMatchObject(AS_IT_COMES);
    there(['b', 'Anna']);
    expect(people.of('b').mutedHere).toBe(true);
  });

  it('goes by the id where two of one name are there', () => {
    there(['a', 'Anna']);
    people.setVolume('a', 0.2);
    there(['a', 'Anna'], ['b', 'anna']);
    expect(people.of('b')).toMatchObject(AS_IT_COMES);
    people.setVolume('b', 2);
    there(['b', 'anna']);
    expect(people.of('b').volume).toBe(2);
    there(['c', 'Anna']);
    expect(people.of('c').volume).toBe(0.2);
  });

  it('does not pass to a namesake who stays when the other goes', () => {
    there(['a', 'Anna']);
    people.setMuted('a', true);
    there(['a', 'Anna'], ['b', 'Anna']);
    there(['b', 'Anna']);
    expect(people.of('b')).toMatchObject(AS_IT_COMES);
  });

  it('stays with the id under another name', () => {
    there(['a', 'Anna']);
    people.setMuted('a', true);
    there(['a', 'Vera'], ['b', 'Boris']);
    expect(people.of('a').mutedHere).toBe(true);
    expect(applied).toHaveLength(1);
  });
});

it('takes up what was chosen before the page was loaded anew, also for who is loaded anew later', () => {
  people.restore([{ id: 'b', mutedHere: true, volume: 1.5 }]);
  people.handleParticipants([{ id: 'b', name: 'Boris' }]);
  expect(people.of('b')).toMatchObject({ mutedHere: true, volume: 1.5 });
  people.handleParticipants([{ id: 'c', name: 'Boris' }]);
  expect(people.of('c')).toMatchObject({ mutedHere: true, volume: 1.5 });
});

it('forgets the ids of those who left, of very many the first, and knows their person by name', () => {
  there(['id-0', 'Anna']);
  people.setVolume('id-0', 0.5);
  const ids = Array.from({ length: PLAYBACKS_KEPT_MAX + 1 }, (_, at) => `id-${at}`);
  for (const id of ids.slice(1)) there([id, 'Anna']);
  expect(ids.map((id) => people.of(id).volume)).toEqual([1, ...ids.slice(1).map(() => 0.5)]);
  expect(applied.at(-1)).toEqual(['id-0', AS_IT_COMES]);
  there(['id-0', 'Anna']);
  expect(people.of('id-0').volume).toBe(0.5);
});
