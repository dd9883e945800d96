// @ts-check
/** Owns making the Linux packages asked for out of one packed folder, and the list of their checksums. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../project.mjs';
import { makeArchive } from './archive.mjs';
import { makeDeb } from './deb.mjs';
import { describePackage } from './description.mjs';
import { makeRpm } from './rpm.mjs';

const MAKERS = { 'tar.gz': makeArchive, deb: makeDeb, rpm: makeRpm };
const CHECKSUMS = 'SHA256SUMS';

/** @typedef {keyof typeof MAKERS} LinuxFormat */

export const LINUX_FORMATS = /** @type {LinuxFormat[]} */ (Object.keys(MAKERS));

/** Said by all dates in the packages, so that two builds of one commit are alike: what the environment says, or the commit. */
async function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined && /^\d{1,11}$/.test(given)) return new Date(Number(given) * 1000);
  try {
    const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: projectRoot });
    return new Date(Number(stdout) * 1000);
  } catch {
    // Sources without their history: as old as the newest change told of in them.
    const { mtimeMs } = await stat(path.join(projectRoot, 'CHANGELOG.md'));
    return new Date(Math.floor(mtimeMs / 1000) * 1000);
  }
}

/**
 * @param {object} order
 * @param {readonly LinuxFormat[]} order.formats
 * @param {string} order.folder the packed app
 * @param {string} order.output
 * @param {string | undefined} order.version
 * @param {boolean} order.closely as for people; else sooner
 */
export async function makeLinuxPackages({ formats, folder, output, version, closely }) {
  const payload = {
    description: await describePackage({ version }),
    folder,
    date: await sourceDate(),
    closely,
  };
  await mkdir(output, { recursive: true });
  let checksums = '';
  for (const format of formats) {
    const work = await mkdtemp(path.join(os.tmpdir(), 'secret-call-package-'));
    try {
      const file = await MAKERS[format](payload, work, output);
      const content = await readFile(file);
      checksums += `${createHash('sha256').update(content).digest('hex')}  ${path.basename(file)}\n`;
      console.log(`${path.relative(projectRoot, file)}  ${(content.length / 1e6).toFixed(1)} MB`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  await writeFile(path.join(output, CHECKSUMS), checksums);
}
