/** Holds the host to its state machine, its undoing and its snapshots, with fakes. */

import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../main/common/logger.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { HostController } from '../../../../main/host/host-controller.ts';
import type { ServerCertificate } from '../../../../main/server/certificate.ts';
import { FakeDependencies, OPTIONS } from '../../../support/host/fake-dependencies.ts';
import { liveHost, setUpHost } from '../../../support/host/host-rig.ts';
import { MemorySettings } from '../../../support/host/memory-settings.ts';
import { settle } from '../../../support/time/manual-time.ts';

describe('starting', () => {
  it('goes through its steps, each with a higher revision', async () => {
    const { host, snapshots } = setUpHost();
    await host.start(OPTIONS);
    expect(snapshots.map(({ status }) => ('step' in status ? status.step : status.phase))).toEqual([
      'certificate',
      'server',
      'live',
    ]);
    expect(snapshots.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('gives the server the tokens and the link both, the server never the secret', async () => {
    const { dependencies, status } = await liveHost({ port: 0 });
    const [secret] = dependencies.secrets;
    const { start } = dependencies.server;
    expect(secret).toHaveLength(32);
    const token = dependencies.server.list[0]?.token ?? new Uint8Array();
    expect(token).toHaveLength(16);
    expect(JSON.stringify(start)).not.toContain(JSON.stringify(secret));
    expect(status().port).toBe(50_000);
    expect(status().local).toEqual({
      origin: 'http://localhost:50000',
      invite: `http://localhost:50000/#${Buffer.from(secret ?? []).toString('base64url')}.${Buffer.from(token).toString('base64url')}`,
    });
  });

  it('makes a new secret and a new token for each hosting', async () => {
    const { dependencies, host, status } = await liveHost();
    const first = status().local.invite;
    await host.stop();
    await host.start(OPTIONS);
    expect(status().local.invite).not.toBe(first);
    expect(dependencies.secrets).toHaveLength(2);
  });

  it('passes capacity and ICE servers on', async () => {
    const rig = setUpHost();
    const iceServers = [{ urls: 'stun:192.0.2.9' }];
    await rig.host.setPreferences({ iceServers });
    await rig.host.start({ ...OPTIONS, mode: '1x1', capacity: 2 });
    expect(rig.dependencies.server.start).toMatchObject({ capacity: 2, iceServers });
  });

  it('is refused while another start runs, while live and while stopping', async () => {
    const { dependencies, host } = setUpHost();
    const first = host.start(OPTIONS);
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    expect((await first).ok).toBe(true);
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    const stopping = host.stop();
    expect(await host.start(OPTIONS)).toEqual(fail('busy'));
    await stopping;
    expect(dependencies.servers).toHaveLength(1);
  });

  it('refuses options that do not fit and stays as it was', async () => {
    const { host, phases } = setUpHost();
    expect(await host.start({ ...OPTIONS, mode: '1x1' })).toEqual(fail('bad-options'));
    expect(await host.start({ ...OPTIONS, origins: ['http://a.example'] })).toEqual(fail('bad-origin'));
    expect(phases()).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('says why and can be tried again', async () => {
    const { dependencies, host } = setUpHost();
    dependencies.startServer = async () => fail('port-in-use');
    expect(await host.start(OPTIONS)).toEqual(fail('port-in-use'));
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'port-in-use' });
    dependencies.startServer = FakeDependencies.prototype.startServer;
    expect((await host.start(OPTIONS)).ok).toBe(true);
  });

  it('tells a certificate that cannot be made', async () => {
    const { dependencies, host } = setUpHost();
    dependencies.loadCertificate = () => Promise.reject(new Error('no such curve'));
    expect(await host.start(OPTIONS)).toEqual(fail('certificate-failed'));
    expect(dependencies.servers).toEqual([]);
  });

  it('undoes the server when a later step breaks', async () => {
    const { dependencies, host } = setUpHost();
    dependencies.createTunnel = () => {
      throw new Error('no');
    };
    expect(await host.start({ ...OPTIONS, tunnel: 'cloudflared' })).toEqual(fail('internal'));
    expect(dependencies.server.stops).toBe(1);
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'internal' });
  });

  it('is put away by stop', async () => {
    const { dependencies, host } = setUpHost();
    dependencies.startServer = async () => fail('port-denied');
    await host.start(OPTIONS);
    expect(await host.stop()).toEqual({ ok: true, value: null });
    expect(host.snapshot.status).toEqual({ phase: 'idle' });
  });
});

describe('stopping', () => {
  it('ends the server before the tunnel, and both once', async () => {
    const { dependencies, host, phases } = await liveHost({ tunnel: 'localhost.run' });
    const outcomes = await Promise.all([host.stop(), host.stop()]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    await host.stop();
    expect(dependencies.calls).toEqual(['server-stop', 'tunnel-stop']);
    expect(phases().slice(-2)).toEqual(['stopping', 'idle']);
  });

  it('ends the tunnel even if the server cannot be ended', async () => {
    const { dependencies, host } = await liveHost({ tunnel: 'localhost.run' });
    dependencies.server.stopFails = true;
    expect((await host.stop()).ok).toBe(true);
    expect(dependencies.calls).toEqual(['server-stop', 'tunnel-stop']);
  });

  it('cuts into the first step', async () => {
    const { dependencies, host, phases } = setUpHost();
    let finish: (certificate: ServerCertificate) => void = () => {};
    dependencies.loadCertificate = () => new Promise((resolve) => (finish = resolve));
    const starting = host.start(OPTIONS);
    await settle();
    const stopping = host.stop();
    finish({ cert: '', key: '', fingerprint: dependencies.fingerprint, renewed: false, saved: true });
    expect(await starting).toEqual(fail('not-live'));
    expect((await stopping).ok).toBe(true);
    expect(dependencies.servers).toEqual([]);
    expect(phases()).toEqual(['starting', 'stopping', 'idle']);
  });

  it('aborts a server that is coming up, and ends one that came up all the same', async () => {
    const { dependencies, host, phases } = setUpHost();
    const started = FakeDependencies.prototype.startServer.bind(dependencies);
    dependencies.startServer = (start, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(started(start, signal))));
    const starting = host.start({ ...OPTIONS, tunnel: 'localhost.run' });
    await settle();
    await host.stop();
    expect(await starting).toEqual(fail('not-live'));
    expect(dependencies.server.stops).toBe(1);
    expect(dependencies.tunnels).toEqual([]);
    expect(phases()).toEqual(['starting', 'starting', 'stopping', 'idle']);
  });

  it.each(['certificate', 'server', 'live'])('may come from a listener that hears of %s', async (at) => {
    const { host, dependencies } = setUpHost();
    let stopped: Promise<unknown> | null = null;
    host.onSnapshot(({ status }) => {
      if (stopped === null && ('step' in status ? status.step : status.phase) === at) stopped = host.stop();
    });
    await host.start(OPTIONS);
    await stopped;
    expect(host.snapshot.status.phase).toBe('idle');
    expect(dependencies.servers.every(({ stops }) => stops === 1)).toBe(true);
  });

  it('is waited for by whoever asks again as it begins', async () => {
    const { dependencies, host } = await liveHost();
    await host.stop();
    await host.start(OPTIONS);
    let again: Promise<number> | null = null;
    host.onSnapshot(({ status }) => {
      if (status.phase === 'stopping') again = host.stop().then(() => dependencies.server.stops);
    });
    await host.stop();
    expect(await again).toBe(1);
  });

  it('is silent about what the tunnel says afterwards', async () => {
    const { dependencies, host, snapshots } = await liveHost({ tunnel: 'localhost.run' });
    await host.stop();
    const heard = snapshots.length;
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://late.example' });
    dependencies.server.tellRoster([]);
    await settle();
    expect(snapshots).toHaveLength(heard);
    expect(dependencies.server.origins?.tunnel).toBeNull();
  });
});

describe('the tunnel', () => {
  it('is none when none was asked for', async () => {
    const { dependencies, status } = await liveHost();
    expect(dependencies.tunnels).toEqual([]);
    expect(status()).toMatchObject({ tunnel: { phase: 'off' }, public: null, others: [] });
  });

  it('gives the public link while it is connected', async () => {
    const { dependencies, status } = await liveHost({ tunnel: 'localhost.run' });
    expect(status().tunnel).toEqual({ phase: 'connecting' });
    expect(dependencies.tunnel.starts).toBe(1);
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const fragment = new URL(status().local.invite).hash;
    expect(status().public).toEqual({ origin: 'https://a.example', invite: `https://a.example/${fragment}` });
    expect(dependencies.server.origins).toEqual({ tunnel: 'https://a.example', added: [] });
    expect(dependencies.server.moved).toEqual([]);
  });

  it('keeps its address allowed while it is being restored, and announces another one', async () => {
    const { dependencies, status } = await liveHost({ tunnel: 'localhost.run' });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    dependencies.tunnel.tell({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
    expect(status().public).toBeNull();
    expect(status().tunnel).toEqual({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
    expect(status().former?.origin).toBe('https://a.example');
    expect(dependencies.server.origins?.tunnel).toBe('https://a.example');
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    expect(dependencies.server.moved).toEqual([]);
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(dependencies.server.moved).toEqual(['https://b.example']);
    expect(dependencies.server.origins?.tunnel).toBe('https://b.example');
    expect(status().former?.origin).toBe('https://a.example');
  });

  it('may fail without the room', async () => {
    const { dependencies, host, status } = await liveHost({ tunnel: 'cloudflared' });
    dependencies.tunnel.tell({ phase: 'failed', code: 'cloudflared-not-found' });
    expect(status()).toMatchObject({ tunnel: { phase: 'failed' }, public: null });
    expect((await host.stop()).ok).toBe(true);
  });
});

describe('the snapshot', () => {
  it('names who is in', async () => {
    const { dependencies, status } = await liveHost();
    const id = Buffer.alloc(16, 7).toString('base64url');
    dependencies.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settle();
    expect(status().participants).toEqual([{ id, name: 'name 3', reports: 0 }]);
  });

  it('tells how many have not joined, and whom others report', async () => {
    const { dependencies, snapshots, status } = await liveHost();
    const id = Buffer.alloc(16, 7).toString('base64url');
    dependencies.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settle();
    dependencies.server.tellAttendance({
      onlookers: 3,
      reports: new Map([
        [id, 2],
        ['gone', 1],
      ]),
    });
    expect(status()).toMatchObject({ onlookers: 3, participants: [{ id, reports: 2 }] });
    expect(snapshots.at(-1)?.status).toEqual(status());
  });

  it('tells how the door stands, and who waits there by the name that was sealed, nobody before and after', async () => {
    const { dependencies, host, status } = await liveHost({ ...OPTIONS, lobby: true });
    expect(status()).toMatchObject({ locked: false, lobby: true, waiting: [], waitingCount: 0 });
    const [anna, ben] = [1, 2].map((value) => ({
      id: Buffer.alloc(16, value).toString('base64url'),
      name: Buffer.from([value]).toString('base64url'),
    }));
    if (!anna || !ben) throw new Error('nobody');
    const door = { locked: false, lobby: true };
    dependencies.server.tellAttendance({ door, waiting: [anna, ben], waitingCount: 40 });
    expect(status()).toMatchObject({ waiting: [], waitingCount: 40 });
    await settle();
    expect(status().waiting).toEqual([
      { id: anna.id, name: 'name 1' },
      { id: ben.id, name: 'name 2' },
    ]);
    dependencies.server.tellAttendance({ door: { ...door, locked: true }, waiting: [ben], waitingCount: 1 });
    expect(status()).toMatchObject({ locked: true, waiting: [{ id: ben.id }], waitingCount: 1 });
    await host.room({ type: 'admit', participant: ben.id });
    expect(dependencies.server.asked).toEqual([{ type: 'admit', participant: ben.id }]);
  });

  it('has files allowed or not as it was started, and as the room says from then on', async () => {
    const { dependencies, host, status } = await liveHost({ ...OPTIONS, files: false });
    expect([dependencies.server.start.files, status().files]).toEqual([false, false]);
    await host.room({ type: 'files', on: true });
    expect(dependencies.server.asked).toEqual([{ type: 'files', on: true }]);
    dependencies.server.tellAttendance({ files: true });
    expect(status().files).toBe(true);
  });

  it('carries notices', async () => {
    const settings = new MemorySettings();
    settings.damaged = true;
    settings.newer = true;
    const dependencies = new FakeDependencies();
    dependencies.renewed = true;
    const host = new HostController({
      dependencies,
      settings,
      logger: silentLogger,
      systemLanguage: 'en',
      turnServers: [],
      notices: [],
      turnStore: null,
    });
    expect(host.snapshot.notices).toEqual(['settings-damaged', 'settings-newer-version']);
    await host.start(OPTIONS);
    settings.diskFails = true;
    expect(await host.setPreferences({ port: 1 })).toEqual({ ok: true, value: null });
    expect(host.snapshot.notices.slice(2)).toEqual(['certificate-renewed', 'settings-not-saved']);
  });

  it('says once that nothing can be saved, and hosts all the same', async () => {
    const settings = new MemorySettings();
    settings.diskFails = true;
    const dependencies = new FakeDependencies();
    dependencies.saved = false;
    const setup = {
      ...{ dependencies, settings, logger: silentLogger, systemLanguage: 'en' as const },
      ...{ turnServers: [], turnStore: null, notices: [] },
    };
    const host = new HostController({ ...setup, notices: ['data-folder-unusable'] });
    expect(host.snapshot.notices).toEqual(['data-folder-unusable']);
    expect(await host.start(OPTIONS)).toEqual(ok(null));
    expect(await host.setPreferences({ port: 1 })).toEqual(ok(null));
    expect(host.snapshot.notices).toEqual(['data-folder-unusable']);
    const later = new HostController(setup);
    await later.start(OPTIONS);
    expect(later.snapshot.notices).toEqual(['data-folder-unusable']);
  });

  it('follows the preferences and their language', async () => {
    const { host, snapshots } = setUpHost();
    expect(host.snapshot.language).toBe('ru');
    expect(await host.setPreferences({ language: 'en', capacity: 3 })).toEqual({ ok: true, value: null });
    expect(snapshots.at(-1)).toMatchObject({ language: 'en', preferences: { capacity: 3 } });
    expect(await host.setPreferences({ capacity: 99 })).toEqual(fail('bad-options'));
    expect(host.snapshot.preferences.capacity).toBe(3);
  });
});
