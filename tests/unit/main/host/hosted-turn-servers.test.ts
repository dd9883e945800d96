/** Holds the host to the TURN servers it hands out, and to hiding addresses behind them, with fakes. */

import { describe, expect, it } from 'vitest';
import type { TurnServer } from '../../../../main/common/host-api/turn-server.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { OPTIONS } from '../../../support/host/fake-dependencies.ts';
import { hostOf, setUpHost } from '../../../support/host/host-rig.ts';
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

const shared = (url: string, secret: string) =>
  ({ url, credentials: { kind: 'shared-secret', secret } }) as const;

describe('TURN servers', () => {
  it('does not open with hidden addresses and nothing to hide them behind', async () => {
    const rig = setUpHost();
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
    const { dependencies, settings } = setUpHost();
    const store = new MemoryTurnStore();
    const host = hostOf({ dependencies, settings, turnStore: store });
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
    expect(await host.addTurnServer(shared('turn:nine', 's'))).toEqual(fail('too-many-turn-servers'));
  });

  it('gives those inside the servers that are set meanwhile, hides them from then on, and is kept so', async () => {
    const { dependencies, settings } = setUpHost();
    const turnStore = new MemoryTurnStore();
    const host = hostOf({ dependencies, settings, turnStore });
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

  it('hides them for this room alone where the terminal says so, with the servers of its command line', async () => {
    const { dependencies, settings } = setUpHost();
    const turnServers = [shared('turn:a', 's')];
    const host = hostOf({ dependencies, settings, turnServers });
    expect(await host.setRelayOnly(true)).toEqual(fail('not-live'));
    await host.start({ ...OPTIONS, keepRoom: true });
    const { revision } = host.snapshot;
    expect(await host.setRelayOnly(true)).toEqual({ ok: true, value: null });
    expect(host.snapshot.revision).toBeGreaterThan(revision);
    expect(dependencies.server.servers.at(-1)).toMatchObject({ relayOnly: true });
    expect(settings.preferences.relayOnly).toBe(false);
    await until('it is kept', () => dependencies.keptRoom.kept?.options.relayOnly, Boolean);
    expect(await host.setRelayOnly(false)).toEqual({ ok: true, value: null });
    expect(dependencies.server.servers.at(-1)).toMatchObject({ relayOnly: false });
    await host.stop();
  });

  it('takes several at once, all or none', async () => {
    const { dependencies, settings } = setUpHost();
    const turnStore = new MemoryTurnStore();
    const host = hostOf({ dependencies, settings, turnStore });
    await host.start(OPTIONS);
    const before = dependencies.server.servers.length;
    const some = (count: number, secret: string) =>
      Array.from({ length: count }, (_, number) => shared(`turn:n${number}`, secret));
    expect(await host.addTurnServers(some(6, 'a'))).toEqual(ok(null));
    const three = ['turn:x', 'turn:y', 'turn:z'].map((url) => shared(url, 'b'));
    expect(await host.addTurnServers(three)).toEqual(fail('too-many-turn-servers'));
    expect(turnStore.servers).toEqual(some(6, 'a'));
    // Those that are there already take no more room.
    expect(await host.addTurnServers(some(6, 'c'))).toEqual(ok(null));
    expect(turnStore.servers).toEqual(some(6, 'c'));
    expect(dependencies.server.servers).toHaveLength(before + 2);
    await host.stop();
  });

  it('hides nobody behind nothing', async () => {
    const { dependencies, settings } = setUpHost();
    const host = hostOf({ dependencies, settings });
    await host.start(OPTIONS);
    const before = dependencies.server.servers.length;
    expect(await host.setRelayOnly(true)).toEqual(fail('relay-only-without-turn'));
    expect(dependencies.server.servers).toHaveLength(before);
    await host.stop();
  });
});
