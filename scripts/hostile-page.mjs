// @ts-check
/** Owns building the page of who keeps to no rule: the true one with what breaks its rules in front. */

import { emojiFiles } from './emoji-data.mjs';
import { pageMarkup } from './page-markup.mjs';
import { inProject } from './project.mjs';

/** @returns {import('vite').Plugin} */
const inFront = () => ({
  name: 'hostile-page',
  transform(code, id) {
    if (!id.endsWith('/web-client/main.ts')) return null;
    return { code: `import '${inProject('tests/attack/hostile-page.ts')}';\n${code}`, map: null };
  },
});

/** @param {string} outDir */
export async function buildHostilePage(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    root: inProject('web-client'),
    plugins: [pageMarkup(), emojiFiles(), inFront()],
    build: { outDir, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, modulePreload: false },
  });
}
