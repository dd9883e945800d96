import { describe, expect, it } from 'vitest';
import { chaptersText, fileNameOf, timeOf } from '../../../../../web-client/recording/timeline/chapters.ts';
import type { Journal } from '../../../../../web-client/recording/timeline/journal.ts';

const JOURNAL: Journal = {
  mode: 'each',
  startedAt: Date.UTC(2026, 10, 29, 14, 22, 35),
  people: [
    {
      id: 'a',
      name: 'Anna',
      presences: [
        { part: 1, fromMs: 0, toMs: 61_500.4 },
        { part: 3, fromMs: 90_000, toMs: 100_000 },
      ],
    },
    { id: 'b', name: 'Борис', presences: [{ part: 2, fromMs: 3_250, toMs: null }] },
  ],
  leftOut: [{ atMs: 70_000, ms: 7_200_000 }],
  endMs: 100_000,
  finished: false,
  saved: false,
};

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('chapters', () => {
  it('have a line for each change, in order, of time, sign and name', () => {
    expect(linesOf(chaptersText(JOURNAL, 100_000))).toEqual([
      '00:00:00.000\t+\tAnna',
      '00:00:03.250\t+\tБорис',
      '00:01:01.500\t-\tAnna',
      '00:01:10.000\t~\t02:00:00.000',
      '00:01:30.000\t+\tAnna',
      '00:01:40.000\t=',
    ]);
  });

  it('begin with when it was, and what the signs mean, in both languages', () => {
    const legend = chaptersText(JOURNAL, null)
      .split('\n')
      .filter((line) => line.startsWith('#'));
    expect(legend[0]).toBe('# Secret Call 2026-11-29T14:22:35.000Z');
    for (const line of legend.slice(1)) expect(line).toMatch(/^# [-+~=] [a-z :]+ \/ [а-я :]+$/);
  });

  it('say of nobody that they went out as the recording ended, which ends with a whole block', () => {
    const endedAt = (endMs: number) => ({
      ...JOURNAL,
      people: [{ id: 'a', name: 'Anna', presences: [{ part: 1, fromMs: 0, toMs: endMs }] }],
      leftOut: [],
      endMs,
    });
    for (const endMs of [2_331.4, 2_340, 2_320.1])
      expect(linesOf(chaptersText(endedAt(endMs), 2_340))).toEqual([
        '00:00:00.000\t+\tAnna',
        '00:00:02.340\t=',
      ]);
    expect(linesOf(chaptersText(endedAt(2_320), 2_340))).toContain('00:00:02.320\t-\tAnna');
  });

  it('tell no end that is not known', () => {
    expect(linesOf(chaptersText(JOURNAL, null)).at(-1)).toBe('00:01:40.000\t-\tAnna');
  });

  it('write times as WebVTT does, beyond a day as well', () => {
    expect([0, 59_999.6, 3_599_999, 90_061_001].map(timeOf)).toEqual([
      '00:00:00.000',
      '00:01:00.000',
      '00:59:59.999',
      '25:01:01.001',
    ]);
  });

  it('lie under a name that every system takes', () => {
    expect(fileNameOf(JOURNAL.startedAt)).toMatch(/^Secret Call \d{4}-\d\d-\d\d \d\d-\d\d-\d\d$/);
  });
});
