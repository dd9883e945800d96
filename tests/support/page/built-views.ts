/** Owns the built files of the page's real views, which tests start by an entry of their own. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { type PageDocuments, readPageDocuments } from '../../../main/server/page-documents.ts';
import { emojiFiles } from '../../../scripts/emoji-data.mjs';
import { lateStyles } from '../../../scripts/late-styles.mjs';
import { pageDocuments } from '../../../scripts/page-documents.mjs';
import { pageMarkup } from '../../../scripts/page-markup.mjs';

export interface BuiltViews {
  readonly documents: PageDocuments;
  /** By their paths from the page's root, with a slash at the start. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The views' own entry in the place of the page's. */
const withEntry = (): Plugin => ({
  name: 'view-entry',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('./main.ts', resolve('tests/support/page/page-view-entry.ts')),
  },
});

let built: Promise<BuiltViews> | null = null;

/** Built once a process, whichever files of tests ask for them. */
export function builtViews(): Promise<BuiltViews> {
  built ??= buildViews();
  return built;
}

async function buildViews(): Promise<BuiltViews> {
  const folder = await mkdtemp(join(tmpdir(), 'page-view-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      root: resolve('web-client'),
      plugins: [withEntry(), pageMarkup(), pageDocuments(), emojiFiles(), lateStyles()],
      build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false },
    });
    const files = new Map<string, Buffer>();
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`/${relative(folder, file).replaceAll('\\', '/')}`, await readFile(file));
    }
    return { documents: await readPageDocuments(folder), files };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
