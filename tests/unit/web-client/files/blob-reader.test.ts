import { describe, expect, it } from 'vitest';
import { FILE_BLOCK_BYTES } from '../../../../main/common/protocol/file-limits.ts';
import { BlobReader } from '../../../../web-client/files/blob-reader.ts';
import { ReadBlob } from '../../../support/files/read-blob.ts';

const PIECE = 100_000;
const MIB = 1_048_576;

function readingOf(blob: ReadBlob) {
  const reader = new BlobReader(blob, blob.size);
  /** By number; whether it is what stands there. */
  const isRight = async (piece: number) => {
    const [from, to] = [piece * PIECE, Math.min((piece + 1) * PIECE, blob.size)];
    return Buffer.from(await reader.read(from, to)).equals(blob.bytes.subarray(from, to));
  };
  const read = async (...pieces: number[]) => {
    for (const piece of pieces) expect(await isRight(piece)).toBe(true);
  };
  return { reader, isRight, read };
}

describe('reading a file', () => {
  it('opens it once for pieces that follow on each other, the last a shorter one', async () => {
    const blob = new ReadBlob(9 * PIECE + 7);
    const { read } = readingOf(blob);
    await read(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect(blob.opened).toEqual([{ from: 0, as: 'stream' }]);
  });

  it('keeps the order of pieces that are asked for at once', async () => {
    const blob = new ReadBlob(4 * PIECE);
    const { isRight } = readingOf(blob);
    expect(await Promise.all([0, 1, 2, 3].map(isRight))).toEqual([true, true, true, true]);
    expect(blob.opened).toHaveLength(1);
  });

  it('goes on from where another takes it up', async () => {
    const blob = new ReadBlob(9 * PIECE);
    const { read } = readingOf(blob);
    await read(4, 5, 6, 7);
    expect(blob.opened).toEqual([
      { from: 4 * PIECE, as: 'piece' },
      { from: 5 * PIECE, as: 'stream' },
    ]);
  });

  it('reads by itself what one asks for who is far behind, and stays with the other', async () => {
    const blob = new ReadBlob(30 * PIECE);
    const { read } = readingOf(blob);
    await read(0);
    for (let piece = 1; piece < 9; piece++) await read(10 + 2 * piece, 11 + 2 * piece, piece);
    expect(blob.opened.filter(({ as }) => as === 'stream')).toHaveLength(1);
    expect(blob.cancelled).toBe(0);
  });

  it('leaves a stream that nobody reads on with', async () => {
    const blob = new ReadBlob(40 * PIECE);
    const { read } = readingOf(blob);
    await read(0, 1);
    await read(...Array.from({ length: 20 }, (_, piece) => 10 + piece));
    const streams = blob.opened.filter(({ as }) => as === 'stream');
    expect(streams).toHaveLength(2);
    expect(blob.cancelled).toBe(1);
  });

  it('opens a large file again and again, for a browser to look whether it has changed', async () => {
    const blob = new ReadBlob(130 * MIB);
    const reader = new BlobReader(blob, blob.size);
    for (let from = 0; from < blob.size; from += MIB) await reader.read(from, from + MIB);
    expect(blob.opened.map(({ from }) => from / MIB)).toEqual([0, 64, 128]);
  });

  it('opens it for whole pieces, also where they are of no round size', async () => {
    const blob = new ReadBlob(90 * FILE_BLOCK_BYTES);
    const reader = new BlobReader(blob, blob.size);
    for (let from = 0; from < blob.size; from += FILE_BLOCK_BYTES)
      await reader.read(from, from + FILE_BLOCK_BYTES);
    expect(blob.opened).toEqual([
      { from: 0, as: 'stream' },
      { from: 85 * FILE_BLOCK_BYTES, as: 'stream' },
    ]);
  });

  it('reads each piece by itself where a stream fills no buffers', async () => {
    const blob = new ReadBlob(3 * PIECE);
    blob.fillsBuffers = false;
    const { read } = readingOf(blob);
    await read(0, 1, 2);
    expect(blob.opened.filter(({ as }) => as === 'piece')).toHaveLength(3);
  });

  it('says why a stream broke off, and goes on when it can be read again', async () => {
    const blob = new ReadBlob(5 * PIECE);
    const { reader, read } = readingOf(blob);
    await read(0);
    blob.fails = 'NotReadableError';
    await expect(reader.read(PIECE, 2 * PIECE)).rejects.toMatchObject({ name: 'NotReadableError' });
    blob.fails = null;
    await read(1, 2, 3);
  });

  it('brings fewer bytes where the file has become shorter', async () => {
    const blob = new ReadBlob(3 * PIECE);
    const { reader, read } = readingOf(blob);
    await read(0);
    blob.bytes = blob.bytes.subarray(0, PIECE + 5);
    expect(await reader.read(PIECE, 2 * PIECE)).toHaveLength(5);
  });

  it('reads nothing ahead for one that is over', async () => {
    const blob = new ReadBlob(5 * PIECE);
    const { reader, read } = readingOf(blob);
    await read(0);
    reader.dispose();
    await Promise.resolve();
    expect(blob.cancelled).toBe(1);
  });
});
