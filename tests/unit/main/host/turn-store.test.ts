/** Holds the TURN servers of the settings to a file that others cannot read, and to what is lost by a fault. */

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TurnServer } from '../../../../main/common/host-api/turn-server.ts';
import { ok } from '../../../../main/common/result.ts';
import type { Sealer } from '../../../../main/host/sealed-file.ts';
import { TurnStore } from '../../../../main/host/turn-store.ts';

const SERVERS: readonly TurnServer[] = [
  { url: 'turn:a.example', credentials: { kind: 'shared-secret', secret: 'north-star' } },
  { url: 'turns:b.example:443', credentials: { kind: 'static', username: 'me', password: 'word' } },
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'turn-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sealer = (key: number): Sealer => ({
  seal: (text) => Uint8Array.from([key, ...Buffer.from(text).map((byte) => byte ^ 0xff)]),
  open(sealed) {
    if (sealed[0] !== key) throw new Error('another key');
    return Buffer.from(sealed.subarray(1).map((byte) => byte ^ 0xff)).toString();
  },
});

it('keeps them, sealed or not, and leaves nothing where there are none', async () => {
  for (const ask of [() => null, () => sealer(1)]) {
    const store = await TurnStore.open(folder, ask);
    expect(store.servers).toEqual([]);
    expect(await store.set(SERVERS)).toEqual(ok(null));
    expect((await TurnStore.open(folder, ask)).servers).toEqual(SERVERS);
    await store.set([]);
    expect(await readdir(folder)).toEqual([]);
  }
});

it('shows no secret where it is sealed, and else to this account alone', async () => {
  await (await TurnStore.open(folder, () => sealer(1))).set(SERVERS);
  expect(await readFile(path.join(folder, 'turn-servers.sealed'), 'latin1')).not.toContain('north-star');
  await (await TurnStore.open(folder, () => null)).set(SERVERS);
  expect((await stat(path.join(folder, 'turn-servers.json'))).mode & 0o077).toBe(0);
});

it('asks the system for its key store only where there is something to open or to seal', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return sealer(1);
  };
  const store = await TurnStore.open(folder, ask);
  expect(asked).toBe(0);
  await store.set(SERVERS);
  expect(asked).toBe(1);
});

it.each([
  ['damaged', '{'],
  [
    'damaged',
    '{"version":1,"servers":[{"url":"stun:a","credentials":{"kind":"shared-secret","secret":"s"}}]}',
  ],
  ['damaged', '{"version":2,"servers":[]}'],
])('puts aside what is %s, and says so', async (why, text) => {
  await writeFile(path.join(folder, 'turn-servers.json'), text);
  const store = await TurnStore.open(folder, () => null);
  expect([store.servers, store.lost]).toEqual([[], true]);
  expect(await readdir(folder)).toEqual([expect.stringMatching(`^turn-servers.json.${why}-`)]);
});

it('puts aside what another computer sealed', async () => {
  await (await TurnStore.open(folder, () => sealer(1))).set(SERVERS);
  const store = await TurnStore.open(folder, () => sealer(2));
  expect([store.servers, store.lost]).toEqual([[], true]);
});

it('holds what cannot be written until the program ends', async () => {
  const file = path.join(folder, 'no-folder');
  await writeFile(file, '');
  const store = await TurnStore.open(file, () => null);
  expect(await store.set(SERVERS)).toEqual({ ok: false, error: 'not-saved' });
  expect(store.servers).toEqual(SERVERS);
});
