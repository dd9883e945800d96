/** Owns what is written down while it is recorded, a line each, and read again at the end, also after a crash. */

import { displayName } from '../../../main/common/names/visible-text.ts';
import type { RecordingMode } from '../../core/recording/recorder-port.ts';

/** `atMs` counts from the recording's beginning. */
export type JournalEntry =
  | { readonly type: 'start'; readonly mode: RecordingMode; readonly startedAt: number }
  /** `part` is the file with their voice alone, where each has a track. */
  | {
      readonly type: 'in';
      readonly atMs: number;
      readonly part: number;
      readonly id: string;
      readonly name: string;
    }
  | { readonly type: 'out'; readonly atMs: number; readonly part: number }
  /** Time that is not in the recording. */
  | { readonly type: 'left-out'; readonly atMs: number; readonly ms: number }
  | { readonly type: 'end'; readonly atMs: number }
  /** The whole file stands; the parts are no longer needed. */
  | { readonly type: 'finished' }
  /** The person has it. */
  | { readonly type: 'saved' };

/** One packet of Opus. */
export const BLOCK_MS = 20;

export interface JournalPerson {
  readonly id: string;
  readonly name: string;
  /** From when to when; null: until the end. */
  readonly presences: readonly {
    readonly part: number;
    readonly fromMs: number;
    readonly toMs: number | null;
  }[];
}

export interface Journal {
  readonly mode: RecordingMode;
  readonly startedAt: number;
  /** In the order in which they first came in. */
  readonly people: readonly JournalPerson[];
  readonly leftOut: readonly { readonly atMs: number; readonly ms: number }[];
  /** null: it was cut off. */
  readonly endMs: number | null;
  readonly finished: boolean;
  readonly saved: boolean;
}

const NAME_MAX = 80;
const NAMELESS = '?';

export function journalLine(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** null where it says nothing of use; a last line that was cut off is passed over. */
export function readJournal(text: string): Journal | null {
  const entries = text.split('\n').flatMap((line) => entryIn(line) ?? []);
  const [start] = entries;
  if (start?.type !== 'start') return null;
  const of = <Type extends JournalEntry['type']>(type: Type) =>
    entries.filter((entry): entry is Extract<JournalEntry, { type: Type }> => entry.type === type);
  const ends = new Map(of('out').map(({ part, atMs }) => [part, atMs]));
  const entrances = of('in');
  const ids = [...new Set(entrances.map(({ id }) => id))];
  const names = namesOf(ids.map((id) => entrances.findLast((entry) => entry.id === id)?.name ?? ''));
  return {
    mode: start.mode,
    startedAt: start.startedAt,
    people: ids.map((id, index) => ({
      id,
      name: names[index] ?? NAMELESS,
      presences: entrances
        .filter((entry) => entry.id === id)
        .map(({ part, atMs }) => ({ part, fromMs: atMs, toMs: ends.get(part) ?? null })),
    })),
    leftOut: of('left-out'),
    endMs: of('end')[0]?.atMs ?? null,
    finished: of('finished').length > 0,
    saved: of('saved').length > 0,
  };
}

/** Written by this page's own code, and cut off at most. */
function entryIn(line: string): JournalEntry | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Each on one line, harmless, and told from the others. */
function namesOf(given: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return given.map((name) => {
    const shown = [...(displayName(name) ?? NAMELESS)].slice(0, NAME_MAX).join('');
    let own = shown;
    for (let number = 2; taken.has(own); number++) own = `${shown} (${number})`;
    taken.add(own);
    return own;
  });
}
