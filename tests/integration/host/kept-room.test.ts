/** Holds two hosts in a row on one port and one data folder to being one room, with real sockets and real files. */

import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { createHost } from '../../../main/host/create-host.ts';
import type { HostService } from '../../../main/host/host-service.ts';
import { KeptRoomFile } from '../../../main/host/kept-room-file.ts';
import { openSettings } from '../../../main/settings.ts';
import { OPTIONS } from '../../support/host/fake-dependencies.ts';
import { until } from '../../support/time/until.ts';
import { SocketGuest } from '../../support/wire/socket-guest.ts';

let folder: string;
let data: string;
let hosts: HostService[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kept-'));
  data = path.join(folder, 'data');
  hosts = [];
  await mkdir(path.join(folder, 'page'));
  await writeFile(path.join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
});

afterEach(async () => {
  for (const host of hosts) await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A run of the program. */
async function run(): Promise<HostService> {
  const host = createHost({
    dataDirectory: data,
    pageDirectory: path.join(folder, 'page'),
    logger: silentLogger,
    settings: await openSettings(data),
    keptRoom: await KeptRoomFile.open(data, () => null),
  });
  hosts.push(host);
  return host;
}

async function started(): Promise<HostService> {
  const host = await run();
  expect((await host.start({ ...OPTIONS, port: 0, keepRoom: true })).ok).toBe(true);
  return host;
}

function live(host: HostService) {
  const { status } = host.snapshot;
  if (status.phase !== 'live') throw new Error(status.phase);
  return status;
}

const keptFile = () => path.join(data, 'kept-room.json');

it('is the same room after the process is gone: link, host, places; who was removed stays out', async () => {
  const first = await started();
  const { invite } = live(first).local;
  const anna = await SocketGuest.enter(invite, 'Anna');
  const boris = await SocketGuest.enter(invite, 'Boris');
  await first.room({ type: 'remove', participant: boris.id });
  expect(await boris.closed).toBe(4411);
  const before = live(first);
  await first.stopServer();
  // No word of an end, and no close frame: a lost connection.
  expect(await anna.closed).toBe(1006);

  const second = await run();
  expect(second.snapshot.cutOff).toBe(true);
  expect((await second.goOn()).ok).toBe(true);
  const after = live(second);
  expect(after).toMatchObject({ port: before.port, local: before.local, resumed: true });
  expect(second.snapshot).toMatchObject({ cutOff: false, notices: ['room-resumed'] });
  const back = await SocketGuest.open(invite, anna);
  expect(back.rosterAtHello).toEqual([anna.id]);
  await until(
    'the name',
    async () => live(second).participants[0]?.name ?? null,
    (name) => name === 'Anna',
  );
  await expect(SocketGuest.open(invite, boris)).rejects.toThrow('closed with 4403');
  await SocketGuest.enter(after.local.invite, 'Clara');
});

it('lies on the disk for this account alone while it is open, and nowhere after Stop', async () => {
  const first = await started();
  expect((await stat(keptFile())).mode & 0o777).toBe(0o600);
  await first.stop();
  expect((await readdir(data)).filter((name) => name.startsWith('kept'))).toEqual([]);
  expect((await run()).snapshot.cutOff).toBe(false);
});

it('goes on as it last was when the program was killed', async () => {
  const first = await started();
  const { invite } = live(first).local;
  const anna = await SocketGuest.enter(invite, 'Anna');
  const onDisk = await until(
    'the room on the disk',
    () => readFile(keptFile(), 'utf8'),
    (text) => text.includes(anna.id),
  );
  await first.stop();
  await writeFile(keptFile(), onDisk);

  const second = await run();
  await second.goOn();
  expect((await SocketGuest.open(invite, anna)).rosterAtHello).toEqual([anna.id]);
});

it('is not lost where another program has its port', async () => {
  const first = await started();
  const { port, local } = live(first);
  await first.stopServer();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const second = await run();
  expect(await second.goOn()).toEqual({ ok: false, error: 'port-in-use' });
  expect(second.snapshot.cutOff).toBe(true);
  other.close();
  await once(other, 'close');
  expect((await second.goOn()).ok).toBe(true);
  expect(live(second).local).toEqual(local);
});

it('is put aside where it cannot be gone on with, and a new one opens', async () => {
  const first = await started();
  await first.stopServer();
  const good = await readFile(keptFile(), 'utf8');
  for (const [text, fault] of [
    [good.slice(0, -9), 'damaged'],
    [good.replace(/"version":\d+/, '"version":1'), 'older-version'],
    [good.replace(/"version":\d+/, '"version":1000'), 'newer-version'],
  ] as const) {
    await writeFile(keptFile(), text);
    const host = await run();
    expect(host.snapshot).toMatchObject({ cutOff: false, notices: [`kept-room-${fault}`] });
    const aside = (await readdir(data)).find((name) => name.startsWith(`kept-room.json.${fault}-`)) ?? '';
    expect(await readFile(path.join(data, aside), 'utf8')).toBe(text);
    expect((await host.start({ ...OPTIONS, port: 0, keepRoom: true })).ok).toBe(true);
    await host.stop();
  }
});
