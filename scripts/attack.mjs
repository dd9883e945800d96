// @ts-check
/**
 * Owns `npm run attack [-- <attack>…]`: one hostile guest against two people who talk, and newcomers. The attacks are TypeScript and
 * are bundled first; so is his page, which is the true one with what breaks its rules in front.
 */

import { mkdir, rm } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { emojiFiles } from './emoji-data.mjs';
import { pageMarkup } from './page-markup.mjs';
import { inProject, run } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

/** @returns {import('vite').Plugin} */
const hostilePage = () => ({
  name: 'hostile-page',
  transform(code, id) {
    if (!id.endsWith('/web-client/main.ts')) return null;
    return { code: `import '${inProject('tests/attack/hostile-page.ts')}';\n${code}`, map: null };
  },
});

/** @param {string} outDir */
async function bundle(outDir) {
  const { build } = await import('vite');
  const shared = { configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('warn') };
  await build({
    ...shared,
    root: inProject(),
    build: {
      outDir,
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          main: inProject('tests/attack/main.ts'),
          outsider: inProject('tests/attack/outsider.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await build({
    ...shared,
    root: inProject('web-client'),
    plugins: [pageMarkup(), emojiFiles(), hostilePage()],
    build: {
      outDir: `${outDir}/hostile`,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  });
}

await ensureDependencies();
await ensureTestTools();
await ensureBuilt();
const code = inProject('dist', `.attack-${process.pid}`);
try {
  await mkdir(code, { recursive: true });
  await bundle(code);
  process.exitCode = await run(process.execPath, [
    `${code}/main.js`,
    inProject('dist', 'attack'),
    `${code}/hostile`,
    ...process.argv.slice(2),
  ]);
} finally {
  await rm(code, { recursive: true, force: true });
}
