// @ts-check
/** Owns `npm run check`: format, lint, types, import rules and unit tests; fast enough to run often. */

import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { runInstalled } from './project.mjs';

/** Format, lint and types; the code of the first that fails, else 0. */
export async function checkSources() {
  const biome = await runInstalled('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']);
  if (biome !== 0) return biome;
  // All projects that tsconfig.json names; what did not change since the last time is not read again.
  return runInstalled('typescript/bin/tsc', ['-b']);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  process.exitCode =
    (await checkSources()) || (await runInstalled('vitest/vitest.mjs', ['run', '--project', 'unit']));
}
