// @ts-check
/** Owns `npm run check`: format, lint, types, import rules and unit tests; fast enough to run often. */

import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { runInstalled } from './project.mjs';

/** One TypeScript project a runtime, so that `window` in main/ or `process` in web-client/ does not compile. */
const PROJECTS = ['main/common', 'main', 'preload', 'renderer', 'web-client', 'tests', 'scripts'];

/** Format, lint and types; the code of the first that fails, else 0. */
export async function checkSources() {
  const biome = await runInstalled('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']);
  if (biome !== 0) return biome;
  for (const project of PROJECTS) {
    const types = await runInstalled('typescript/bin/tsc', ['-p', project]);
    if (types !== 0) return types;
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  process.exitCode =
    (await checkSources()) || (await runInstalled('vitest/vitest.mjs', ['run', '--project', 'unit']));
}
