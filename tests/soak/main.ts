/** Owns one run of the soak: each part by itself, then the table, the file and the verdict. */

import { parseArgs } from 'node:util';
import { isRowMet, netsimTable, type RowResult, writeFigures } from '../netsim/report.ts';
import { appKilled } from './parts/app-killed.ts';
import { cycles } from './parts/cycles.ts';
import { hostKilled } from './parts/host-killed.ts';
import { load } from './parts/load.ts';
import { terminalKilled } from './parts/terminal-killed.ts';
import { tunnelKilled } from './parts/tunnel-killed.ts';
import { type SoakPart, SoakStage } from './stage.ts';

const PARTS: Readonly<Record<string, SoakPart>> = {
  cycles,
  'host-killed': hostKilled,
  'tunnel-killed': tunnelKilled,
  load,
  'terminal-killed': terminalKilled,
  'app-killed': appKilled,
};

async function measure(key: string, part: SoakPart, count: number): Promise<RowResult> {
  const stage = await SoakStage.create();
  const fault = `${count} ${part.what}`;
  try {
    const { figures, notes = [] } = await part.run(stage, count);
    return { key, fault, figures, notes, failed: false };
  } catch (error) {
    return { key, fault, figures: [], notes: [`broke off: ${String(error)}`], failed: true };
  } finally {
    await stage.end();
  }
}

const [, , directory = 'dist/soak', ...rest] = process.argv;
const { values, positionals } = parseArgs({
  args: rest,
  options: { count: { type: 'string' } },
  allowPositionals: true,
});
const asked = positionals.length > 0 ? positionals : Object.keys(PARTS);
const count = values.count === undefined ? null : Number(values.count);
const unknown = asked.filter((key) => !Object.hasOwn(PARTS, key));
if (unknown.length > 0 || (count !== null && !(Number.isSafeInteger(count) && count > 0))) {
  console.error(`npm run soak -- [PART…] [--count N]; parts: ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
const results: RowResult[] = [];
for (const key of asked) {
  const part = PARTS[key];
  if (part === undefined) continue;
  console.error(`Soaking: ${key} …`);
  const result = await measure(key, part, count ?? part.count);
  results.push(result);
  // At once: a long run may be broken off.
  console.log(netsimTable([result]));
  for (const note of result.notes) console.log(`${key}: ${note}`);
}
console.log(await writeFigures('soak', directory, results, new Date()));
if (!results.every(isRowMet)) process.exitCode = 1;
