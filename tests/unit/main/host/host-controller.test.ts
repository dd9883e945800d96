/** Holds the host to its state machine, its undoing, its links and its snapshots, with fakes. */

import { describe, expect, it } from 'vitest';
import { parseFragment } from '../../../../main/common/e2ee/invite-link.ts';
import type { HostSnapshot, InviteLink } from '../../../../main/common/host-api/snapshot.ts';
import type { TurnServer } from '../../../../main/common/host-api/turn-server.ts';
import { silentLogger } from '../../../../main/common/logger.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { HostController } from '../../../../main/host/host-controller.ts';
import type { HostOptions } from '../../../../main/host/options.ts';
import type { ServerCertificate } from '../../../../main/server/certificate.ts';
import { FakeDependencies, NOBODY_ID, OPTIONS } from '../../../support/host/fake-dependencies.ts';
import { KEPT_ROOM } from '../../../support/host/kept-rooms.ts';
import { MemorySettings } from '../../../support/host/memory-settings.ts';
import { until } from '../../../support/time/until.ts';

class MemoryTurnStore {
  servers: readonly TurnServer[] = [];
  readonly lost = false;
  diskFails = false;

  async set(servers: readonly TurnServer[]) {
    this.servers = servers;
    return this.diskFails ? fail('not-saved' as const) : ok(null);
  }
}

function setUp() {
  const dependencies = new FakeDependencies();
  const settings = new MemorySettings();
  const host = new HostController({
    dependencies,
    settings,
    logger: silentLogger,
    systemLanguage: 'ru',
    turnServers: [],
    notices: [],
    turnStore: null,
  });
  const snapshots: HostSnapshot[] = [];
  host.onSnapshot((snapshot) => snapshots.push(snapshot));
  const phases = () => snapshots.map(({ status }) => status.phase);
  return { dependencies, settings, host, snapshots, phases };
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
    const { dependencies, status } = await live({ port: 0 });
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
    const { dependencies, host, status } = await live();
    const first = status().local.invite;
    await host.stop();
    await host.start(OPTIONS);
    expect(status().local.invite).not.toBe(first);
    expect(dependencies.secrets).toHaveLength(2);
  });

  it('passes capacity and ICE servers on', async () => {
    const rig = setUp();
    const iceServers = [{ urls: 'stun:192.0.2.9' }];
    await rig.host.setPreferences({ iceServers });
    await rig.host.start({ ...OPTIONS, mode: '1x1', capacity: 2 });
    expect(rig.dependencies.server.start).toMatchObject({ capacity: 2, iceServers });
  });

  it('is refused while another start runs, while live and while stopping', async () => {
    const { dependencies, host } = setUp();
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
    const { host, phases } = setUp();
    expect(await host.start({ ...OPTIONS, mode: '1x1' })).toEqual(fail('bad-options'));
    expect(await host.start({ ...OPTIONS, origins: ['http://a.example'] })).toEqual(fail('bad-origin'));
    expect(phases()).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('says why and can be tried again', async () => {
    const { dependencies, host } = setUp();
    dependencies.startServer = async () => fail('port-in-use');
    expect(await host.start(OPTIONS)).toEqual(fail('port-in-use'));
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'port-in-use' });
    dependencies.startServer = FakeDependencies.prototype.startServer;
    expect((await host.start(OPTIONS)).ok).toBe(true);
  });

  it('tells a certificate that cannot be made', async () => {
    const { dependencies, host } = setUp();
    dependencies.loadCertificate = () => Promise.reject(new Error('no such curve'));
    expect(await host.start(OPTIONS)).toEqual(fail('certificate-failed'));
    expect(dependencies.servers).toEqual([]);
  });

  it('undoes the server when a later step breaks', async () => {
    const { dependencies, host } = setUp();
    dependencies.createTunnel = () => {
      throw new Error('no');
    };
    expect(await host.start({ ...OPTIONS, tunnel: 'cloudflared' })).toEqual(fail('internal'));
    expect(dependencies.server.stops).toBe(1);
    expect(host.snapshot.status).toEqual({ phase: 'failed', code: 'internal' });
  });

  it('is put away by stop', async () => {
    const { dependencies, host } = setUp();
    dependencies.startServer = async () => fail('port-denied');
    await host.start(OPTIONS);
    expect(await host.stop()).toEqual({ ok: true, value: null });
    expect(host.snapshot.status).toEqual({ phase: 'idle' });
  });
});

