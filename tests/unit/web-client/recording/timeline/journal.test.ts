import { describe, expect, it } from 'vitest';
import {
  type JournalEntry,
  journalLine,
  readJournal,
} from '../../../../../web-client/recording/timeline/journal.ts';

const START = { type: 'start', mode: 'each', startedAt: 7 } as const;
const enters = (part: number, id: string, name: string, atMs = 0): JournalEntry => ({
  type: 'in',
  atMs,
  part,
  id,
  name,
});
const read = (...entries: readonly JournalEntry[]) => readJournal(entries.map(journalLine).join(''));

describe('the journal of a recording', () => {
  it('tells who was in, from when to when, each of their times', () => {
    const journal = read(
      START,
      enters(1, 'a', 'Anna', 10),
      enters(2, 'b', 'Boris', 20),
      { type: 'out', atMs: 30, part: 1 },
      enters(3, 'a', 'Anna', 40),
      { type: 'end', atMs: 50 },
    );
    expect(journal).toMatchObject({ mode: 'each', startedAt: 7, endMs: 50, finished: false, saved: false });
    expect(journal?.people).toEqual([
      {
        id: 'a',
        name: 'Anna',
        presences: [
          { part: 1, fromMs: 10, toMs: 30 },
          { part: 3, fromMs: 40, toMs: null },
        ],
      },
      { id: 'b', name: 'Boris', presences: [{ part: 2, fromMs: 20, toMs: null }] },
    ]);
  });

  it('is read without its last line where that was cut off, and has no end then', () => {
    const text =
      journalLine(START) + journalLine(enters(1, 'a', 'Anna')) + journalLine(enters(2, 'b', 'B')).slice(0, 9);
    const journal = readJournal(text);
    expect(journal?.people.map(({ name }) => name)).toEqual(['Anna']);
    expect(journal?.endMs).toBeNull();
  });

  it.each(['', '{"type":"st', 'x\n'])('is none where nothing of use was written: %j', (text) => {
    expect(readJournal(text)).toBeNull();
  });

  it('knows that the file stands, and that the person has it', () => {
    expect(read(START, { type: 'finished' }, { type: 'saved' })).toMatchObject({
      finished: true,
      saved: true,
    });
  });

  it('has harmless names, each on one line and told from the others', () => {
    const journal = read(
      START,
      enters(1, 'a', 'Anna\n00:00:00.000\t+\tBoris\u202e'),
      enters(2, 'b', 'Eve'),
      enters(3, 'c', 'Eve'),
      enters(4, 'd', '\u2800'),
      enters(5, 'e', 'x'.repeat(300)),
    );
    expect(journal?.people.map(({ name }) => name)).toEqual([
      'Anna 00:00:00.000 + Boris',
      'Eve',
      'Eve (2)',
      '?',
      'x'.repeat(80),
    ]);
  });

  it('calls a person by the newest name', () => {
    expect(read(START, enters(1, 'a', 'Anna'), enters(2, 'a', 'Anna K.'))?.people[0]?.name).toBe('Anna K.');
  });
});
