// @ts-check
/** Owns `npm run turn-setup`: the built command in this very process, set up first, with its streams and randomness. */

import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject } from './project.mjs';

await ensureDependencies();
await ensureBuilt();
const { runSetupCommand } = await import(pathToFileURL(inProject('dist', 'main', 'turn-setup.js')).href);
process.exitCode = await runSetupCommand({
  argv: process.argv.slice(2),
  env: process.env,
  systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
  randomBytes,
  /** @param {string} text */
  say: (text) => process.stdout.write(`${text}\n`),
  /** @param {string} text */
  complain: (text) => process.stderr.write(`${text}\n`),
});
