/** Holds the host core with its real server to what real sockets see. */

import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { HostSnapshot } from '../../../main/common/host-api/snapshot.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import { CLOSE_CODES } from '../../../main/common/protocol/messages.ts';
import { fail } from '../../../main/common/result.ts';
import { createHost, prepareHosting } from '../../../main/host/create-host.ts';
import type { HostService } from '../../../main/host/host-service.ts';
import type { HostOptions } from '../../../main/host/options.ts';
import { openSettings } from '../../../main/settings.ts';
import { FakeTunnel } from '../../support/host/fake-dependencies.ts';
import { SocketGuest } from '../../support/wire/socket-guest.ts';

const OPTIONS: HostOptions = {
  mode: 'group',
  capacity: 3,
  port: 0,
  tunnel: 'none',
  otherTunnel: false,
  lan: false,
  keepRoom: false,
  lobby: false,
  files: true,
  relayOnly: false,
  origins: [],
};

let folder: string;
let host: HostService;
let tunnel: FakeTunnel;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'host-'));
  const pageDirectory = path.join(folder, 'page');
  const dataDirectory = path.join(folder, 'data');
  await mkdir(pageDirectory);
  await writeFile(path.join(pageDirectory, 'index.html'), '<!doctype html><title>page</title>');
  tunnel = new FakeTunnel([]);
  host = createHost({
    dataDirectory,
    pageDirectory,
    logger: silentLogger,
    settings: await openSettings(dataDirectory),
    createTunnel: () => Object.assign(tunnel, { status: { phase: 'off' } as const }),
  });
});

afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

function status() {
  const { status: now } = host.snapshot;
  if (now.phase !== 'live') throw new Error(now.phase);
  return now;
}

/** The present snapshot, or the first to come, that satisfies. */
function snapshotWhere(satisfies: (snapshot: HostSnapshot) => boolean): Promise<HostSnapshot> {
  return new Promise((resolve) => {
    const check = (snapshot: HostSnapshot) => {
      if (!satisfies(snapshot)) return;
      listening.dispose();
      resolve(snapshot);
    };
    const listening = host.onSnapshot(check);
    check(host.snapshot);
  });
}

const namesBecome = (...names: (string | null)[]) =>
  snapshotWhere(
    ({ status: now }) =>
      now.phase === 'live' &&
      JSON.stringify(now.participants.map(({ name }) => name)) === JSON.stringify(names),
  );

async function open(options: Partial<HostOptions> = {}) {
  expect(await host.start({ ...OPTIONS, ...options })).toEqual({ ok: true, value: null });
  return status().local.invite;
}

