/** Owns the text beside a recording: who was there when, for people and for programs alike. */

import { BLOCK_MS, type Journal } from './journal.ts';

interface Line {
  readonly atMs: number;
  readonly sign: '+' | '-' | '~' | '=';
  readonly what: string;
}

const LEGEND = [
  '# + comes in / теперь в записи',
  '# - goes out / больше не в записи',
  '# ~ left out: this device slept / пропущено: устройство спало',
  '# = end / конец',
];

/**
 * A line for each change: time, tab, sign, tab, name.
 * @param endMs of the recording, as far as it is known
 */
export function chaptersText(journal: Journal, endMs: number | null): string {
  // Who is in to the end goes out with the last sample, and the file ends with a whole block.
  const isToTheEnd = (toMs: number) => endMs !== null && toMs > endMs - BLOCK_MS;
  const lines: Line[] = [
    ...journal.people.flatMap(({ name, presences }) =>
      presences.flatMap(({ fromMs, toMs }): Line[] => [
        { atMs: fromMs, sign: '+', what: name },
        ...(toMs === null || isToTheEnd(toMs) ? [] : [{ atMs: toMs, sign: '-' as const, what: name }]),
      ]),
    ),
    ...journal.leftOut.map(({ atMs, ms }): Line => ({ atMs, sign: '~', what: timeOf(ms) })),
  ];
  lines.sort((a, b) => a.atMs - b.atMs);
  const all: Line[] = endMs === null ? lines : [...lines, { atMs: endMs, sign: '=', what: '' }];
  return [
    `# Secret Call ${new Date(journal.startedAt).toISOString()}`,
    ...LEGEND,
    ...all.map(({ atMs, sign, what }) => [timeOf(atMs), sign, ...(what === '' ? [] : [what])].join('\t')),
    '',
  ].join('\n');
}

/** As in WebVTT: 00:00:00.000. */
export function timeOf(ms: number): string {
  const whole = Math.round(ms);
  const [hours, minutes, seconds] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1_000) % 60];
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(whole % 1_000).padStart(3, '0')}`;
}

/** A name for its files that every system takes: by the clock of this device. */
export function fileNameOf(startedAt: number): string {
  const date = new Date(startedAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `Secret Call ${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('-')}`;
}
