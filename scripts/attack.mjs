// @ts-check
/**
 * Owns `npm run attack [-- <attack>…]`: one hostile guest against two people who talk, and newcomers. The attacks are TypeScript and
 * are bundled first; so is his page, which is the true one with what breaks its rules in front.
 */

import { runBundled } from './bundled-command.mjs';
import { emojiFiles } from './emoji-data.mjs';
import { pageMarkup } from './page-markup.mjs';
import { inProject } from './project.mjs';

/** @returns {import('vite').Plugin} */
const hostilePage = () => ({
  name: 'hostile-page',
  transform(code, id) {
    if (!id.endsWith('/web-client/main.ts')) return null;
    return { code: `import '${inProject('tests/attack/hostile-page.ts')}';\n${code}`, map: null };
  },
});

/** @param {string} outDir */
async function buildHostilePage(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject('web-client'),
    plugins: [pageMarkup(), emojiFiles(), hostilePage()],
    build: { outDir, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, modulePreload: false },
  });
}

await runBundled({
  name: 'attack',
  besides: ['attack/outsider'],
  prepare: (code) => buildHostilePage(`${code}/hostile`),
  parameters: (code) => [`${code}/hostile`, ...process.argv.slice(2)],
});
