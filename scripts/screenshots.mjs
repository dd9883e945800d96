// @ts-check
/**
 * Owns `npm run screenshots`: every screen of the guest page as a picture in dist/screenshots/. A word after `--` makes only
 * the screens whose name holds it; `readme` makes the README's pictures, of a real call and its host's window. The code is
 * TypeScript, so it is bundled first, as the bench is.
 */

import { rm } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, run } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

/** @param {string} outDir */
async function bundle(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    build: {
      outDir,
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: { main: inProject('tests/screenshots/main.ts') },
        // Scripts find the project from where they lie, so they stay there.
        external: /\/scripts\/[\w-]+\.mjs$/,
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
}

await ensureDependencies();
await ensureTestTools();
await ensureBuilt();
const code = inProject('dist', `.screenshots-${process.pid}`);
try {
  await bundle(code);
  const [only = ''] = process.argv.slice(2);
  process.exitCode = await run(process.execPath, [`${code}/main.js`, inProject('dist', 'screenshots'), only]);
} finally {
  await rm(code, { recursive: true, force: true });
}
