// @ts-check
/**
 * Owns `npm run soak [-- <part>… --count <n>]`: what has to hold for long and again and again, as people join and leave, programs are
 * killed and sockets talk. The parts are TypeScript and are bundled first.
 */

import { copyFile, rm } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, run } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

/** Runs as it is, and is looked for beside what starts it. */
const POD = 'sshd-pod.mjs';

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
        input: {
          main: inProject('tests/soak/main.ts'),
          'relay-child': inProject('tests/bench/relay-child.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await copyFile(inProject('tests/support/tunnel', POD), `${outDir}/${POD}`);
}

await ensureDependencies();
await ensureTestTools();
await ensureBuilt();
// The parts hear of them as well, and are waited for: they have processes to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const code = inProject('dist', `.soak-${process.pid}`);
try {
  await bundle(code);
  process.exitCode = await run(process.execPath, [
    `${code}/main.js`,
    inProject('dist', 'soak'),
    ...process.argv.slice(2),
  ]);
} finally {
  await rm(code, { recursive: true, force: true });
}
