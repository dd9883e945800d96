import { describe, expect, it, vi } from 'vitest';
import { PairStates } from '../../../../main/common/e2ee/pair-states.ts';
import { CallWorld, MemoryStorage } from '../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../support/call/world-for-each-test.ts';
import { randomBytes } from '../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
worldForEachTest((made) => {
  world = made;
});

const joinAll = <Names extends string[]>(...names: Names) => world.joinAll(...names);

describe('a call', () => {
  it('connects and seals two, with equal verification codes and names from the pair', async () => {
    const met = vi.spyOn(PairStates.prototype, 'get');
    const [anna, boris] = await joinAll('Anna', 'Boris');
    expect(anna?.people).toEqual(['Boris connected sealed']);
    expect(boris?.people).toEqual(['Anna connected sealed']);
    const got = await Promise.all(met.mock.results.map(({ value }) => value));
    const pairs = [...new Set(got.map((pair) => (pair.ok ? pair.value : null)))];
    const runs = () => pairs.map((pair) => pair?.verification.state);
    expect(pairs).toHaveLength(2);
    await world.until('both have a code', () => runs().every((run) => run?.phase === 'done'));
    expect(runs()[0]).toEqual(runs()[1]);
  });

  it('gives each pair one connection, also where five join at the same moment', async () => {
    const pages = ['a', 'b', 'c', 'd', 'e'].map((name) => world.open(name));
    await world.until('all are online', () => pages.every(({ state }) => state.signaling.phase === 'online'));
    for (const [index, { session }] of pages.entries()) session.join(`guest ${index}`);
    await world.until('all are sealed', () => world.allSealed());
    expect(world.peers.connections).toHaveLength(20);
    for (const page of pages) expect(page.heard.size).toBe(4);
  });

  it('makes no connection more where the pages had waited for the press', async () => {
    const pages = ['a', 'b', 'c'].map((name) => world.open(name));
    await world.pass(1_000);
    expect(world.peers.connections).toHaveLength(3);
    for (const { session } of pages) session.join('guest');
    await world.until('all are sealed', () => world.allSealed());
    expect(world.peers.connections).toHaveLength(6);
  });

  it('uses the one certificate of the page for every connection', async () => {
    const [anna] = await joinAll('Anna', 'Boris', 'Clara');
    for (const { configuration } of anna?.connections ?? []) {
      expect(configuration).toEqual({
        certificates: [anna?.certificate],
        iceServers: [],
        bundlePolicy: 'max-bundle',
      });
    }
  });

  it('tells who comes and goes while one is in, and of nobody else', async () => {
    const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
    const [borisJoined, claraJoined] = anna?.events ?? [];
    expect([borisJoined, claraJoined]).toEqual([
      { type: 'joined', id: boris?.id, name: 'Boris' },
      { type: 'joined', id: clara?.id, name: 'Clara' },
    ]);
    anna?.events.splice(0);
    boris?.session.leave();
    await world.until('Boris is gone', () => anna?.state.participants.length === 1);
    expect(anna?.events).toEqual([{ ...borisJoined, type: 'left' }]);
    expect(boris?.events).toEqual([claraJoined]);
  });

  it('shows who is in before one joins, without any connection to them', async () => {
    await joinAll('Anna', 'Boris');
    const clara = world.open('Clara');
    await world.until('Clara sees them', () => clara.people.length === 2);
    expect(clara.people).toEqual(['Anna connecting checking', 'Boris connecting checking']);
    expect(clara.state).toMatchObject({ call: 'out', capacity: 6, placeFree: true });
    expect(clara.connections).toEqual([]);
    expect(clara.heard.size).toBe(0);
  });
});

describe('leaving', () => {
  it('frees the place, ends the connections and closes the microphone; coming back connects again', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    for (let round = 0; round < 3; round++) {
      boris?.session.leave();
      expect(boris?.state.call).toBe('out');
      expect(boris?.connections).toEqual([]);
      expect(boris?.heard.size).toBe(0);
      expect(boris?.tracks.every(({ stopped }) => stopped)).toBe(true);
      await world.until('Anna is alone', () => anna?.state.participants.length === 0);
      expect(anna?.connections).toEqual([]);
      expect(anna?.heard.size).toBe(0);
      boris?.session.join('Boris');
      await world.until('both are sealed again', () => world.allSealed());
    }
  });

  it('and joining at once again ends in one connection', async () => {
    const [, boris] = await joinAll('Anna', 'Boris');
    for (let round = 0; round < 5; round++) {
      boris?.session.leave();
      boris?.session.join(`Boris ${round}`);
    }
    await world.until('both are sealed', () => world.allSealed());
    await world.pass(2_000);
    expect(world.allSealed()).toBe(true);
    expect(world.peers.open).toHaveLength(2);
    expect(world.pages[0]?.people).toEqual(['Boris 4 connected sealed']);
  });
});

