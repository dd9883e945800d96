// @ts-check
/**
 * Owns `npm run dist`: what people install. On Linux, without flags or with names of formats, these are the packages that can be made
 * offline; `--quick` packs them loosely, `--check` makes, installs and tries them. Other flags go to electron-builder, which also makes
 * what the other systems install; `--dir` is a folder that starts. For this very system it packs the Electron that is at hand.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { runBundled } from './bundled-command.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { LINUX_FORMATS, makeLinuxPackages } from './linux-packages/make.mjs';
import { giveUp, inProject, runInstalled } from './project.mjs';
import { updateSettings } from './update-feed.mjs';

const PLATFORM_FLAG = /^(?:-[mwlo]+|--(?:mac|macos|win|windows|linux))$/;

/**
 * The runtime that `npm start` would use, as settings for electron-builder; none where it must fetch its own.
 * @param {readonly string[]} args
 * @returns {Promise<string[]>}
 */
async function runtimeAtHand(args) {
  if (args.some((arg) => PLATFORM_FLAG.test(arg))) return [];
  const directory = process.env.ELECTRON_OVERRIDE_DIST_PATH || inProject('node_modules/electron/dist');
  const version = await readFile(path.join(directory, 'version'), 'utf8').catch(() => null);
  if (version === null) return [];
  return [`-c.electronDist=${directory}`, `-c.electronVersion=${version.trim().replace(/^v/, '')}`];
}

/** @param {readonly string[]} args */
async function buildWithElectronBuilder(args) {
  const updates = updateSettings(process.env, process.platform);
  if (updates === null)
    giveUp(
      'Updates want SECRET_CALL_UPDATE_FEED, _PAGE and _KEY, all three; without any, the packages look for none.',
    );
  const settings = [...updates, ...(await runtimeAtHand(args))];
  return runInstalled('electron-builder/cli.js', [...args, '--publish', 'never', ...settings]);
}

/** Packages of this system's kind, or null where the command line asks electron-builder for something.
 * @param {string[]} args */
function linuxOrder(args) {
  if (process.platform !== 'linux') return null;
  const options = /** @type {const} */ ({
    output: { type: 'string' },
    version: { type: 'string' },
    quick: { type: 'boolean' },
  });
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (tokens.some((token) => token.kind === 'option' && !(token.name in options))) return null;
  const unknown = positionals.filter((name) => !LINUX_FORMATS.some((format) => format === name));
  if (unknown.length > 0)
    giveUp(`No such package: ${unknown.join(', ')}. There are ${LINUX_FORMATS.join(', ')}.`);
  const formats = LINUX_FORMATS.filter((format) => positionals.length === 0 || positionals.includes(format));
  const version = /** @type {string | undefined} */ (values.version);
  const output = path.resolve(String(values.output ?? inProject('release')));
  return { formats, version, output, closely: values.quick !== true };
}

/** @param {NonNullable<ReturnType<typeof linuxOrder>>} order */
async function makeForLinux({ formats, version, output, closely }) {
  const settings = [`-c.directories.output=${output}`];
  if (version !== undefined) settings.push(`-c.extraMetadata.version=${version}`);
  const code = await buildWithElectronBuilder(['--dir', ...settings]);
  if (code !== 0) return code;
  const folder = path.join(output, 'linux-unpacked');
  await makeLinuxPackages({ formats, folder, output, version, closely });
  return 0;
}

const args = process.argv.slice(2);
if (args.includes('--check')) {
  const parameters = () => args.filter((arg) => arg !== '--check');
  await runBundled({ name: 'packages', parameters });
} else {
  await ensureDependencies();
  await ensureBuilt();
  const order = linuxOrder(args);
  process.exitCode = await (order === null ? buildWithElectronBuilder(args) : makeForLinux(order));
}
