// @ts-check
/** Owns `npm run fuzz`: everything that parses, with a million fresh inputs or as many as are asked for. */

import { ensureDependencies } from './dependencies.mjs';
import { giveUp, runInstalled } from './project.mjs';

const INPUTS = 1_000_000;
/** For one property: a slow machine may take its time. */
const TIMEOUT_MS = 3_600_000;

const [asked = String(INPUTS), ...others] = process.argv.slice(2);
if (!/^[1-9]\d{0,9}$/.test(asked) || others.length > 0) giveUp('Usage: npm run fuzz [-- <number of inputs>]');

await ensureDependencies();
const startMs = performance.now();
process.exitCode = await runInstalled(
  'vitest/vitest.mjs',
  ['run', '--project', 'fuzz', `--testTimeout=${TIMEOUT_MS}`, '--reporter=verbose'],
  { env: { ...process.env, SECRET_CALL_FUZZ_INPUTS: asked } },
);
const seconds = Math.round((performance.now() - startMs) / 1_000);
console.log(
  `\n${Number(asked).toLocaleString('en')} inputs to parsers in ${seconds} s, start and model checks included`,
);
