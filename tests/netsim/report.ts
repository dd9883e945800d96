/** Owns what the rows of the network and of the soak say: the fault, what became of the call, the target and whether it was met. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine } from '../support/report/machine.ts';
import { alignColumns } from '../support/report/table.ts';

/** One figure against its bound. */
export interface Figure {
  readonly name: string;
  /** Infinity or null: it never came. */
  readonly value: number | null;
  readonly unit: 'ms' | 's' | '%' | '×' | 'kB' | 'kB/s' | '';
  /** None where the figure is only told. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface RowResult {
  readonly key: string;
  readonly fault: string;
  readonly figures: readonly Figure[];
  /** What people could read meanwhile, and why a row broke off. */
  readonly notes: readonly string[];
  readonly failed: boolean;
}

export function isMet({ value, atMost, atLeast }: Figure): boolean {
  const number = value ?? Number.POSITIVE_INFINITY;
  return (
    !(number > (atMost ?? Number.POSITIVE_INFINITY)) && !(number < (atLeast ?? Number.NEGATIVE_INFINITY))
  );
}

export const isRowMet = ({ figures, failed }: RowResult): boolean => !failed && figures.every(isMet);

function valueText({ value, unit }: Figure): string {
  if (value === null || value === Number.POSITIVE_INFINITY) return 'never';
  const digits = unit === 'ms' || unit === '' ? 0 : unit === 's' ? 1 : 2;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

function verdict(figure: Figure): readonly [string, string] {
  const { atMost, atLeast, unit } = figure;
  if (atMost === undefined && atLeast === undefined) return ['', ''];
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${Number(atMost.toFixed(2))}`;
  return [`${bound} ${unit}`.trim(), isMet(figure) ? 'met' : 'MISSED'];
}

export function netsimTable(results: readonly RowResult[]): string {
  const lines = results.flatMap(({ key, fault, figures, failed }) => [
    [`${key}: ${fault}`, '', '', failed ? 'BROKE OFF' : ''],
    ...figures.map((figure) => [`    ${figure.name}`, valueText(figure), ...verdict(figure)]),
  ]);
  return alignColumns([['fault', 'seen', 'target', ''], ...lines]);
}

/** Writes every figure of a run of this kind with the machine it was taken on and returns the file's path. */
export async function writeFigures(
  kind: 'netsim' | 'soak',
  directory: string,
  results: readonly RowResult[],
  finishedAt: Date,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${kind}-${finishedAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(path, `${JSON.stringify({ finishedAt, machine: describeMachine(), results }, null, 2)}\n`);
  return path;
}
