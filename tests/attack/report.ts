/** Owns what the attacks say: one row an attack with what it did to the others, as a table and as JSON. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '../bench/statistics.ts';
import { describeMachine } from '../support/report/machine.ts';
import { alignColumns } from '../support/report/table.ts';
import type { AttackResult } from './stage.ts';

const LONGEST_TASK_MAX_MS = 100;
/** Of a lasting tone nothing is silent; a lost packet or two are made up for by the browser. */
const VOICE_GAP_MAX_MS = 60;

export function isHeld({ longestTaskMs, voiceGapMs, joinMs, newcomers, gains }: AttackResult): boolean {
  const isFluent = longestTaskMs < LONGEST_TASK_MAX_MS && voiceGapMs < VOICE_GAP_MAX_MS;
  return isFluent && joinMs.length === newcomers && gains.length === 0;
}

export function attackTable(results: readonly AttackResult[]): string {
  const table = alignColumns([
    [
      'attack',
      'longest task',
      'longest row',
      'longest wait',
      'voice gap',
      'newcomers in',
      'time to join',
      'goal',
    ],
    ...results.map((result) => [
      result.name,
      `${result.longestTaskMs.toFixed(0)} ms`,
      `${result.longestRowMs.toFixed(0)} ms`,
      `${result.longestWaitMs.toFixed(0)} ms`,
      `${result.voiceGapMs.toFixed(0)} ms`,
      `${result.joinMs.length} of ${result.newcomers}`,
      result.joinMs.length === 0 ? '' : `${median(result.joinMs).toFixed(0)} ms`,
      isHeld(result) ? 'met' : 'MISSED',
    ]),
  ]);
  const besides = results.flatMap(({ name, gains, notes }) =>
    [...gains.map((gain) => `GAINED: ${gain}`), ...notes].map((text) => `${name}: ${text}`),
  );
  return [table, ...besides].join('\n');
}

/** Writes every figure with the machine it was taken on and returns the file's path. */
export async function writeAttackReport(
  directory: string,
  results: readonly AttackResult[],
  finishedAt: Date,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `attack-${finishedAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(path, `${JSON.stringify({ finishedAt, machine: describeMachine(), results }, null, 2)}\n`);
  return path;
}
