/** Owns one run of the network's rows from within the host's namespace: each by itself, then the table, the file and the verdict. */

import { findChromium } from '../support/browser/chromium.ts';
import { SimulatedNetwork } from './network.ts';
import { isRowMet, netsimTable, type RowResult, writeNetsimReport } from './report.ts';
import type { NetsimRow } from './row.ts';
import { farRows } from './rows/far-rows.ts';
import { hostRows } from './rows/host-rows.ts';
import { interfaceRows } from './rows/interface-rows.ts';
import { lineRows } from './rows/line-rows.ts';
import { pageRows } from './rows/page-rows.ts';
import { wayRows } from './rows/way-rows.ts';
import { NetsimStage, type StageSetup } from './stage.ts';

const ROWS: Readonly<Record<string, NetsimRow>> = {
  ...hostRows,
  ...interfaceRows,
  ...wayRows,
  ...pageRows,
  ...lineRows,
  ...farRows,
};
const HOST_NUMBER = 1;
const RETOLD_CHARACTERS = 600;

async function measure(key: string, row: NetsimRow, setup: StageSetup): Promise<RowResult> {
  const stage = new NetsimStage(setup);
  const { fault } = row;
  try {
    const { figures, notes = [] } = await row.run(stage);
    return { key, fault, figures, notes, failed: false };
  } catch (error) {
    const note = `broke off: ${String(error).slice(0, RETOLD_CHARACTERS)}`;
    return { key, fault, figures: [], notes: [note], failed: true };
  } finally {
    await stage.end();
  }
}

const [, , namespace = '', run = '', directory = '', reportDirectory = '', ...asked] = process.argv;
const unknown = asked.filter((key) => !Object.hasOwn(ROWS, key));
const browserPath = findChromium();
if (unknown.length > 0 || browserPath === null) {
  console.error(`No rows: ${unknown.join(', ')}. There are ${Object.keys(ROWS).join(', ')}.`);
  process.exit(2);
}
const network = await SimulatedNetwork.create(run);
const hostMachine = await network.plugIn(namespace, HOST_NUMBER);
const results: RowResult[] = [];
for (const [key, row] of Object.entries(ROWS)) {
  if (asked.length > 0 && !asked.includes(key)) continue;
  console.error(`Measuring: ${key} …`);
  const result = await measure(key, row, { network, hostMachine, directory, browserPath });
  results.push(result);
  for (const note of result.notes) console.log(`${key}: ${note}`);
}
console.log(netsimTable(results));
console.log(await writeNetsimReport(reportDirectory, results, new Date()));
if (!results.every(isRowMet)) process.exitCode = 1;
