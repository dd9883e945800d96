/** Owns orphaned processes: the record of the running child in the data directory, and ending what a killed run left behind. */

import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonObject } from '../../common/json.ts';

interface ChildRecord {
  /** Process id of the child. */
  readonly child: number;
  /** An argument of the child that holds a path of our data directory: only a process that has it is ended. */
  readonly marker: string;
}

/** One file a running app: two apps may share a data directory, and neither may end the other's child. */
const FILE_NAME = /^tunnel-(\d{1,10})\.json$/;

function recordPath(directory: string, owner: number): string {
  return join(directory, `tunnel-${owner}.json`);
}

/** Synchronous, so that no moment passes in which the child runs and is not on record. */
export function recordChild(directory: string, record: ChildRecord): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(recordPath(directory, process.pid), JSON.stringify(record), { mode: 0o600 });
}

export function forgetChild(directory: string): void {
  rmSync(recordPath(directory, process.pid), { force: true });
}

/**
 * Ends every recorded child whose owner is gone; how many were ended. Owners are told by process id. A record under our
 * own is an earlier run's too (in containers the app often has the same id each time), so the caller must have no
 * child running.
 */
export async function endOrphans(directory: string): Promise<number> {
  let reaped = 0;
  for (const name of await readdir(directory).catch(() => [])) {
    const owner = Number(FILE_NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(owner) || (owner !== process.pid && isAlive(owner))) continue;
    const file = join(directory, name);
    const record = parseRecord(await readFile(file, 'utf8').catch(() => ''));
    if (record !== null && (await hasArgument(record.child, record.marker)) && kill(record.child)) reaped++;
    await rm(file, { force: true });
  }
  return reaped;
}

function parseRecord(text: string): ChildRecord | null {
  const { child, marker } = parseJsonObject(text) ?? {};
  if (typeof child !== 'number' || !Number.isSafeInteger(child) || child <= 1) return null;
  return typeof marker === 'string' && marker !== '' ? { child, marker } : null;
}

/** Whether that process runs and was started with exactly this argument. */
async function hasArgument(pid: number, marker: string): Promise<boolean> {
  switch (process.platform) {
    case 'win32':
      // The job object ends children with their parent; there is nothing left to look for.
      return false;
    case 'linux':
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').includes(marker);
    default:
      return (await commandLine(pid)).includes(marker);
  }
}

function commandLine(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], (error, stdout) => {
      resolve(error === null ? stdout : '');
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
