/** Owns what a test asks of a page that has to do with files. */

import type { BlockRange } from '../../../web-client/core/files/block-set.ts';

export interface FileDeskReport {
  readonly name: string;
  readonly size: number;
  readonly have: readonly BlockRange[];
  readonly whole: boolean;
}

/** One file is open at a time; its bytes follow from its size. */
export interface FileDeskTest {
  keeps(): Promise<string>;
  /** The blocks that are there, or why it cannot be. */
  open(number: number, sizeBytes: number): Promise<readonly BlockRange[] | string>;
  take(block: number, sizeBytes: number): Promise<string>;
  takeMissing(sizeBytes: number): Promise<string>;
  finish(sizeBytes: number): Promise<string>;
  partials(): Promise<readonly FileDeskReport[]>;
  openWhole(): Promise<number | null>;
  /** Whether what was received is what was sent, byte by byte. */
  isWhole(sizeBytes: number): Promise<boolean>;
  /** SHA-256 of what was received, as one run of bytes. */
  plainDigest(): Promise<string>;
  save(): Promise<boolean>;
  discard(): Promise<void>;
  /** Its width and height. */
  preview(bytes: readonly number[]): Promise<readonly number[] | null>;
  picture(type: string, width: number, height: number): Promise<readonly number[]>;
  showChooser(): void;
  /** Of what was chosen; the first opens it. */
  readBlock(block: number): Promise<string>;
  endReading(): Promise<string>;
  /** What was chosen, as a file of so many bytes. */
  send(sizeBytes: number): Promise<string>;
}

declare global {
  interface Window {
    fileDesk: FileDeskTest;
  }
}
