// @ts-check
/** Owns bringing node_modules in line with the lock file, and nothing where it already is. */

import { readFile } from 'node:fs/promises';
import { giveUp, inProject, run } from './project.mjs';

/**
 * The packages of a lock file as npm records them, without what differs between the two files for no reason of ours.
 * @param {string} file
 */
async function packagesOf(file) {
  try {
    const { packages } = JSON.parse(await readFile(inProject(file), 'utf8'));
    return /** @type {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */ (
      packages
    );
  } catch {
    return null;
  }
}

async function inLine() {
  const wanted = await packagesOf('package-lock.json');
  const present = await packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
    const found = present[name];
    if (name === '' || (optional && !found)) return true;
    return found?.version === version && found?.integrity === integrity;
  });
}

/** Installs what the lock file names, with npm's output on standard error. */
export async function ensureDependencies() {
  if (await inLine()) return;
  console.error('Installing what the project needs …');
  const npm = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm'];
  const [command = 'npm', ...prefix] = npm;
  const code = await run(command, [...prefix, 'ci', '--no-audit', '--no-fund'], { quiet: true });
  if (code !== 0) giveUp('npm ci failed; its reason stands above.');
}
