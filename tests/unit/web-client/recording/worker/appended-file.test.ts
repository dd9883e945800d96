/** Holds what is written of a voice on a disk that is full, at once or a little later. */

import { beforeEach, describe, expect, it } from 'vitest';
import { AppendedFile, GATHERED_MAX } from '../../../../../web-client/recording/worker/appended-file.ts';
import { isNoSpace, type OpenFile } from '../../../../../web-client/recording/worker/recording-folder.ts';

/** A disk with room for so many bytes, whose system writes what there is room for, or throws. */
class SmallDisk implements OpenFile {
  room = Number.POSITIVE_INFINITY;
  throws = false;
  content: number[] = [1, 2, 3];
  closed = false;

  write(data: Uint8Array<ArrayBuffer>, { at }: { at: number }): number {
    const written = Math.min(data.length, this.room - at);
    if (written < data.length && this.throws) throw new DOMException('no room', 'QuotaExceededError');
    this.content = [...this.content.slice(0, at), ...data.subarray(0, written)];
    return written;
  }

  read(): number {
    return 0;
  }

  getSize(): number {
    return this.content.length;
  }

  truncate(size: number): void {
    this.content = this.content.slice(0, size);
  }

  flush(): void {}

  close(): void {
    this.closed = true;
  }
}

let disk: SmallDisk;
let file: AppendedFile;
beforeEach(() => {
  disk = new SmallDisk();
  file = new AppendedFile(disk);
});

describe('a file that is appended to', () => {
  it('begins empty and has what was gathered once it is flushed, in order', () => {
    file.append(Uint8Array.of(7, 8));
    expect([disk.content, file.bytes]).toEqual([[], 0]);
    file.flush();
    file.append(Uint8Array.of(9));
    file.flush();
    file.flush();
    expect([disk.content, file.bytes]).toEqual([[7, 8, 9], 3]);
  });

  it('gathers no more than so much', () => {
    const piece = new Uint8Array(GATHERED_MAX / 2 + 1).fill(5);
    file.append(piece);
    file.append(piece);
    expect(disk.content).toHaveLength(piece.length);
  });

  it('takes also what is larger than that, in order', () => {
    const piece = new Uint8Array(GATHERED_MAX + 1).fill(5);
    file.append(Uint8Array.of(4));
    file.append(piece);
    file.append(Uint8Array.of(6));
    file.flush();
    expect(disk.content).toEqual([4, ...piece, 6]);
  });

  it.each([
    { throws: false, kept: [1, 2, 3, 4] },
    { throws: true, kept: [1, 2, 3] },
  ])('on a full disk says so and leaves what it has written whole (throws: $throws)', ({ throws, kept }) => {
    disk.room = 4;
    disk.throws = throws;
    file.append(Uint8Array.of(1, 2, 3));
    file.flush();
    file.append(Uint8Array.of(4, 5));
    const error = thrownBy(() => file.flush());
    expect(isNoSpace(error)).toBe(true);
    expect([disk.content, file.bytes]).toEqual([kept, kept.length]);
    // There is room again, but it would stand behind what is missing.
    disk.room = 100;
    file.append(Uint8Array.of(6));
    expect(isNoSpace(thrownBy(() => file.flush()))).toBe(true);
    file.close();
    expect([disk.content, disk.closed]).toEqual([kept, true]);
  });
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