describe('a room on a real port', () => {
  it('serves the page and lets the port go when it stops', async () => {
    const invite = await open();
    const { port } = status();
    expect(await (await fetch(`http://localhost:${port}/healthz`)).json()).toEqual({ ok: true });
    expect(await (await fetch(invite)).text()).toContain('<title>page</title>');
    await host.stop();
    await expect(fetch(`http://localhost:${port}/healthz`)).rejects.toThrow();
    expect((await host.start({ ...OPTIONS, port })).ok).toBe(true);
    expect(status().port).toBe(port);
  });

  it('is prepared for without opening a port or writing anything', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    await prepareHosting({ pageDirectory: path.join(folder, 'page'), logger: silentLogger });
    expect(listen).not.toHaveBeenCalled();
    listen.mockRestore();
    expect(await readdir(folder)).toEqual(['page']);
    expect((await host.start(OPTIONS)).ok).toBe(true);
  });

  it('names who joins, renames and leaves, in the order of joining', async () => {
    const invite = await open();
    const ada = await SocketGuest.open(invite);
    const eve = await SocketGuest.open(invite);
    expect(status().participants).toEqual([]);
    await ada.join('Ада');
    await namesBecome('Ада');
    await eve.join('Eve');
    await namesBecome('Ада', 'Eve');
    await ada.join('Ada Lovelace');
    await namesBecome('Ada Lovelace', 'Eve');
    ada.leave();
    await namesBecome('Eve');
    expect(status().participants[0]?.id).toBe(eve.id);
    await ada.join('Ada');
    await namesBecome('Eve', 'Ada');
    await eve.closeTab();
    await namesBecome('Ada');
  });

  it('shows somebody without the secret without a name', async () => {
    const invite = await open();
    const otherSecret = invite.replace(/#.{43}/, `#${'A'.repeat(43)}`);
    const guest = await SocketGuest.open(otherSecret);
    await guest.join('Ada');
    await namesBecome(null);
  });

  it('holds as many as it was opened for', async () => {
    const invite = await open({ mode: '1x1', capacity: 2 });
    const guests = await Promise.all([1, 2, 3].map(() => SocketGuest.open(invite)));
    for (const [index, guest] of guests.entries()) await guest.join(`Guest ${index}`);
    expect(await guests[2]?.next('full')).toMatchObject({ type: 'full', capacity: 2 });
    await namesBecome('Guest 0', 'Guest 1');
    guests[0]?.leave();
    await namesBecome('Guest 1');
    await guests[2]?.join('Guest 2');
    await namesBecome('Guest 1', 'Guest 2');
  });

  it('tells those inside that it closes', async () => {
    const guest = await SocketGuest.open(await open());
    await guest.join('Ada');
    await namesBecome('Ada');
    await host.stop();
    await guest.next('closed');
    expect(await guest.closed).toBe(CLOSE_CODES.closed);
  });

  it('refuses the link of the hosting before', async () => {
    const old = await open();
    const { port } = status();
    await host.stop();
    await open({ port });
    await expect(SocketGuest.open(old)).rejects.toThrow(`closed with ${CLOSE_CODES['auth-failed']}`);
  });
});

describe('links and people', () => {
  const refused = `closed with ${CLOSE_CODES['auth-failed']}`;

  it('a new link shuts the old one and leaves those inside, whose names still open', async () => {
    const old = await open();
    const ada = await SocketGuest.open(old);
    await ada.join('Ada');
    await namesBecome('Ada');
    expect((await host.room({ type: 'new-link' })).ok).toBe(true);
    await expect(SocketGuest.open(old)).rejects.toThrow(refused);
    const eve = await SocketGuest.open(status().local.invite);
    await eve.join('Eve');
    await namesBecome('Ada', 'Eve');
    await ada.join('Ada Lovelace');
    await namesBecome('Ada Lovelace', 'Eve');
  });

  it('an invitation for one person is gone from the snapshot once it is used', async () => {
    await open();
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    const invite = status().invitations[0]?.link.invite ?? '';
    const [ada, eve] = [await SocketGuest.open(invite), await SocketGuest.open(invite)];
    await ada.join('Ada');
    await snapshotWhere(({ status: now }) => now.phase === 'live' && now.invitations.length === 0);
    expect(await eve.closed).toBe(CLOSE_CODES['auth-failed']);
    await namesBecome('Ada');
    await expect(SocketGuest.open(invite)).rejects.toThrow(refused);
    await SocketGuest.open(status().local.invite);
  });

  it('an invitation with an expiry says when, and lets in until it is revoked', async () => {
    await open();
    const beforeMs = Date.now();
    await host.room({ type: 'invite', request: { kind: 'expiring', lifetimeMs: 3_600_000 } });
    const [invitation] = status().invitations;
    if (invitation?.kind !== 'expiring') throw new Error('no invitation with an expiry');
    expect(invitation.expiresAtMs).toBeGreaterThan(beforeMs + 3_595_000);
    expect(invitation.expiresAtMs).toBeLessThan(Date.now() + 3_605_000);
    await SocketGuest.open(invitation.link.invite);
    expect((await host.room({ type: 'revoke', invitation: invitation.id })).ok).toBe(true);
    await expect(SocketGuest.open(invitation.link.invite)).rejects.toThrow(refused);
  });

  it('somebody removed gets 4411, and the room a new link, by which others come in', async () => {
    const old = await open();
    const mallory = await SocketGuest.open(old);
    await mallory.join('Mallory');
    await namesBecome('Mallory');
    expect((await host.room({ type: 'remove', participant: mallory.id })).ok).toBe(true);
    await mallory.next('kicked');
    expect(await mallory.closed).toBe(CLOSE_CODES.kicked);
    await namesBecome();
    await expect(SocketGuest.open(old)).rejects.toThrow(refused);
    const ada = await SocketGuest.open(status().local.invite);
    await ada.join('Ada');
    await namesBecome('Ada');
    expect(await host.room({ type: 'remove', participant: mallory.id })).toEqual(fail('unknown-participant'));
  });
});

