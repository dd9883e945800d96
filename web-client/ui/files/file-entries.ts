/** Owns the entries of the list of files: one a file, with a line for each person it goes to. */

import type { FileTransfer } from '../../core/state/files-state.ts';

export interface FileEntryState {
  /** Of the file, whoever it goes to. */
  readonly key: string;
  readonly direction: FileTransfer['direction'];
  readonly name: string;
  readonly size: number;
  /** At least one; all to different people. */
  readonly transfers: readonly [FileTransfer, ...FileTransfer[]];
}

export function entryKeyOf({ direction, batch, key }: FileTransfer): string {
  return direction === 'out' ? `out ${batch}` : `in ${key}`;
}

/** In the order in which they came; what stands below another stays there, lest one presses what just moved. */
export function fileEntries(files: readonly FileTransfer[]): readonly FileEntryState[] {
  const entries = new Map<string, [FileTransfer, ...FileTransfer[]]>();
  for (const transfer of files) {
    const entryKey = entryKeyOf(transfer);
    const known = entries.get(entryKey);
    if (known === undefined) entries.set(entryKey, [transfer]);
    else known.push(transfer);
  }
  return [...entries].map(([key, transfers]) => {
    const { direction, name, size } = transfers[0];
    return { key, direction, name, size, transfers };
  });
}

export function isSameEntry(a: FileEntryState, b: FileEntryState): boolean {
  return a.transfers.length === b.transfers.length && a.transfers.every((one, at) => one === b.transfers[at]);
}

/** Nothing more becomes of it by itself. */
export function isOver({ phase }: Pick<FileTransfer, 'phase'>): boolean {
  return phase === 'whole' || phase === 'ended';
}

/** It waits for an answer here, which may be yes. */
export function isAcceptable({ direction, phase, tooLargeForMemory }: FileTransfer): boolean {
  return direction === 'in' && phase === 'offered' && !tooLargeForMemory;
}

/** It is whole, and gone for good once it is taken off the list. */
export function isUnsaved({ direction, phase, saved }: FileTransfer): boolean {
  return direction === 'in' && phase === 'whole' && saved !== 'saved';
}

/** What can be taken off the list without losing anything. */
export function isFinished({ transfers }: FileEntryState): boolean {
  return transfers.every((transfer) => isOver(transfer) && !isUnsaved(transfer));
}
