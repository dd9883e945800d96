/** Owns made-up transfers of files for tests of what is shown. */

import type { FileTransfer } from '../../../web-client/core/state/files-state.ts';

export const MB = 1_000_000;

/** Comes in from somebody, and waits for an answer. */
export function incoming(person: string, name: string, changes: Partial<FileTransfer> = {}): FileTransfer {
  const key = changes.key ?? `in:${person}:${name}`;
  return {
    key,
    direction: 'in',
    person,
    personName: person,
    batch: key,
    name,
    size: 4_200_000,
    mime: '',
    phase: 'offered',
    pausedBy: null,
    fault: false,
    why: null,
    bytesDone: 0,
    bytesPerSecond: null,
    secondsLeft: null,
    keptIn: 'disk',
    tooLargeForMemory: false,
    saved: 'no',
    savedName: null,
    canShow: false,
    hasPreview: false,
    ...changes,
  };
}

/** Goes out to somebody; the same name is the same file. */
export function outgoing(person: string, name: string, changes: Partial<FileTransfer> = {}): FileTransfer {
  return incoming(person, name, {
    key: `out:${person}:${name}`,
    direction: 'out',
    batch: name,
    keptIn: null,
    ...changes,
  });
}

/** A third of it is through. */
export const MOVING = {
  phase: 'moving',
  bytesDone: 1_400_000,
  bytesPerSecond: 350_000,
  secondsLeft: 8,
} as const satisfies Partial<FileTransfer>;
