/** Checks that output is cut into the same lines however it arrives. */

import { describe, expect, it } from 'vitest';
import { LINE_MAX_UNITS, LineReader } from '../../../../../main/tunnel/process/line-reader.ts';

function read(...chunks: string[]): string[] {
  const reader = new LineReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

describe('LineReader', () => {
  it('takes LF and CRLF, wherever the chunks end', () => {
    expect(read('one\r', '\ntw', 'o\nthree\r\n')).toEqual(['one', 'two', 'three']);
  });

  it('keeps empty lines and a last line without an end', () => {
    expect(read('\r\n\nlast')).toEqual(['', '', 'last']);
  });

  it('gives a line out as soon as it is complete', () => {
    const reader = new LineReader();
    expect(reader.push('first\nsec')).toEqual(['first']);
    expect(reader.push('ond\n')).toEqual(['second']);
  });

  it('passes a line of the longest length', () => {
    const line = 'x'.repeat(LINE_MAX_UNITS);
    expect(read(`${line}\r\n`)).toEqual([line]);
  });

  it('drops a longer line whole, in one chunk or in many, and goes on after it', () => {
    const long = 'x'.repeat(LINE_MAX_UNITS + 1);
    expect(read(`${long}\nnext\n`)).toEqual(['next']);
    expect(read(...Array.from(long.repeat(3)), '\nnext')).toEqual(['next']);
    expect(read(long)).toEqual([]);
  });
});
