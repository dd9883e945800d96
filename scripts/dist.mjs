// @ts-check
/**
 * Owns `npm run dist`: the installers, or with `--dir` a folder that starts. Further flags go to electron-builder.
 * For this very system it packs the Electron that is at hand, so that nothing is downloaded.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, runInstalled } from './project.mjs';

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

const args = process.argv.slice(2);
await ensureDependencies();
await ensureBuilt();
process.exitCode = await runInstalled('electron-builder/cli.js', [
  ...args,
  '--publish',
  'never',
  ...(await runtimeAtHand(args)),
]);
