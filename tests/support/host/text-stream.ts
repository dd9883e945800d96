/** Owns an output that keeps what was written to it, as a pipe or as a terminal of a given size. */

import { Writable } from 'node:stream';

export class TextStream extends Writable {
  readonly isTTY: boolean;
  columns: number;
  rows: number;
  text = '';

  constructor({ isTTY = false, columns = 120, rows = 60 } = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
    this.rows = rows;
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