describe('a full room', () => {
  it('is told, closes the microphone, and shows when a place is free', async () => {
    world = new CallWorld(2);
    const [anna] = await joinAll('Anna', 'Boris');
    const clara = world.open('Clara');
    clara.session.join('Clara');
    await world.until('the room is full', () => clara.state.full);
    expect(clara.state).toMatchObject({
      call: 'out',
      placeFree: false,
      capacity: 2,
      microphone: { phase: 'off' },
    });
    anna?.session.leave();
    await world.until('a place is free', () => clara.state.placeFree);
    expect(clara.state.full).toBe(true);
    clara.session.dismissFull();
    expect(clara.state.full).toBe(false);
    clara.session.join('Clara');
    await world.until('Clara is in', () => world.allSealed(world.pages.slice(1)));
  });
});

describe('the microphone', () => {
  it('does not hold up the joining, and comes when it is there', async () => {
    const anna = world.open('Anna');
    let allow = () => {};
    const granted = anna.answer;
    anna.answer = () => new Promise((resolve) => (allow = () => resolve(granted())));
    const boris = await world.join('Boris');
    anna.session.join('Anna');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna.state.microphone).toEqual({ phase: 'asking' });
    const [connection] = anna.connections;
    expect(connection?.getTransceivers()[0]?.track).toBeNull();
    allow();
    await world.until('the microphone is live', () => anna.state.microphone.phase === 'live');
    expect(connection?.getTransceivers()[0]?.track).toBe(anna.tracks[0]);
    expect(connection?.made.offer ?? 0).toBeLessThanOrEqual(1);
    expect(boris.heard.has(anna.id)).toBe(true);
  });

  it.each(['denied', 'absent', 'busy', 'failed'] as const)(
    '%s: one listens, and may try again',
    async (problem) => {
      const anna = world.open('Anna');
      const granted = anna.answer;
      anna.refuseMicrophone(problem);
      await world.join('Boris');
      anna.session.join('Anna');
      await world.until('both are sealed', () => world.allSealed());
      expect(anna.state.microphone).toEqual({ phase: 'none', reason: problem });
      anna.answer = granted;
      await anna.retryMicrophone();
      expect(anna.state.microphone).toEqual({ phase: 'live', muted: false, hint: null });
      expect(anna.connections[0]?.getTransceivers()[0]?.track).toBe(anna.tracks[0]);
    },
  );

  it('stays muted over a lost device, a lost socket, leaving and joining', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    anna?.session.setMicrophoneMuted(true);
    expect(anna?.tracks[0]?.enabled).toBe(false);
    anna?.tracks[0]?.end();
    expect(anna?.state.microphone).toEqual({ phase: 'none', reason: 'failed' });
    await anna?.retryMicrophone();
    world.server.dropAll();
    await world.until('Anna is back', () => anna?.state.signaling.phase === 'online');
    anna?.session.leave();
    await anna?.join('Anna');
    expect(anna?.state.microphone).toEqual({ phase: 'live', muted: true, hint: null });
    expect(anna?.tracks.map(({ enabled }) => enabled)).toEqual([false, false, false]);
    anna?.session.setMicrophoneMuted(false);
    expect(anna?.tracks[2]?.enabled).toBe(true);
  });

  it('that is granted after one left is closed at once', async () => {
    const anna = world.open('Anna');
    let allow = () => {};
    const granted = anna.answer;
    anna.answer = () => new Promise((resolve) => (allow = () => resolve(granted())));
    anna.session.join('Anna');
    anna.session.leave();
    allow();
    await world.pass(100);
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([true]);
    expect(anna.state.microphone).toEqual({ phase: 'off' });
  });

  it('is asked for once where one leaves and joins before the answer', async () => {
    const anna = world.open('Anna');
    let asked = 0;
    let allow = () => {};
    const granted = anna.answer;
    anna.answer = () => {
      asked++;
      return new Promise((resolve) => (allow = () => resolve(granted())));
    };
    anna.session.join('Anna');
    anna.session.leave();
    anna.session.join('Anna');
    allow();
    await world.until('the microphone is live', () => anna.state.microphone.phase === 'live');
    expect(asked).toBe(1);
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([false]);
  });
});

