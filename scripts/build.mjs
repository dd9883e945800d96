// @ts-check
/**
 * Owns making dist/: the main process and the terminal host, the preload, the window and the guest page.
 * `npm run build` always builds; other scripts build only when a source changed since.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ensureDependencies } from './dependencies.mjs';
import { eagerCompile } from './eager-compile.mjs';
import { emojiFiles } from './emoji-data.mjs';
import { lateStyles } from './late-styles.mjs';
import { oneStart } from './one-start.mjs';
import { pageDocuments } from './page-documents.mjs';
import { pageMarkup } from './page-markup.mjs';
import { inProject } from './project.mjs';
import { buildServiceWorker } from './service-worker.mjs';
import { WorkerLicences } from './worker-licences.mjs';

const PARTS = ['main', 'preload', 'renderer', 'web-client'];
const INPUTS = [
  ...PARTS,
  'assets/licences',
  'scripts/build.mjs',
  'scripts/eager-compile.mjs',
  'scripts/emoji-data.mjs',
  'scripts/late-styles.mjs',
  'scripts/one-start.mjs',
  'scripts/page-documents.mjs',
  'scripts/page-markup.mjs',
  'scripts/service-worker.mjs',
  'scripts/worker-licences.mjs',
  'package-lock.json',
  'package.json',
];
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
/** Browsers of about 2022: the guests' phones. */
const PAGE_TARGET = ['chrome105', 'firefox115', 'safari16'];

/** @param {string} place @returns {string[]} files below the place, or the place itself */
function filesUnder(place) {
  try {
    const entries = readdirSync(place, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [place];
  }
}

/** Every start waits for it, and some hundred small files are read far sooner when no promise is made for each. */
function fingerprintOfInputs() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of filesUnder(inProject(input)).sort()) {
      hash.update(path.relative(inProject(), file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

const brotli = promisify(brotliCompress);
/** Of what this page is made of, it packs a little closer so (RFC 7932, section 4). */
const BROTLI = { [constants.BROTLI_PARAM_NPOSTFIX]: 1 };

/** @param {string} directory */
async function precompress(directory) {
  const compress = [
    { suffix: '.br', pack: (/** @type {Buffer} */ content) => brotli(content, { params: BROTLI }) },
    { suffix: '.gz', pack: promisify(gzip) },
  ];
  for (const file of filesUnder(directory)) {
    if (!COMPRESSIBLE.has(path.extname(file))) continue;
    const content = await readFile(file);
    for (const { suffix, pack } of compress) await writeFile(file + suffix, await pack(content));
  }
}

/**
 * The library that sees keys, one file a system, beside the program that loads it: it cannot be bundled.
 * @param {string} directory
 */
async function copyKeyHooks(directory) {
  const prebuilds = inProject('node_modules/uiohook-napi/prebuilds');
  for (const system of await readdir(prebuilds))
    await cp(path.join(prebuilds, system, 'uiohook-napi.node'), path.join(directory, `${system}.node`));
  const licences = path.join(directory, 'licences');
  await cp(inProject('assets/licences'), licences, { recursive: true });
  await cp(inProject('node_modules/uiohook-napi/LICENSE'), path.join(licences, 'uiohook-napi.txt'));
}

/** @param {string} output */
async function buildInto(output) {
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const shared = { configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('warn') };
  /**
   * Each part carries the licences of what is bundled into it, as those licences ask.
   * @param {string} part
   */
  const into = (part) => ({
    outDir: path.join(output, part),
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
  });
  const bundledForNode = {
    noExternal: /** @type {const} */ (true),
    // ws asks for the last two inside a try and goes on without them.
    external: ['electron', 'bufferutil', 'utf-8-validate'],
  };

  await build({
    ...shared,
    root: inProject('main'),
    ssr: bundledForNode,
    build: {
      ...into('main'),
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          index: inProject('main/index.ts'),
          cli: inProject('main/cli.ts'),
          'turn-setup': inProject('main/turn-setup/command.ts'),
          'key-watch': inProject('main/key-watch/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await copyKeyHooks(path.join(output, 'main', 'key-hooks'));
  // Each by itself, so that they share no file: a sandboxed preload can load none.
  for (const [order, name] of ['index', 'call'].entries())
    await build({
      ...shared,
      root: inProject('preload'),
      ssr: bundledForNode,
      build: {
        ...into('preload'),
        emptyOutDir: order === 0,
        ssr: true,
        target: 'node20',
        rolldownOptions: {
          input: { [name]: inProject(`preload/${name}.ts`) },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    });
  await build({
    ...shared,
    root: inProject('renderer'),
    base: './',
    plugins: [react()],
    build: { ...into('renderer'), target: 'chrome130', assetsInlineLimit: 0, modulePreload: false },
  });
  const workerLicences = new WorkerLicences();
  await build({
    ...shared,
    root: inProject('web-client'),
    worker: { plugins: () => [workerLicences.plugin()] },
    plugins: [pageMarkup(), pageDocuments(), emojiFiles(), lateStyles(), oneStart(), eagerCompile()],
    build: { ...into('web-client'), target: PAGE_TARGET, assetsInlineLimit: 0, modulePreload: false },
  });
  await workerLicences.addTo(path.join(output, 'web-client', 'licenses.md'));
  // By itself, so that it shares no file with the page and the page's start stays one script.
  await build({
    ...shared,
    root: inProject('web-client'),
    publicDir: false,
    build: {
      outDir: path.join(output, 'web-client'),
      emptyOutDir: false,
      target: PAGE_TARGET,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: inProject('web-client/stray.html') },
    },
  });
  await buildServiceWorker(build, shared, path.join(output, 'web-client'), PAGE_TARGET);
  await precompress(path.join(output, 'web-client'));
}

/** Builds beside dist/ and moves each part into place, so that a host that is running keeps a whole page. */
export async function build() {
  const fingerprint = fingerprintOfInputs();
  const output = inProject('dist', `.next-${process.pid}`);
  try {
    await mkdir(output, { recursive: true });
    await buildInto(output);
    for (const part of PARTS) {
      await rm(inProject('dist', part), { recursive: true, force: true });
      await rename(path.join(output, part), inProject('dist', part));
    }
    await writeFile(inProject('dist', 'build.json'), JSON.stringify({ fingerprint }));
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** Builds unless dist/ was made from these very sources. */
export async function ensureBuilt() {
  const last = await readFile(inProject('dist', 'build.json'), 'utf8').catch(() => '{}');
  if (JSON.parse(last).fingerprint !== fingerprintOfInputs()) await build();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  await build();
}
