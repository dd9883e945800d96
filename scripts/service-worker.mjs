// @ts-check
/**
 * Owns making the page's service worker, which keeps one build of the page: by itself, after that build, whose files it names.
 */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

/**
 * What a call can do without: emoji to choose from, what is the app's, and the page where no page is. And what records, which would
 * make it a third larger: the page takes that in by itself, once people are connected, and the next load has it of the browser's cache.
 */
const NOT_KEPT = /^(?:emoji|open-recorder|recorder-worker|tap-processor|app|in-app|stray)-/;
const KEPT = /\.(?:js|css|html)$/;
const DOCUMENT = /^index(?:\.[a-z]+)?\.html$/;

/** Paths by which the page's files are asked for.
 * @param {string} directory of the built page */
export async function keptFiles(directory) {
  const names = await readdir(path.join(directory, 'assets'));
  return names
    .filter((name) => KEPT.test(name) && !NOT_KEPT.test(name))
    .sort()
    .map((name) => `/assets/${name}`);
}

/** Another one wherever a file is another: those in assets/ have a hash in their names, the documents have none.
 * @param {string} directory
 * @param {readonly string[]} files */
export async function buildId(directory, files) {
  const hash = createHash('sha256').update(files.join());
  for (const name of (await readdir(directory)).filter((file) => DOCUMENT.test(file)).sort())
    hash.update('\0').update(await readFile(path.join(directory, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Under a name that stays, so that a browser sees that it changed.
 * @param {(config: import('vite').InlineConfig) => Promise<unknown>} build
 * @param {import('vite').InlineConfig} shared
 * @param {string} directory of the built page
 * @param {string[]} target
 */
export async function buildServiceWorker(build, shared, directory, target) {
  const files = await keptFiles(directory);
  await build({
    ...shared,
    root: inProject('web-client'),
    publicDir: false,
    define: {
      PAGE_BUILD: JSON.stringify(await buildId(directory, files)),
      PAGE_FILES: JSON.stringify(files),
    },
    build: {
      outDir: directory,
      emptyOutDir: false,
      target,
      modulePreload: false,
      rolldownOptions: {
        input: { 'service-worker': inProject('web-client/service-worker.ts') },
        output: { format: 'iife', entryFileNames: '[name].js' },
      },
    },
  });
}
