/** Owns what the bench says: one row a measure with both medians and their ratio, as a table and as JSON. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine } from '../support/report/machine.ts';
import { alignColumns } from '../support/report/table.ts';
import { median } from './statistics.ts';

export interface Measure {
  readonly name: string;
  readonly unit: string;
  /** One value a round; none where there is nothing bare to compare with. */
  readonly bare: readonly number[];
  readonly product: readonly number[];
  /**
   * What the ratio product / bare has to keep, how far in its unit the product may be above the bare one, or what it may be
   * whatever the bare one is.
   */
  readonly target?:
    | { readonly atLeast: number }
    | { readonly atMost: number }
    | { readonly atMostAbove: number }
    | { readonly productAtMost: number };
}

export interface Row {
  readonly measure: Measure;
  readonly bareMedian: number;
  readonly productMedian: number;
  readonly ratio: number;
  readonly met: boolean;
}

export function toRow(measure: Measure): Row {
  const bareMedian = median(measure.bare);
  const productMedian = median(measure.product);
  const ratio = productMedian / bareMedian;
  const met = isMet(measure.target, bareMedian, productMedian);
  return { measure, bareMedian, productMedian, ratio, met };
}

/** What is no number meets nothing. */
function isMet(target: Measure['target'], bare: number, product: number): boolean {
  if (target === undefined) return true;
  if ('productAtMost' in target) return product <= target.productAtMost;
  if ('atMostAbove' in target) return product - bare <= target.atMostAbove;
  const ratio = product / bare;
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

function targetText({ measure: { target }, met }: Row): string {
  if (target === undefined) return '';
  return `${boundText(target)} ${met ? 'met' : 'MISSED'}`;
}

function boundText(target: NonNullable<Measure['target']>): string {
  if ('productAtMost' in target) return `product ≤ ${target.productAtMost}`;
  if ('atMostAbove' in target) return `≤ bare + ${target.atMostAbove}`;
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

function rounded(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 1_000 ? value.toFixed(0) : value.toPrecision(3);
}

export function benchTable(rows: readonly Row[]): string {
  const lines = [
    ['measure', 'bare', 'product', 'ratio', 'target'],
    ...rows.map((row) => [
      `${row.measure.name} (${row.measure.unit})`,
      rounded(row.bareMedian),
      rounded(row.productMedian),
      Number.isNaN(row.ratio) ? '–' : row.ratio.toFixed(2),
      targetText(row),
    ]),
  ];
  return alignColumns(lines);
}

/** Writes every sample with the machine it was taken on and returns the file's path. */
export async function writeBenchReport(
  directory: string,
  rows: readonly Row[],
  finishedAt: Date,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `bench-${finishedAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  const machine = describeMachine();
  const measures = rows.map(({ measure, ...result }) => ({ ...measure, ...result }));
  await writeFile(path, `${JSON.stringify({ finishedAt, machine, measures }, null, 2)}\n`);
  return path;
}
