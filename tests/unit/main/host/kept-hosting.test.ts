/** Holds the host to the room that it keeps on the disk and goes on with, with fakes. */

import { describe, expect, it } from 'vitest';
import { fail } from '../../../../main/common/result.ts';
import { FakeDependencies, OPTIONS } from '../../../support/host/fake-dependencies.ts';
import { hostOf, liveHost, setUpHost } from '../../../support/host/host-rig.ts';
import { KEPT_ROOM } from '../../../support/host/kept-rooms.ts';
import { MemorySettings } from '../../../support/host/memory-settings.ts';
import { settle } from '../../../support/time/manual-time.ts';

describe('a room that is kept', () => {
  const KEPT = { ...OPTIONS, keepRoom: true };

  /** Another run of the program, on the same disk. */
  function again({ dependencies: { keptRoom } }: Pick<ReturnType<typeof setUpHost>, 'dependencies'>) {
    const dependencies = new FakeDependencies();
    if (keptRoom.kept) dependencies.keptRoom.found = { kind: 'found', kept: keptRoom.kept };
    dependencies.keptRoom.kept = keptRoom.kept;
    const host = hostOf({ dependencies, settings: new MemorySettings(), systemLanguage: 'en' });
    return { dependencies, host };
  }

  it('lies on the disk before anybody sees it open, and after each change, only if that is wanted', async () => {
    const rig = setUpHost();
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
    const other = await liveHost();
    expect(other.dependencies.keptRoom.writes).toBe(0);
  });

  it('is kept wherever the system seals it', async () => {
    const rig = setUpHost();
    rig.dependencies.keptRoom.isSealed = true;
    expect(rig.host.snapshot.keepsSealed).toBe(false);
    rig.host.prepare();
    expect(rig.snapshots.at(-1)?.keepsSealed).toBe(true);
    await rig.host.start(OPTIONS);
    expect(rig.dependencies.keptRoom.kept).not.toBeNull();
    expect(rig.host.snapshot.keepsSealed).toBe(true);
  });

  it('is written at once after a command: whoever was put out stays out', async () => {
    const rig = await liveHost(KEPT);
    const { writes } = rig.dependencies.keptRoom;
    for (let command = 1; command <= 9; command++) {
      await rig.host.room({ type: 'new-link' });
      await settle();
      expect(rig.dependencies.keptRoom.writes).toBe(writes + command);
    }
  });

  it('is gone with Stop, and stays when the program is ended', async () => {
    const rig = await liveHost(KEPT);
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
    const rig = await liveHost({ ...OPTIONS, keepRoom });
    await rig.host.stopServer();
    expect(rig.dependencies.calls).toEqual(['server-suspend']);
    expect(rig.host.snapshot).toMatchObject({ status: { phase: 'idle' }, cutOff: keepRoom });
    expect(rig.dependencies.keptRoom.kept !== null).toBe(keepRoom);
    expect((await rig.host.start(OPTIONS)).ok).toBe(true);
  });

  it('goes on with the same secret, token, port and addresses, and says so', async () => {
    const rig = await liveHost({ ...KEPT, port: 0, origins: ['https://call.example'] });
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
    const rig = await liveHost(KEPT);
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
    const rig = await liveHost(KEPT);
    await rig.host.stopServer();
    const { dependencies, host } = again(rig);
    await host.startAnew();
    expect([host.snapshot.cutOff, dependencies.keptRoom.kept]).toEqual([false, null]);
    expect(await host.goOn()).toEqual(fail('not-live'));
  });

  it('goes on hidden where the TURN servers are gone, and says so', async () => {
    const rig = setUpHost();
    const kept = { ...KEPT_ROOM, options: { ...KEPT_ROOM.options, relayOnly: true } };
    rig.dependencies.keptRoom.found = { kind: 'found', kept };
    const host = hostOf({ dependencies: rig.dependencies, settings: rig.settings, systemLanguage: 'en' });
    expect((await host.goOn()).ok).toBe(true);
    expect(rig.dependencies.server.start).toMatchObject({ relayOnly: true, turn: null });
    expect(host.snapshot.notices).toEqual(['room-resumed', 'relay-only-without-turn']);
    await host.stop();
    expect(host.snapshot.notices).toEqual([]);
  });

  it('says that it is not, where the disk fails', async () => {
    const rig = setUpHost();
    rig.dependencies.keptRoom.fails = true;
    await rig.host.start(KEPT);
    expect(rig.host.snapshot).toMatchObject({ status: { phase: 'live' }, notices: ['room-not-kept'] });
  });

  it('tells why a kept one was put aside', () => {
    const dependencies = new FakeDependencies();
    dependencies.keptRoom.found = { kind: 'put-aside', fault: 'foreign' };
    const host = hostOf({ dependencies, settings: new MemorySettings(), systemLanguage: 'en' });
    expect(host.snapshot).toMatchObject({ cutOff: false, notices: ['kept-room-foreign'] });
  });
});
