/** Holds the kept room's file to what is sealed, for whom, and that nothing of it is lost by a fault. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatKept } from '../../../../main/host/kept-room.ts';
import { KeptRoomFile } from '../../../../main/host/kept-room-file.ts';
import type { Sealer } from '../../../../main/host/sealed-file.ts';
import { KEPT_ROOM } from '../../../support/host/kept-rooms.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kept-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Of one computer: it opens what was sealed with the same key only. */
const sealer = (key: number): Sealer => ({
  seal: (text) => Uint8Array.from([key, ...Buffer.from(text).map((byte) => byte ^ 0xff)]),
  open(sealed) {
    if (sealed[0] !== key) throw new Error('another key');
    return Buffer.from(sealed.subarray(1).map((byte) => byte ^ 0xff)).toString();
  },
});

describe('the file of a kept room', () => {
  it('is found as it was written, sealed or not', async () => {
    for (const store of [() => null, () => sealer(1)]) {
      const file = await KeptRoomFile.open(folder, store);
      expect(file.found).toEqual({ kind: 'none' });
      await file.write(KEPT_ROOM);
      expect((await KeptRoomFile.open(folder, store)).found).toEqual({ kind: 'found', kept: KEPT_ROOM });
      await file.remove();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('shows nothing where it is sealed', async () => {
    await new KeptRoomFile(folder, () => sealer(1)).write(KEPT_ROOM);
    const content = await readFile(path.join(folder, 'kept-room.sealed'), 'latin1');
    expect(content).not.toContain('secret');
  });

  it('is put aside whole where another computer sealed it, or it is no sealed text at all', async () => {
    await new KeptRoomFile(folder, () => sealer(1)).write(KEPT_ROOM);
    const before = await readFile(path.join(folder, 'kept-room.sealed'));
    const { found } = await KeptRoomFile.open(folder, () => sealer(2));
    expect(found).toEqual({ kind: 'put-aside', fault: 'foreign' });
    const [aside = ''] = await readdir(folder);
    expect(aside).toMatch(/^kept-room\.sealed\.foreign-/);
    expect(await readFile(path.join(folder, aside))).toEqual(before);
    await writeFile(path.join(folder, 'kept-room.sealed'), formatKept(KEPT_ROOM));
    expect((await KeptRoomFile.open(folder, () => sealer(2))).found).toMatchObject({ fault: 'foreign' });
  });

  it('of the window and of a terminal on one computer are two', async () => {
    await new KeptRoomFile(folder, () => sealer(1)).write(KEPT_ROOM);
    const terminal = await KeptRoomFile.open(folder, () => null);
    expect(terminal.found).toEqual({ kind: 'none' });
    await terminal.remove();
    expect(await readdir(folder)).toEqual(['kept-room.sealed']);
  });

  it('asks the system for its key store once, and not before there is something to open or to write', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return sealer(1);
    };
    const file = await KeptRoomFile.open(folder, ask);
    expect([asked, file.knownSealed]).toEqual([0, false]);
    await file.write(KEPT_ROOM);
    expect([asked, file.knownSealed, file.sealed]).toEqual([1, true, true]);
    expect((await KeptRoomFile.open(folder, ask)).found.kind).toBe('found');
    expect(asked).toBe(2);
  });
});