describe('the public address', () => {
  it('is let in while it holds, and its successor is announced', async () => {
    await open({ tunnel: 'localhost.run' });
    const { port } = status();
    const upgrade = (origin: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
          origin,
          headers: { host: new URL(origin).host, 'user-agent': 'Mozilla/5.0' },
        });
        socket.on('error', () => {});
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => resolve(101));
        socket.on('close', reject);
      });
    expect(await upgrade('https://a.example')).toBe(421);
    tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    expect(status().public?.origin).toBe('https://a.example');
    expect(await upgrade('https://a.example')).toBe(101);
    const guest = await SocketGuest.open(status().local.invite);
    tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(await guest.next('moved')).toMatchObject({ type: 'moved', url: 'https://b.example' });
    expect(await upgrade('https://b.example')).toBe(101);
    expect(await upgrade('https://c.example')).toBe(421);
    expect((await host.addOrigin('https://c.example')).ok).toBe(true);
    expect(await upgrade('https://c.example')).toBe(101);
  });
});

describe('what can go wrong', () => {
  it('is a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await host.start({ ...OPTIONS, port })).toEqual(fail('port-in-use'));
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'port-in-use' });
    other.close();
    await once(other, 'close');
    expect((await host.start({ ...OPTIONS, port })).ok).toBe(true);
  });

  it('is a page that is missing', async () => {
    await rm(path.join(folder, 'page'), { recursive: true });
    expect(await host.start(OPTIONS)).toEqual(fail('page-missing'));
  });

  it.each<[string, (data: string) => Promise<unknown>]>([
    ['that is a file', (data) => writeFile(data, 'a file in the way')],
    ['that is a link to nowhere', (data) => symlink(path.join(data, 'gone', 'for', 'good'), data)],
    ['that is a link to itself', (data) => symlink(data, data)],
    [
      'with a folder in the certificate’s place',
      (data) => mkdir(path.join(data, 'certificate.pem'), { recursive: true }),
    ],
  ])('is a data folder %s, which is said and keeps nobody from talking', async (_, make) => {
    await make(path.join(folder, 'data'));
    await open();
    expect(host.snapshot.notices).toEqual(['data-folder-unusable']);
    expect((await fetch(new URL('/healthz', status().local.invite))).ok).toBe(true);
  });

  it('is a damaged certificate, which is made anew with a notice', async () => {
    await mkdir(path.join(folder, 'data'));
    await writeFile(path.join(folder, 'data', 'certificate.pem'), 'not a certificate');
    await open();
    expect(host.snapshot.notices).toEqual(['certificate-renewed']);
  });

  it('is a second start, or a stop in the middle of the first', async () => {
    const first = host.start(OPTIONS);
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    await snapshotWhere(({ status: now }) => now.phase === 'starting' && now.step === 'server');
    expect((await host.stop()).ok).toBe(true);
    expect(await first).toEqual(fail('not-live'));
    expect(host.snapshot.status).toEqual({ phase: 'idle' });
    await open();
  });
});
