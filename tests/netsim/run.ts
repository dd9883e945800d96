/** Owns one run of the network's rows from within the host's namespace: each by itself, then the table, the file and the verdict. */

import { findChromium } from '../support/browser/chromium.ts';
import { SimulatedNetwork } from './network.ts';
import { isRowMet, netsimTable, type RowResult, writeFigures } from './report.ts';
import type { NetsimRow } from './row.ts';
import { ROWS } from './rows.ts';
import { NetsimStage, type StageSetup } from './stage.ts';

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

const [, , namespace = '', run = '', directory = '', reportDirectory = '', ...keys] = process.argv;
const browserPath = findChromium();
if (browserPath === null) throw new Error('no Chromium');
const network = await SimulatedNetwork.create(run);
const hostMachine = await network.plugIn(namespace, HOST_NUMBER);
const results: RowResult[] = [];
for (const key of keys) {
  const row = ROWS[key];
  if (row === undefined) throw new Error(`no row ${key}`);
  console.error(`Measuring: ${key} …`);
  const result = await measure(key, row, { network, hostMachine, directory, browserPath });
  results.push(result);
  // At once: a long run may be broken off.
  console.log(netsimTable([result]));
  for (const note of result.notes) console.log(`${key}: ${note}`);
}
if (results.length > 1) console.log(netsimTable(results));
console.log(await writeFigures('netsim', reportDirectory, results, new Date()));
if (!results.every(isRowMet)) process.exitCode = 1;