describe('stopping', () => {
  it('ends the server before the tunnel, and both once', async () => {
    const { dependencies, host, phases } = await live({ tunnel: 'localhost.run' });
    const outcomes = await Promise.all([host.stop(), host.stop()]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    await host.stop();
    expect(dependencies.calls).toEqual(['server-stop', 'tunnel-stop']);
    expect(phases().slice(-2)).toEqual(['stopping', 'idle']);
  });

  it('ends the tunnel even if the server cannot be ended', async () => {
    const { dependencies, host } = await live({ tunnel: 'localhost.run' });
    dependencies.server.stopFails = true;
    expect((await host.stop()).ok).toBe(true);
    expect(dependencies.calls).toEqual(['server-stop', 'tunnel-stop']);
  });

  it('cuts into the first step', async () => {
    const { dependencies, host, phases } = setUp();
    let finish: (certificate: ServerCertificate) => void = () => {};
    dependencies.loadCertificate = () => new Promise((resolve) => (finish = resolve));
    const starting = host.start(OPTIONS);
    await settled();
    const stopping = host.stop();
    finish({ cert: '', key: '', fingerprint: dependencies.fingerprint, renewed: false, saved: true });
    expect(await starting).toEqual(fail('not-live'));
    expect((await stopping).ok).toBe(true);
    expect(dependencies.servers).toEqual([]);
    expect(phases()).toEqual(['starting', 'stopping', 'idle']);
  });

  it('aborts a server that is coming up, and ends one that came up all the same', async () => {
    const { dependencies, host, phases } = setUp();
    const started = FakeDependencies.prototype.startServer.bind(dependencies);
    dependencies.startServer = (start, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(started(start, signal))));
    const starting = host.start({ ...OPTIONS, tunnel: 'localhost.run' });
    await settled();
    await host.stop();
    expect(await starting).toEqual(fail('not-live'));
    expect(dependencies.server.stops).toBe(1);
    expect(dependencies.tunnels).toEqual([]);
    expect(phases()).toEqual(['starting', 'starting', 'stopping', 'idle']);
  });

  it.each(['certificate', 'server', 'live'])('may come from a listener that hears of %s', async (at) => {
    const { host, dependencies } = setUp();
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
    const { dependencies, host } = await live();
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
    const { dependencies, host, snapshots } = await live({ tunnel: 'localhost.run' });
    await host.stop();
    const heard = snapshots.length;
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://late.example' });
    dependencies.server.tellRoster([]);
    await settled();
    expect(snapshots).toHaveLength(heard);
    expect(dependencies.server.origins?.tunnel).toBeNull();
  });
});

describe('the tunnel', () => {
  it('is none when none was asked for', async () => {
    const { dependencies, status } = await live();
    expect(dependencies.tunnels).toEqual([]);
    expect(status()).toMatchObject({ tunnel: { phase: 'off' }, public: null, others: [] });
  });

  it('gives the public link while it is connected', async () => {
    const { dependencies, status } = await live({ tunnel: 'localhost.run' });
    expect(status().tunnel).toEqual({ phase: 'connecting' });
    expect(dependencies.tunnel.starts).toBe(1);
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const fragment = new URL(status().local.invite).hash;
    expect(status().public).toEqual({ origin: 'https://a.example', invite: `https://a.example/${fragment}` });
    expect(dependencies.server.origins).toEqual({ tunnel: 'https://a.example', added: [] });
    expect(dependencies.server.moved).toEqual([]);
  });

  it('keeps its address allowed while it is being restored, and announces another one', async () => {
    const { dependencies, status } = await live({ tunnel: 'localhost.run' });
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
    const { dependencies, host, status } = await live({ tunnel: 'cloudflared' });
    dependencies.tunnel.tell({ phase: 'failed', code: 'cloudflared-not-found' });
    expect(status()).toMatchObject({ tunnel: { phase: 'failed' }, public: null });
    expect((await host.stop()).ok).toBe(true);
  });
});

