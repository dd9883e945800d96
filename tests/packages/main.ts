/** Owns `npm run dist -- --check`: makes the packages twice, installs each in a clean system, runs, upgrades and removes it there. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeMachine } from '../support/report/machine.ts';
import { CleanSystem } from './clean-system.ts';
import { FORMATS } from './formats.ts';
import { tryFormat } from './life.ts';
import { CheckReport } from './report.ts';
import { checkSizes } from './sizes.ts';
import { tryWindowsInstaller } from './windows-installer.ts';

const runFile = promisify(execFile);
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;
const ALIKE = 'alike';
const WINDOWS = 'nsis';
const SIZES = 'sizes';

/** Newer than any real one. */
const NEXT_VERSION = '999.0.0';

async function make(output: string, ...args: readonly string[]): Promise<string[]> {
  await runFile(process.execPath, ['scripts/dist.mjs', '--output', output, ...args], {
    maxBuffer: OUTPUT_MAX_BYTES,
  });
  const names = await readdir(output);
  return names.filter((name) => FORMATS.some(({ ending }) => ending.test(name))).sort();
}

/** Packs loosely: what is looked at is inside. */
const makeQuickly = (output: string, ...args: readonly string[]) => make(output, '--quick', ...args);

const sumOf = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

/** Two builds of the same sources, the second from nothing: names of what differs. */
async function differences(first: string, second: string, names: readonly string[]): Promise<string[]> {
  const differs = await Promise.all(
    [...names, 'linux-unpacked/resources/app.asar'].map(async (name) => {
      const [one, other] = await Promise.all([sumOf(path.join(first, name)), sumOf(path.join(second, name))]);
      return one === other ? [] : [name];
    }),
  );
  return differs.flat();
}

async function checkAll(report: CheckReport, work: string, asked: readonly string[]): Promise<void> {
  const formats = FORMATS.filter(({ key }) => asked.includes(key));
  const wanted = formats.length > 0 ? formats : FORMATS;
  const keys = wanted.map(({ key }) => key);
  const now = path.join(work, 'now');
  const names = await makeQuickly(now, ...keys);
  if (formats.length > 0) {
    const next = path.join(work, 'next');
    await makeQuickly(next, '--version', NEXT_VERSION, ...keys);
    let system: CleanSystem | null = null;
    await report.point('system', 'clean', async () => {
      system = await CleanSystem.create(path.join(work, 'system'));
      return 'debootstrap, variant minbase';
    });
    for (const format of formats)
      await tryFormat(report, format, system, {
        now,
        next,
        version: NEXT_VERSION,
        pictures: path.join(directory, 'pictures'),
      });
  }
  if (!asked.includes(ALIKE)) return;
  await report.point('all', 'two builds are alike', async () => {
    await runFile(process.execPath, ['scripts/build.mjs'], { maxBuffer: OUTPUT_MAX_BYTES });
    const again = path.join(work, 'again');
    await makeQuickly(again, ...keys);
    const different = await differences(now, again, names);
    if (different.length > 0) throw new Error(`these differ: ${different.join(', ')}`);
    return `app.asar, ${names.join(', ')}`;
  });
}

const OF_FORMATS = [...FORMATS.map(({ key }) => key), ALIKE];
const KEYS: readonly string[] = [...OF_FORMATS, SIZES, WINDOWS];
const [, , directory = 'dist/packages', ...given] = process.argv;
const asked = given.length > 0 ? given : KEYS;
if (asked.some((key) => !KEYS.includes(key))) {
  console.error(`npm run dist -- --check [${KEYS.join(' | ')}]`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('Packages are tried on Linux only.');
  process.exit(2);
}
const report = new CheckReport();
const work = await mkdtemp(path.join(tmpdir(), 'secret-call-packages-'));
try {
  if (asked.includes(WINDOWS)) await tryWindowsInstaller(report, work);
  if (asked.some((key) => OF_FORMATS.includes(key))) await checkAll(report, work, asked);
  if (asked.includes(SIZES)) {
    const closely = path.join(work, 'closely');
    await checkSizes(report, closely, await make(closely));
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
console.log(report.table());
await mkdir(directory, { recursive: true });
const file = path.join(directory, `packages-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
await writeFile(file, `${JSON.stringify({ machine: describeMachine(), points: report.points }, null, 2)}\n`);
console.log(file);
if (report.failed) process.exitCode = 1;
