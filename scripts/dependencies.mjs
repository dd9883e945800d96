// @ts-check
/** Owns bringing node_modules in line with the lock file, and nothing where it already is. */

import { lstat, readFile, unlink } from 'node:fs/promises';
import { giveUp, inProject, run } from './project.mjs';

/**
 * What a lock file says of a package (npm's package-lock.json, version 3).
 * @typedef {{
 *   version?: string, integrity?: string, optional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[],
 * }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 *
 * What native packages are made for: process.platform and process.arch, and the C library on Linux, null elsewhere.
 * @typedef {{ os: string, cpu: string, libc: 'glibc' | 'musl' | null }} Machine
 */

/**
 * Whether a version is in a range of the form `^20.19.0 || >=22.12.0`, the two kinds that package.json uses for Node.
 * @param {string} version
 * @param {string} range
 */
export function satisfies(version, range) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  return range.split('||').some((alternative) => {
    const [, kind, least = ''] = /^\s*(\^|>=)([\d.]+)\s*$/.exec(alternative) ?? [];
    const wanted = least.split('.').map(Number);
    const [major = 0] = parts;
    if (kind === undefined || (kind === '^' && major !== wanted[0])) return false;
    const different = wanted.findIndex((part, index) => part !== (parts[index] ?? 0));
    return different < 0 || (parts[different] ?? 0) > (wanted[different] ?? 0);
  });
}

/**
 * A native package of this machine has to be there: npm leaves it out, without an error, under a Node that it does not
 * fit, and it would stay missing under every later one.
 * @param {LockedPackage} locked
 * @param {Machine} machine
 */
function isNativeFor({ os, cpu, libc }, machine) {
  if (!os?.includes(machine.os) || !cpu?.includes(machine.cpu)) return false;
  return !libc || machine.libc === null || libc.includes(machine.libc);
}

/**
 * Whether all that is wanted is present; what is optional may be missing unless it was made for this machine.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} present
 * @param {Machine} machine
 */
export function inLine(wanted, present, machine) {
  return Object.entries(wanted).every(([name, locked]) => {
    const found = present[name];
    if (name === '' || (locked.optional && !found && !isNativeFor(locked, machine))) return true;
    return found?.version === locked.version && found?.integrity === locked.integrity;
  });
}

/** @returns {Machine} */
function thisMachine() {
  const { platform: os, arch: cpu } = process;
  if (os !== 'linux') return { os, cpu, libc: null };
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { os, cpu, libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}

/**
 * @param {string} file
 * @returns {Promise<LockedPackages | null>}
 */
async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(inProject(file), 'utf8')).packages;
  } catch {
    return null;
  }
}

async function requireFittingNode() {
  const { engines } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  if (satisfies(process.version, engines.node)) return;
  const wanted = engines.node.replace('^', '').replace(/ \|\| >=/, ', or ');
  giveUp(
    `Secret Call needs Node.js ${wanted} or newer; this is ${process.version}. https://nodejs.org has it.`,
  );
}

/**
 * `npm ci` would empty the folder that a link leads to, another working tree's perhaps; so the link goes first.
 * @param {string} folder
 */
export async function removeLink(folder) {
  const found = await lstat(folder).catch(() => null);
  if (found?.isSymbolicLink()) await unlink(folder);
}

/** Installs what the lock file names, with npm's output on standard error. Nothing is touched under an unfit Node. */
export async function ensureDependencies() {
  await requireFittingNode();
  const wanted = await packagesOf('package-lock.json');
  const present = await packagesOf('node_modules/.package-lock.json');
  if (wanted && present && inLine(wanted, present, thisMachine())) return;
  console.error('Installing what the project needs …');
  await removeLink(inProject('node_modules'));
  const npm = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm'];
  const [command = 'npm', ...prefix] = npm;
  const code = await run(command, [...prefix, 'ci', '--no-audit', '--no-fund'], { quiet: true });
  if (code !== 0) giveUp('npm ci failed; its reason stands above.');
}