describe('sound', () => {
  it('is unlocked by the tap on Join, and says when it waits for another', async () => {
    const anna = await world.join('Anna');
    expect(anna.unlocks).toBe(1);
    anna.tellBlocked(true);
    expect(anna.state.soundBlocked).toBe(true);
    anna.session.unlockSound();
    anna.tellBlocked(false);
    expect(anna.unlocks).toBe(2);
    expect(anna.state.soundBlocked).toBe(false);
  });

  it('of one person can be muted here, also over their coming back', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const id = boris?.id ?? '';
    anna?.session.setMutedHere(id, true);
    expect(anna?.state.participants[0]?.mutedHere).toBe(true);
    expect(anna?.mutedHere.get(id)).toBe(true);
    boris?.session.leave();
    await world.until('Anna is alone', () => anna?.state.participants.length === 0);
    boris?.session.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna?.state.participants[0]?.mutedHere).toBe(true);
  });
});

describe('a reload', () => {
  it('takes the place over under a new id', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const old = boris?.id;
    const storage = boris?.storage;
    // The tab is gone without a word: its socket hangs until the server probes it.
    const side = world.server.sideOf(old ?? '');
    side.socket.onClosed = () => {};
    boris?.session.dispose();
    world.pages.pop();
    const again = world.open('Boris', storage);
    again.session.join('Boris');
    await world.pass(3_000);
    await world.until('both are sealed', () => world.allSealed());
    expect(again.id).not.toBe(old);
    expect(world.server.roster).toEqual([anna?.id, again.id]);
  });

  it('is in order before those who came later, and stands as before: muted, the hand up, each as loud', async () => {
    const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
    anna?.session.setVolume(boris?.id ?? '', 1.5);
    const { storage } = anna ?? {};
    anna?.session.dispose();
    world.pages.shift();
    const again = world.open('Anna', storage);
    const playback = [{ id: boris?.id ?? '', mutedHere: true, volume: 1.5 }];
    again.session.restore({ muted: true, handUp: true, playback });
    again.session.join('Anna', 'talk');
    await world.until('all are sealed', () => world.allSealed());
    expect(world.server.roster).toEqual([again.id, boris?.id, clara?.id]);
    expect(again.tracks.map(({ enabled }) => enabled)).toEqual([false]);
    expect([again.session.muted, again.state.returned]).toEqual([true, true]);
    await world.until('it is told', () => clara?.state.participants[0]?.microphone === 'muted');
    expect(clara?.state.participants[0]).toMatchObject({ name: 'Anna', handUp: true, trust: 'sealed' });
    expect(again.state.participants[0]).toMatchObject({ name: 'Boris', mutedHere: true, volume: 1.5 });
    // Who goes out has come to the end of that, and mutes and unmutes as ever.
    again.session.leave();
    again.session.setMicrophoneMuted(false);
    expect([again.session.muted, again.state.returned]).toEqual([false, false]);
  });
});

describe('the end', () => {
  it.each([
    ['closed', 'host-ended'],
    ['kicked', 'kicked'],
  ] as const)('%s', async (type, reason) => {
    const [anna] = await joinAll('Anna', 'Boris');
    world.server.send(world.server.sideOf(anna?.id ?? ''), { type });
    await world.until('it is over', () => anna?.state.signaling.phase === 'ended');
    expect(anna?.state).toMatchObject({ call: 'out', signaling: { phase: 'ended', reason } });
    expect(anna?.connections).toEqual([]);
    expect(anna?.heard.size).toBe(0);
    expect(anna?.storage.values.size).toBe(0);
    await anna?.join('Anna');
    expect(anna?.state.call).toBe('out');
  });

  it('comes for a link whose token is not the room’s', async () => {
    const stranger = world.open('stranger', new MemoryStorage(), { ...world.link, token: randomBytes(16) });
    await world.until('it is refused', () => stranger.state.signaling.phase === 'ended');
    expect(stranger.state.signaling).toEqual({ phase: 'ended', reason: 'link-refused' });
  });

  it('comes where the browser cannot make a certificate', async () => {
    const anna = world.open('Anna', new MemoryStorage());
    vi.spyOn(anna.certificate, 'getFingerprints').mockReturnValue([]);
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'browser-only' });
  });

  it('leaves no connection waiting for somebody to talk to', async () => {
    const anna = world.open('Anna');
    await world.pass(1_000);
    expect(anna.connections).toHaveLength(1);
    world.server.send(world.server.sideOf(anna.id), { type: 'closed' });
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.connections).toEqual([]);
  });
});