describe('addresses added by hand', () => {
  it('are links, the first one the public one while there is no tunnel', async () => {
    const { dependencies, host, status } = await live({
      tunnel: 'localhost.run',
      origins: ['https://a.example', 'https://b.example'],
    });
    expect(dependencies.server.origins).toEqual({
      tunnel: null,
      added: ['https://a.example', 'https://b.example'],
    });
    expect(status().public?.origin).toBe('https://a.example');
    expect(status().others.map(({ origin }) => origin)).toEqual(['https://b.example']);
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://t.example' });
    expect(status().public?.origin).toBe('https://t.example');
    expect(await host.addOrigin('https://C.example/')).toEqual({ ok: true, value: null });
    expect(await host.addOrigin('https://c.example')).toEqual({ ok: true, value: null });
    expect(status().others.map(({ origin }) => origin)).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
    expect(dependencies.server.origins?.added).toHaveLength(3);
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

describe('the certificate in a link', () => {
  const certificateAt = (link: InviteLink | null | undefined) =>
    parseFragment(new URL(link?.invite ?? '').hash)?.certificate;

  it('stands where nobody else vouches for it, at the addresses of the local network, and nowhere else', async () => {
    const { dependencies, host, status } = await live({
      lan: true,
      tunnel: 'localhost.run',
      origins: ['https://a.example', 'https://b.example'],
    });
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://c.example' });
    const { local, public: outside, others, invitations } = status();
    expect(others.map(certificateAt)).toEqual([null, null, dependencies.fingerprint]);
    expect([local, outside, invitations[0]?.link].map(certificateAt)).toEqual([null, null, null]);
  });

  it('stands there too where such an address was added by hand and is the one to send', async () => {
    const { dependencies, status } = await live({ lan: true, origins: ['https://192.0.2.7:8790'] });
    expect(certificateAt(status().public)).toEqual(dependencies.fingerprint);
    expect(status().others).toEqual([]);
  });
});

describe('links and people', () => {
  const HOUR_MS = 3_600_000;
  const fragment = (invite: string) => new URL(invite).hash;

  it('gives every address the new link, and keeps the secret', async () => {
    const { dependencies, host, snapshots, status } = await live({
      lan: true,
      origins: ['https://a.example'],
    });
    const before = status();
    expect(await host.room({ type: 'new-link' })).toEqual({ ok: true, value: null });
    const after = status();
    expect(snapshots.at(-1)?.status).toEqual(after);
    const fragments = [after.local, after.public, ...after.others].map((link) =>
      fragment(link?.invite ?? '').slice(0, 67),
    );
    expect(new Set(fragments).size).toBe(1);
    expect(fragments[0]).not.toBe(fragment(before.local.invite));
    expect(fragments[0]?.slice(0, 44)).toBe(fragment(before.local.invite).slice(0, 44));
    expect(dependencies.server.moved).toEqual([]);
  });

  it('still announces a move after it, with the new link at the new address', async () => {
    const { dependencies, host, status } = await live({ tunnel: 'localhost.run' });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    await host.room({ type: 'new-link' });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(dependencies.server.moved).toEqual(['https://b.example']);
    expect(fragment(status().public?.invite ?? '')).toBe(fragment(status().local.invite));
  });

  it('lists invitations at the public address, or this computer’s, with the time of day they expire', async () => {
    const { dependencies, host, status } = await live({ tunnel: 'localhost.run' });
    expect(status().invitations).toEqual([]);
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    expect(await host.room({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } })).toEqual({
      ok: true,
      value: null,
    });
    const [once, hour] = status().invitations;
    expect(once).toMatchObject({ id: 2, kind: 'one-time', link: { origin: 'http://localhost:8790' } });
    expect(hour).toMatchObject({ id: 3, kind: 'expiring', expiresAtMs: dependencies.wallNowMs + HOUR_MS });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const invites = status().invitations.map(({ link }) => link);
    expect(invites.map(({ origin }) => origin)).toEqual(['https://a.example', 'https://a.example']);
    const fragments = [status().local, ...invites].map(({ invite }) => fragment(invite));
    expect(new Set(fragments).size).toBe(3);
    expect(new Set(fragments.map((text) => text.slice(0, 44))).size).toBe(1);
  });

  it('refuses a lifetime that is none of the three, and more links than there may be', async () => {
    const { dependencies, host, status } = await live();
    expect(await host.room({ type: 'invite', request: { kind: 'expiring', lifetimeMs: 1 } })).toEqual(
      fail('bad-options'),
    );
    dependencies.server.isFull = true;
    expect(await host.room({ type: 'invite', request: { kind: 'one-time' } })).toEqual(
      fail('too-many-links'),
    );
    expect(status().invitations).toEqual([]);
  });

  it('revokes an invitation, once, and never the room’s own link', async () => {
    const { host, status } = await live();
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    expect(await host.room({ type: 'revoke', invitation: 2 })).toEqual({ ok: true, value: null });
    expect(status().invitations).toEqual([]);
    expect(await host.room({ type: 'revoke', invitation: 2 })).toEqual(fail('unknown-invitation'));
    expect(await host.room({ type: 'revoke', invitation: 1 })).toEqual(fail('unknown-invitation'));
  });

  it('removes people by id', async () => {
    const { dependencies, host } = await live();
    const somebody = 'A'.repeat(22);
    expect(await host.room({ type: 'remove', participant: somebody })).toEqual({ ok: true, value: null });
    expect(await host.room({ type: 'remove', participant: NOBODY_ID })).toEqual(fail('unknown-participant'));
    expect(dependencies.server.removed).toEqual([somebody, NOBODY_ID]);
  });

  it('shuts out those who have not joined', async () => {
    const { dependencies, host } = await live();
    expect(await host.room({ type: 'shut-out' })).toEqual({ ok: true, value: null });
    expect(dependencies.server.shutOuts).toBe(1);
  });

  it('are nothing to decide about while nobody hosts', async () => {
    const { host } = setUp();
    for (const command of [
      host.room({ type: 'new-link' }),
      host.room({ type: 'invite', request: { kind: 'one-time' } }),
      host.room({ type: 'revoke', invitation: 1 }),
      host.room({ type: 'remove', participant: NOBODY_ID }),
      host.room({ type: 'shut-out' }),
    ])
      expect(await command).toEqual(fail('not-live'));
  });
});

describe('the snapshot', () => {
  it('names who is in', async () => {
    const { dependencies, status } = await live();
    const id = Buffer.alloc(16, 7).toString('base64url');
    dependencies.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settled();
    expect(status().participants).toEqual([{ id, name: 'name 3', reports: 0 }]);
  });

  it('tells how many have not joined, and whom others report', async () => {
    const { dependencies, snapshots, status } = await live();
    const id = Buffer.alloc(16, 7).toString('base64url');
    dependencies.server.tellRoster([{ id, key: '', fp: '', name: Buffer.from([3]).toString('base64url') }]);
    await settled();
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
    const { dependencies, host, status } = await live({ ...OPTIONS, lobby: true });
    expect(status()).toMatchObject({ locked: false, lobby: true, waiting: [], waitingCount: 0 });
    const [anna, ben] = [1, 2].map((value) => ({
      id: Buffer.alloc(16, value).toString('base64url'),
      name: Buffer.from([value]).toString('base64url'),
    }));
    if (!anna || !ben) throw new Error('nobody');
    const door = { locked: false, lobby: true };
    dependencies.server.tellAttendance({ door, waiting: [anna, ben], waitingCount: 40 });
    expect(status()).toMatchObject({ waiting: [], waitingCount: 40 });
    await settled();
    expect(status().waiting).toEqual([
      { id: anna.id, name: 'name 1' },
      { id: ben.id, name: 'name 2' },
    ]);
    dependencies.server.tellAttendance({ door: { ...door, locked: true }, waiting: [ben], waitingCount: 1 });
    expect(status()).toMatchObject({ locked: true, waiting: [{ id: ben.id }], waitingCount: 1 });
    await host.room({ type: 'admit', participant: ben.id });
    expect(dependencies.server.asked).toEqual([{ type: 'admit', participant: ben.id }]);
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
    const { host, snapshots } = setUp();
    expect(host.snapshot.language).toBe('ru');
    expect(await host.setPreferences({ language: 'en', capacity: 3 })).toEqual({ ok: true, value: null });
    expect(snapshots.at(-1)).toMatchObject({ language: 'en', preferences: { capacity: 3 } });
    expect(await host.setPreferences({ capacity: 99 })).toEqual(fail('bad-options'));
    expect(host.snapshot.preferences.capacity).toBe(3);
  });
});

describe('a room that is kept', () => {
  const KEPT = { ...OPTIONS, keepRoom: true };

  /** Another run of the program, on the same disk. */
  function again({ dependencies: { keptRoom } }: Pick<ReturnType<typeof setUp>, 'dependencies'>) {
    const dependencies = new FakeDependencies();
    if (keptRoom.kept) dependencies.keptRoom.found = { kind: 'found', kept: keptRoom.kept };
    dependencies.keptRoom.kept = keptRoom.kept;
    const host = new HostController({
      ...{ dependencies, settings: new MemorySettings(), logger: silentLogger },
      systemLanguage: 'en',
      turnServers: [],
      notices: [],
      turnStore: null,
    });
    return { dependencies, host };
  }

  it('lies on the disk before anybody sees it open, and after each change, only if that is wanted', async () => {
    const rig = setUp();
    const onDisk: boolean[] = [];
    rig.host.onSnapshot(({ status }) => {
      if (status.phase === 'live') onDisk.push(rig.dependencies.keptRoom.kept !== null);
    });
    await rig.host.start(KEPT);
    expect(onDisk).toEqual([true]);
    await rig.host.addOrigin('https://call.example');
    await rig.dependencies.time.advance(1_000);
    expect(rig.dependencies.keptRoom.kept?.options).toEqual({
      ...KEPT,
      port: 8790,
      origins: ['https://call.example'],
    });
    const other = await live();
    expect(other.dependencies.keptRoom.writes).toBe(0);
  });

  it('is kept wherever the system seals it', async () => {
    const rig = setUp();
    rig.dependencies.keptRoom.isSealed = true;
    expect(rig.host.snapshot.keepsSealed).toBe(false);
    rig.host.prepare();
    expect(rig.snapshots.at(-1)?.keepsSealed).toBe(true);
    await rig.host.start(OPTIONS);
    expect(rig.dependencies.keptRoom.kept).not.toBeNull();
    expect(rig.host.snapshot.keepsSealed).toBe(true);
  });

  it('is written at once after a command: whoever was put out stays out', async () => {
    const rig = await live(KEPT);
    const { writes } = rig.dependencies.keptRoom;
    for (let command = 1; command <= 9; command++) {
      await rig.host.room({ type: 'new-link' });
      await settled();
      expect(rig.dependencies.keptRoom.writes).toBe(writes + command);
    }
  });

  it('is gone with Stop, and stays when the program is ended', async () => {
    const rig = await live(KEPT);
    await rig.host.stop();
    expect(rig.dependencies.keptRoom.kept).toBeNull();
    expect(rig.host.snapshot.cutOff).toBe(false);
    await rig.host.start(KEPT);
    rig.dependencies.calls.length = 0;
    await rig.host.stopServer();
    expect(rig.dependencies.calls).toEqual(['server-suspend']);
    expect(rig.dependencies.keptRoom.kept).not.toBeNull();
    expect(rig.host.snapshot).toMatchObject({ status: { phase: 'idle' }, cutOff: true });
  });

  it.each([
    ['is kept', true],
    ['is not kept', false],
  ])('that %s is not over for those inside when only the server is stopped', async (_what, keepRoom) => {
    const rig = await live({ ...OPTIONS, keepRoom });
    await rig.host.stopServer();
    expect(rig.dependencies.calls).toEqual(['server-suspend']);
    expect(rig.host.snapshot).toMatchObject({ status: { phase: 'idle' }, cutOff: keepRoom });
    expect(rig.dependencies.keptRoom.kept !== null).toBe(keepRoom);
    expect((await rig.host.start(OPTIONS)).ok).toBe(true);
  });

  it('goes on with the same secret, token, port and addresses, and says so', async () => {
    const rig = await live({ ...KEPT, port: 0, origins: ['https://call.example'] });
    const { local } = rig.status();
    await rig.host.stopServer();
    const next = again(rig);
    expect((await next.host.goOn()).ok).toBe(true);
    expect(next.host.snapshot).toMatchObject({
      status: { phase: 'live', local, resumed: true, public: { origin: 'https://call.example' } },
      notices: ['room-resumed'],
      cutOff: false,
    });
    await next.host.stop();
    expect(next.host.snapshot).toMatchObject({ notices: [], cutOff: false });
  });

  it('is still there when it cannot be opened, or Stop cuts in', async () => {
    const rig = await live(KEPT);
    await rig.host.stopServer();
    const { dependencies, host } = again(rig);
    const { startServer } = dependencies;
    dependencies.startServer = async () => fail('port-in-use');
    expect(await host.goOn()).toEqual(fail('port-in-use'));
    dependencies.startServer = startServer.bind(dependencies);
    const going = host.goOn();
    await host.stop();
    expect(await going).toEqual(fail('not-live'));
    dependencies.startServer = async (start, signal) => {
      void host.stop();
      return startServer.call(dependencies, start, signal);
    };
    expect(await host.goOn()).toEqual(fail('not-live'));
    await host.stop();
    dependencies.startServer = startServer.bind(dependencies);
    expect(dependencies.calls).toEqual(['server-suspend']);
    expect(host.snapshot.cutOff).toBe(true);
    expect(dependencies.keptRoom.kept).not.toBeNull();
    expect((await host.goOn()).ok).toBe(true);
  });

  it('that was cut off is forgotten where the host wants to start anew', async () => {
    const rig = await live(KEPT);
    await rig.host.stopServer();
    const { dependencies, host } = again(rig);
    await host.startAnew();
    expect([host.snapshot.cutOff, dependencies.keptRoom.kept]).toEqual([false, null]);
    expect(await host.goOn()).toEqual(fail('not-live'));
  });

  it('does not open with hidden addresses and nothing to hide them behind', async () => {
    const rig = setUp();
    const hidden = { ...OPTIONS, relayOnly: true };
    expect(await rig.host.start(hidden)).toEqual(fail('relay-only-without-turn'));
    expect(rig.phases()).toEqual([]);
    const turn = { urls: 'turn:turn.test', username: 'me', credential: 'word' };
    await rig.host.setPreferences({ iceServers: [turn] });
    expect((await rig.host.start(hidden)).ok).toBe(true);
    expect(rig.dependencies.server.start).toMatchObject({ relayOnly: true, iceServers: [] });
    expect(rig.host.snapshot.notices).toEqual([]);
  });

  it('uses the TURN servers that the window adds, shows them without their secrets, and says where they are not kept', async () => {
    const { dependencies, settings } = setUp();
    const store = new MemoryTurnStore();
    const options = { dependencies, settings, logger: silentLogger, systemLanguage: 'en' } as const;
    const host = new HostController({ ...options, turnServers: [], turnStore: store, notices: [] });
    const shared = (url: string, secret: string) =>
      ({ url, credentials: { kind: 'shared-secret', secret } }) as const;
    expect(await host.addTurnServer(shared('turn:a', 'old-secret'))).toEqual({ ok: true, value: null });
    await host.addTurnServer(shared('turn:b', 'b-secret'));
    await host.addTurnServer(shared('turn:a', 'new-secret'));
    expect(store.servers).toEqual([shared('turn:b', 'b-secret'), shared('turn:a', 'new-secret')]);
    expect(host.snapshot.turnServers.map(({ url }) => url)).toEqual(['turn:b', 'turn:a']);
    for (const part of ['old-secret', 'b-secret', 'new-secret'])
      expect(JSON.stringify(host.snapshot)).not.toContain(part);
    expect(await host.turnTestAccess('turn:b')).toMatchObject({ ok: true, value: { urls: 'turn:b' } });
    await host.removeTurnServer('turn:b');
    expect(await host.turnTestAccess('turn:b')).toEqual(fail('bad-options'));
    expect((await host.start({ ...OPTIONS, relayOnly: true })).ok).toBe(true);
    const told = dependencies.server.start.turn?.newGuest()();
    expect(told?.map(({ urls }) => urls)).toEqual(['turn:a']);
    store.diskFails = true;
    expect((await host.removeTurnServer('turn:a')).ok).toBe(true);
    expect(host.snapshot).toMatchObject({
      turnServers: [],
      notices: ['relay-only-without-turn', 'settings-not-saved'],
    });
    for (let number = 0; number < 8; number++) await host.addTurnServer(shared(`turn:n${number}`, 's'));
    expect(await host.addTurnServer(shared('turn:nine', 's'))).toEqual(fail('bad-options'));
  });

  it('gives those inside the servers that are set meanwhile, hides them from then on, and is kept so', async () => {
    const { dependencies, settings } = setUp();
    const options = { dependencies, settings, logger: silentLogger, systemLanguage: 'en' } as const;
    const turnStore = new MemoryTurnStore();
    const host = new HostController({ ...options, turnServers: [], turnStore, notices: [] });
    await host.start({ ...OPTIONS, keepRoom: true });
    const { server } = dependencies;
    const told = () => {
      const { iceServers = [], turn = null, relayOnly } = server.servers.at(-1) ?? {};
      const urls = [...(turn?.newGuest()() ?? []), ...iceServers].map((each) => each.urls);
      return [server.servers.length, urls.join(), relayOnly];
    };
    // There is nothing to hide behind yet.
    await host.setPreferences({ relayOnly: true });
    expect(told()).toEqual([1, '', false]);
    await host.setPreferences({ relayOnly: false });
    const turn = { url: 'turn:a', credentials: { kind: 'shared-secret', secret: 's' } } as const;
    await host.addTurnServer(turn);
    await host.setPreferences({ iceServers: [{ urls: 'stun:b' }] });
    expect(told()).toEqual([4, 'turn:a,stun:b', false]);
    await host.setPreferences({ relayOnly: true });
    expect(told()).toEqual([5, 'turn:a,stun:b', true]);
    await until('it is kept', () => dependencies.keptRoom.kept?.options.relayOnly, Boolean);
    await host.removeTurnServer('turn:a');
    expect(told()).toEqual([6, 'stun:b', true]);
    expect(host.snapshot.notices).toEqual(['relay-only-without-turn']);
    await host.addTurnServer(turn);
    await host.setPreferences({ language: 'ru' });
    expect([told()[0], host.snapshot.notices]).toEqual([7, []]);
    await host.setPreferences({ relayOnly: false });
    expect(told()).toEqual([8, 'turn:a,stun:b', false]);
    await host.stop();
    await host.setPreferences({ relayOnly: true });
    expect(server.servers).toHaveLength(8);
  });

  it('goes on hidden where the TURN servers are gone, and says so', async () => {
    const rig = setUp();
    const kept = { ...KEPT_ROOM, options: { ...KEPT_ROOM.options, relayOnly: true } };
    rig.dependencies.keptRoom.found = { kind: 'found', kept };
    const host = new HostController({
      ...{ dependencies: rig.dependencies, settings: rig.settings, logger: silentLogger },
      systemLanguage: 'en',
      turnServers: [],
      notices: [],
      turnStore: null,
    });
    expect((await host.goOn()).ok).toBe(true);
    expect(rig.dependencies.server.start).toMatchObject({ relayOnly: true, turn: null });
    expect(host.snapshot.notices).toEqual(['room-resumed', 'relay-only-without-turn']);
    await host.stop();
    expect(host.snapshot.notices).toEqual([]);
  });

  it('says that it is not, where the disk fails', async () => {
    const rig = setUp();
    rig.dependencies.keptRoom.fails = true;
    await rig.host.start(KEPT);
    expect(rig.host.snapshot).toMatchObject({ status: { phase: 'live' }, notices: ['room-not-kept'] });
  });

  it('tells why a kept one was put aside', () => {
    const dependencies = new FakeDependencies();
    dependencies.keptRoom.found = { kind: 'put-aside', fault: 'foreign' };
    const host = new HostController({
      ...{ dependencies, settings: new MemorySettings(), logger: silentLogger },
      systemLanguage: 'en',
      turnServers: [],
      notices: [],
      turnStore: null,
    });
    expect(host.snapshot).toMatchObject({ cutOff: false, notices: ['kept-room-foreign'] });
  });
});
