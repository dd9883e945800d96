/** Holds the host to its state machine, its undoing, its links and its snapshots, with fake parts. */

import { describe, expect, it } from 'vitest';
import type { HostOptions, HostSnapshot } from '../../../../main/common/host-api/host-api.ts';
import { silentLogger } from '../../../../main/common/logger.ts';
import { fail } from '../../../../main/common/result.ts';
import type { HostCertificate } from '../../../../main/host/dependencies.ts';
import { HostController } from '../../../../main/host/host-controller.ts';
import { FakeParts, OPTIONS } from '../../../support/host/fake-parts.ts';
import { MemorySettings } from '../../../support/host/memory-settings.ts';

function setUp() {
  const parts = new FakeParts();
  const settings = new MemorySettings();
  const host = new HostController({ parts, settings, logger: silentLogger, systemLanguage: 'ru' });
  const snapshots: HostSnapshot[] = [];
  host.onSnapshot((snapshot) => snapshots.push(snapshot));
  const phases = () => snapshots.map(({ status }) => status.phase);
  return { parts, settings, host, snapshots, phases };
}

async function live(options: Partial<HostOptions> = {}) {
  const rig = setUp();
  expect(await rig.host.start({ ...OPTIONS, ...options })).toEqual({ ok: true, value: null });
  const status = () => {
    const { status: now } = rig.host.snapshot;
    if (now.phase !== 'live') throw new Error(now.phase);
    return now;
  };
  return { ...rig, status };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('starting', () => {
  it('goes through its steps, each with a higher revision', async () => {
    const { host, snapshots } = setUp();
    await host.start(OPTIONS);
    expect(snapshots.map(({ status }) => ('step' in status ? status.step : status.phase))).toEqual([
      'certificate',
      'server',
      'live',
    ]);
    expect(snapshots.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('gives the server the tokens and the link both, the server never the secret', async () => {
    const { parts, status } = await live({ port: 0 });
    const [secret] = parts.secrets;
    const { start } = parts.server;
    expect(secret).toHaveLength(32);
    const token = parts.server.list[0]?.token ?? new Uint8Array();
    expect(token).toHaveLength(16);
    expect(JSON.stringify(start)).not.toContain(JSON.stringify(secret));
    expect(status().port).toBe(50_000);
    expect(status().local).toEqual({
      origin: 'http://localhost:50000',
      invite: `http://localhost:50000/#${Buffer.from(secret ?? []).toString('base64url')}.${Buffer.from(token).toString('base64url')}`,
    });
  });

  it('makes a new secret and a new token for each hosting', async () => {
    const { parts, host, status } = await live();
    const first = status().local.invite;
    await host.stop();
    await host.start(OPTIONS);
    expect(status().local.invite).not.toBe(first);
    expect(parts.secrets).toHaveLength(2);
  });

  it('passes capacity and ICE servers on', async () => {
    const rig = setUp();
    const iceServers = [{ urls: 'stun:192.0.2.9' }];
    await rig.host.setPreferences({ iceServers });
    await rig.host.start({ ...OPTIONS, mode: '1x1', capacity: 2 });
    expect(rig.parts.server.start).toMatchObject({ capacity: 2, iceServers });
  });

  it('is refused while another start runs, while live and while stopping', async () => {
    const { parts, host } = setUp();
    const first = host.start(OPTIONS);
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    expect((await first).ok).toBe(true);
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    const stopping = host.stop();
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    await stopping;
    expect(parts.servers).toHaveLength(1);
  });

  it('refuses options that do not fit and stays as it was', async () => {
    const { host, phases } = setUp();
    expect(await host.start({ ...OPTIONS, mode: '1x1' })).toEqual(fail('bad-options'));
    expect(await host.start({ ...OPTIONS, origins: ['http://a.example'] })).toEqual(fail('bad-origin'));
    expect(phases()).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('says why and can be tried again', async () => {
    const { parts, host } = setUp();
    parts.startServer = async () => fail('port-in-use');
    expect(await host.start(OPTIONS)).toEqual(fail('port-in-use'));
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'port-in-use' });
    parts.startServer = FakeParts.prototype.startServer;
    expect((await host.start(OPTIONS)).ok).toBe(true);
  });

  it('tells a certificate that cannot be made', async () => {
    const { parts, host } = setUp();
    parts.loadCertificate = () => Promise.reject(new Error('no such curve'));
    expect(await host.start(OPTIONS)).toEqual(fail('certificate-failed'));
    const readOnly = Object.assign(new Error('read-only'), { code: 'EROFS', syscall: 'open' });
    parts.loadCertificate = () => Promise.reject(readOnly);
    expect(await host.start(OPTIONS)).toEqual(fail('data-folder-unusable'));
    expect(parts.servers).toEqual([]);
  });

  it('undoes the server when a later step breaks', async () => {
    const { parts, host } = setUp();
    parts.createTunnel = () => {
      throw new Error('no');
    };
    expect(await host.start({ ...OPTIONS, tunnel: 'cloudflared' })).toEqual(fail('internal'));
    expect(parts.server.stops).toBe(1);
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'internal' });
  });

  it('is put away by stop', async () => {
    const { parts, host } = setUp();
    parts.startServer = async () => fail('port-denied');
    await host.start(OPTIONS);
    expect(await host.stop()).toEqual({ ok: true, value: null });
    expect(host.snapshot.status).toEqual({ phase: 'idle' });
  });
});

describe('stopping', () => {
  it('ends the server before the tunnel, and both once', async () => {
    const { parts, host, phases } = await live({ tunnel: 'localhost.run' });
    const outcomes = await Promise.all([host.stop(), host.stop()]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    await host.stop();
    expect(parts.calls).toEqual(['server-stop', 'tunnel-stop']);
    expect(phases().slice(-2)).toEqual(['stopping', 'idle']);
  });

  it('ends the tunnel even if the server cannot be ended', async () => {
    const { parts, host } = await live({ tunnel: 'localhost.run' });
    parts.server.stopFails = true;
    expect((await host.stop()).ok).toBe(true);
    expect(parts.calls).toEqual(['server-stop', 'tunnel-stop']);
  });

  it('cuts into the first step', async () => {
    const { parts, host, phases } = setUp();
    let finish: (certificate: HostCertificate & { renewed: boolean }) => void = () => {};
    parts.loadCertificate = () => new Promise((resolve) => (finish = resolve));
    const starting = host.start(OPTIONS);
    await settled();
    const stopping = host.stop();
    finish({ cert: '', key: '', renewed: false });
    expect(await starting).toEqual(fail('not-live'));
    expect((await stopping).ok).toBe(true);
    expect(parts.servers).toEqual([]);
    expect(phases()).toEqual(['starting', 'stopping', 'idle']);
  });

  it('aborts a server that is coming up, and ends one that came up all the same', async () => {
    const { parts, host, phases } = setUp();
    const started = FakeParts.prototype.startServer.bind(parts);
    parts.startServer = (start, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(started(start, signal))));
    const starting = host.start({ ...OPTIONS, tunnel: 'localhost.run' });
    await settled();
    await host.stop();
    expect(await starting).toEqual(fail('not-live'));
    expect(parts.server.stops).toBe(1);
    expect(parts.tunnels).toEqual([]);
    expect(phases()).toEqual(['starting', 'starting', 'stopping', 'idle']);
  });

  it.each(['certificate', 'server', 'live'])('may come from a listener that hears of %s', async (at) => {
    const { host, parts } = setUp();
    let stopped: Promise<unknown> | null = null;
    host.onSnapshot(({ status }) => {
      if (stopped === null && ('step' in status ? status.step : status.phase) === at) stopped = host.stop();
    });
    await host.start(OPTIONS);
    await stopped;
    expect(host.snapshot.status.phase).toBe('idle');
    expect(parts.servers.every(({ stops }) => stops === 1)).toBe(true);
  });

  it('is waited for by whoever asks again as it begins', async () => {
    const { parts, host } = await live();
    await host.stop();
    await host.start(OPTIONS);
    let again: Promise<number> | null = null;
    host.onSnapshot(({ status }) => {
      if (status.phase === 'stopping') again = host.stop().then(() => parts.server.stops);
    });
    await host.stop();
    expect(await again).toBe(1);
  });

  it('is silent about what the tunnel says afterwards', async () => {
    const { parts, host, snapshots } = await live({ tunnel: 'localhost.run' });
    await host.stop();
    const heard = snapshots.length;
    parts.tunnel.tell({ phase: 'connected', url: 'https://late.example' });
    parts.server.tellRoster([]);
    await settled();
    expect(snapshots).toHaveLength(heard);
    expect(parts.server.origins?.tunnel).toBeNull();
  });
});

describe('the tunnel', () => {
  it('is none when none was asked for', async () => {
    const { parts, status } = await live();
    expect(parts.tunnels).toEqual([]);
    expect(status()).toMatchObject({ tunnel: { phase: 'off' }, public: null, others: [] });
  });

  it('gives the public link while it is connected', async () => {
    const { parts, status } = await live({ tunnel: 'localhost.run' });
    expect(status().tunnel).toEqual({ phase: 'connecting' });
    expect(parts.tunnel.starts).toBe(1);
    parts.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const fragment = new URL(status().local.invite).hash;
    expect(status().public).toEqual({ origin: 'https://a.example', invite: `https://a.example/${fragment}` });
    expect(parts.server.origins).toEqual({ tunnel: 'https://a.example', added: [] });
    expect(parts.server.moved).toEqual([]);
  });

  it('keeps its address allowed while it is being restored, and announces another one', async () => {
    const { parts, status } = await live({ tunnel: 'localhost.run' });
    parts.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    parts.tunnel.tell({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
    expect(status().public).toBeNull();
    expect(status().tunnel).toEqual({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
    expect(parts.server.origins?.tunnel).toBe('https://a.example');
    parts.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    expect(parts.server.moved).toEqual([]);
    parts.tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(parts.server.moved).toEqual(['https://b.example']);
    expect(parts.server.origins?.tunnel).toBe('https://b.example');
  });

  it('may fail without the room', async () => {
    const { parts, host, status } = await live({ tunnel: 'cloudflared' });
    parts.tunnel.tell({ phase: 'failed', code: 'cloudflared-not-found' });
    expect(status()).toMatchObject({ tunnel: { phase: 'failed' }, public: null });
    expect((await host.stop()).ok).toBe(true);
  });
});

describe('addresses added by hand', () => {
  it('are links, the first one the public one while there is no tunnel', async () => {
    const { parts, host, status } = await live({
      tunnel: 'localhost.run',
      origins: ['https://a.example', 'https://b.example'],
    });
    expect(parts.server.origins).toEqual({ tunnel: null, added: ['https://a.example', 'https://b.example'] });
    expect(status().public?.origin).toBe('https://a.example');
    expect(status().others.map(({ origin }) => origin)).toEqual(['https://b.example']);
    parts.tunnel.tell({ phase: 'connected', url: 'https://t.example' });
    expect(status().public?.origin).toBe('https://t.example');
    expect(await host.addOrigin('https://C.example/')).toEqual({ ok: true, value: null });
    expect(await host.addOrigin('https://c.example')).toEqual({ ok: true, value: null });
    expect(status().others.map(({ origin }) => origin)).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
    expect(parts.server.origins?.added).toHaveLength(3);
  });

  it('are refused when they are none, when there are too many, and when nobody hosts', async () => {
    const { host, status } = await live();
    expect(await host.addOrigin('http://a.example')).toEqual(fail('bad-origin'));
    for (let index = 0; index < 16; index++) await host.addOrigin(`https://a${index}.example`);
    expect(await host.addOrigin('https://b.example')).toEqual(fail('bad-origin'));
    expect(status().others).toHaveLength(15);
    await host.stop();
    expect(await host.addOrigin('https://a.example')).toEqual(fail('not-live'));
  });

  it('stand before the addresses of the local network', async () => {
    const { status } = await live({ lan: true, origins: ['https://a.example', 'https://b.example'] });
    expect(status().others.map(({ origin }) => origin)).toEqual([
      'https://b.example',
      'https://192.0.2.7:8790',
    ]);
  });
});

describe('links and people', () => {
  const HOUR_MS = 3_600_000;
  const fragment = (invite: string) => new URL(invite).hash;

  it('gives every address the new link, and keeps the secret', async () => {
    const { parts, host, snapshots, status } = await live({ lan: true, origins: ['https://a.example'] });
    const before = status();
    expect(await host.newLink()).toEqual({ ok: true, value: null });
    const after = status();
    expect(snapshots.at(-1)?.status).toEqual(after);
    const fragments = [after.local, after.public, ...after.others].map((link) =>
      fragment(link?.invite ?? ''),
    );
    expect(new Set(fragments).size).toBe(1);
    expect(fragments[0]).not.toBe(fragment(before.local.invite));
    expect(fragments[0]?.slice(0, 44)).toBe(fragment(before.local.invite).slice(0, 44));
    expect(parts.server.moved).toEqual([]);
  });

  it('still announces a move after it, with the new link at the new address', async () => {
    const { parts, host, status } = await live({ tunnel: 'localhost.run' });
    parts.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    await host.newLink();
    parts.tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(parts.server.moved).toEqual(['https://b.example']);
    expect(fragment(status().public?.invite ?? '')).toBe(fragment(status().local.invite));
  });

  it('lists invitations at the public address, or this computer’s, with the time of day they expire', async () => {
    const { parts, host, status } = await live({ tunnel: 'localhost.run' });
    expect(status().invitations).toEqual([]);
    await host.createInvitation({ kind: 'one-time' });
    expect(await host.createInvitation({ kind: 'expiring', lifetimeMs: HOUR_MS })).toEqual({
      ok: true,
      value: null,
    });
    const [once, hour] = status().invitations;
    expect(once).toMatchObject({ id: 2, kind: 'one-time', link: { origin: 'http://localhost:8790' } });
    expect(hour).toMatchObject({ id: 3, kind: 'expiring', expiresAtMs: parts.wallNowMs + HOUR_MS });
    parts.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const invites = status().invitations.map(({ link }) => link);
    expect(invites.map(({ origin }) => origin)).toEqual(['https://a.example', 'https://a.example']);
    const fragments = [status().local, ...invites].map(({ invite }) => fragment(invite));
    expect(new Set(fragments).size).toBe(3);
    expect(new Set(fragments.map((text) => text.slice(0, 44))).size).toBe(1);
  });

  it('refuses a lifetime that is none of the three, and more links than there may be', async () => {
    const { parts, host, status } = await live();
    expect(await host.createInvitation({ kind: 'expiring', lifetimeMs: 1 })).toEqual(fail('bad-options'));
    parts.server.isFull = true;
    expect(await host.createInvitation({ kind: 'one-time' })).toEqual(fail('too-many-links'));
    expect(status().invitations).toEqual([]);
  });

  it('revokes an invitation, once, and never the room’s own link', async () => {
    const { host, status } = await live();
    await host.createInvitation({ kind: 'one-time' });
    expect(await host.revokeInvitation(2)).toEqual({ ok: true, value: null });
    expect(status().invitations).toEqual([]);
    expect(await host.revokeInvitation(2)).toEqual(fail('unknown-invitation'));
    expect(await host.revokeInvitation(1)).toEqual(fail('unknown-invitation'));
  });

  it('removes people by id', async () => {
    const { parts, host } = await live();
    expect(await host.removeParticipant('somebody')).toEqual({ ok: true, value: null });
    expect(await host.removeParticipant('nobody')).toEqual(fail('unknown-participant'));
    expect(parts.server.removed).toEqual(['somebody', 'nobody']);
  });

  it('shuts out those who have not joined', async () => {
    const { parts, host } = await live();
    expect(await host.shutOutWaiting()).toEqual({ ok: true, value: null });
    expect(parts.server.shutOuts).toBe(1);
  });

  it('are nothing to decide about while nobody hosts', async () => {
    const { host } = setUp();
    for (const command of [
      host.newLink(),
      host.createInvitation({ kind: 'one-time' }),
      host.revokeInvitation(1),
      host.removeParticipant('x'),
      host.shutOutWaiting(),
    ])
      expect(await command).toEqual(fail('not-live'));
  });
});

describe('the snapshot', () => {
  it('names who is in', async () => {
    const { parts, status } = await live();
    const id = Buffer.alloc(16, 7).toString('base64url');
    parts.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settled();
    expect(status().participants).toEqual([{ id, name: 'name 3', reports: 0 }]);
  });

  it('tells how many have not joined, and whom others report', async () => {
    const { parts, snapshots, status } = await live();
    const id = Buffer.alloc(16, 7).toString('base64url');
    parts.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settled();
    parts.server.tellAttendance({
      waiting: 3,
      reports: new Map([
        [id, 2],
        ['gone', 1],
      ]),
    });
    expect(status()).toMatchObject({ waiting: 3, participants: [{ id, reports: 2 }] });
    expect(snapshots.at(-1)?.status).toEqual(status());
  });

  it('carries notices', async () => {
    const settings = new MemorySettings();
    settings.damaged = true;
    const parts = new FakeParts();
    parts.renewed = true;
    const host = new HostController({ parts, settings, logger: silentLogger, systemLanguage: 'en' });
    expect(host.snapshot.notices).toEqual(['settings-damaged']);
    await host.start(OPTIONS);
    settings.diskFails = true;
    expect(await host.setPreferences({ port: 1 })).toEqual({ ok: true, value: null });
    expect(host.snapshot.notices).toEqual(['settings-damaged', 'certificate-renewed', 'settings-not-saved']);
  });

  it('follows the preferences and their language', async () => {
    const { host, snapshots } = setUp();
    expect(host.snapshot.language).toBe('ru');
    expect(await host.setPreferences({ language: 'en', capacity: 3 })).toEqual({ ok: true, value: null });
    expect(snapshots.at(-1)).toMatchObject({ language: 'en', preferences: { capacity: 3 } });
    expect(await host.setPreferences({ capacity: 99 })).toEqual(fail('bad-options'));
    expect(host.snapshot.preferences.capacity).toBe(3);
  });
});
