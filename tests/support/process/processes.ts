/** Owns looking for processes of this machine by what they were started with (Linux). */

import { readdirSync, readFileSync } from 'node:fs';

/** Process ids, lowest first, of all that run with `text` in their command line. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && commandLine(pid).includes(text))
    .sort((a, b) => a - b);
}

export function isRunning(pid: number): boolean {
  return commandLine(pid) !== '';
}

/** Empty for a process that has ended, waited for or not. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
