// @ts-check
/**
 * Owns `npm run netsim [-- <row>…]`: a call in a network of its own, with real browsers, to which happens what happens to people.
 * The rows are TypeScript and are bundled first.
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
        input: { main: inProject('tests/netsim/main.ts'), run: inProject('tests/netsim/run.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

await ensureDependencies();
await ensureTestTools();
await ensureBuilt();
// The run hears of them as well, and is waited for: it has a network to remove.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const code = inProject('dist', `.netsim-${process.pid}`);
try {
  await bundle(code);
  process.exitCode = await run(process.execPath, [
    `${code}/main.js`,
    inProject('dist', 'netsim'),
    ...process.argv.slice(2),
  ]);
} finally {
  await rm(code, { recursive: true, force: true });
}
