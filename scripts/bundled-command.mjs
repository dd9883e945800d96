// @ts-check
/** Owns running a command that is TypeScript: bundled beside the product, started with where its findings go, and removed. */

import { rm } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, run } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

/**
 * @typedef {object} BundledCommand
 * @property {string} name of its folders, in tests/ and in dist/
 * @property {readonly string[]} [besides] what it starts as processes of their own, below tests/
 * @property {import('vite').Plugin[]} [plugins]
 * @property {(code: string) => Promise<void>} [prepare] puts what else it needs beside its code
 * @property {(code: string) => readonly string[]} [parameters] instead of those it was called with
 * @property {boolean} [endsItself] it hears of signals as well, and is waited for: it has more to remove than its code
 */

/**
 * @param {string} outDir
 * @param {BundledCommand} command
 */
async function bundle(outDir, { name, besides = [], plugins = [] }) {
  const { build } = await import('vite');
  const entries = [`${name}/main`, ...besides];
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    plugins,
    build: {
      outDir,
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(
          entries.map((entry) => [
            entry.slice(entry.lastIndexOf('/') + 1),
            inProject('tests', `${entry}.ts`),
          ]),
        ),
        // Scripts find the project from where they lie, so they stay there.
        external: /\/scripts\/[\w-]+\.mjs$/,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/** @param {BundledCommand} command */
export async function runBundled(command) {
  const { name, prepare, parameters = () => process.argv.slice(2), endsItself = false } = command;
  await ensureDependencies();
  await ensureTestTools();
  await ensureBuilt();
  if (endsItself) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  const code = inProject('dist', `.${name}-${process.pid}`);
  try {
    await bundle(code, command);
    await prepare?.(code);
    process.exitCode = await run(process.execPath, [
      `${code}/main.js`,
      inProject('dist', name),
      ...parameters(code),
    ]);
  } finally {
    await rm(code, { recursive: true, force: true });
  }
}
