// @ts-check
/**
 * Owns `npm run bench [-- <part>…]`: the product's relay and page against the barest ones, in one run. The bench is TypeScript, so it
 * is bundled beside the product first; nothing else of the product is changed but one number.
 */

import { rm } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, run } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

const LIMIT = 'MESSAGES_PER_SECOND = 30;';

/**
 * A room lets each person send 30 messages a second, so no room could ever saturate its relay. The bench's own copy of the
 * code counts them as ever but never says no; the product keeps no switch for that.
 * @returns {import('vite').Plugin}
 */
const unlimitedRate = () => ({
  name: 'unlimited-rate',
  transform(code, id) {
    if (!id.endsWith('/main/common/protocol/limits.ts')) return null;
    if (!code.includes(LIMIT)) throw new Error(`limits.ts no longer has "${LIMIT}"`);
    return { code: code.replace(LIMIT, 'MESSAGES_PER_SECOND = Number.MAX_SAFE_INTEGER;'), map: null };
  },
});

/** @param {string} outDir */
async function bundle(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    plugins: [unlimitedRate()],
    build: {
      outDir,
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          main: inProject('tests/bench/main.ts'),
          'relay-child': inProject('tests/bench/relay-child.ts'),
        },
        // Scripts find the project from where they lie, so they stay there.
        external: /\/scripts\/[\w-]+\.mjs$/,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

await ensureDependencies();
await ensureTestTools();
await ensureBuilt();
const code = inProject('dist', `.bench-${process.pid}`);
try {
  await bundle(code);
  process.exitCode = await run(process.execPath, [
    `${code}/main.js`,
    inProject('dist', 'bench'),
    ...process.argv.slice(2),
  ]);
} finally {
  await rm(code, { recursive: true, force: true });
}
