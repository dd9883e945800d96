import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../../main/common/bytes.ts';
import { PairStates } from '../../../../main/common/e2ee/pair-states.ts';
import type { RosterEntry, ServerMessage } from '../../../../main/common/protocol/messages.ts';
import { type CallPage, CallWorld, MemoryStorage } from '../../../support/call/call-world.ts';
import { randomBytes } from '../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});

/** Nothing may stay behind when pages go: neither timers, sockets, connections nor microphones. */
afterEach(async () => {
  await world.end();
  expect(world.peers.open).toEqual([]);
  expect(world.peers.errors).toEqual([]);
  expect(world.server.open).toEqual([]);
  expect(world.pages.flatMap(({ tracks }) => tracks).filter(({ stopped }) => !stopped)).toEqual([]);
  vi.restoreAllMocks();
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

describe('a lost way to the host', () => {
  it('leaves the voice alone and takes the place up again', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const before = world.peers.open;
    world.server.up = false;
    world.server.dropAll();
    await world.pass(20_000, 500);
    expect(anna?.state).toMatchObject({ call: 'joined', signaling: { phase: 'retrying' } });
    expect(anna?.people).toEqual(['Boris connected sealed']);
    world.server.up = true;
    anna?.wake();
    boris?.wake();
    await world.until('both are online', () =>
      world.pages.every((page) => page.state.signaling.phase === 'online'),
    );
    await world.until('both are sealed', () => world.allSealed());
    expect(world.peers.open).toEqual(before);
    expect(world.server.roster).toEqual([anna?.id, boris?.id]);
  });

  describe('that nobody closes', () => {
    /** Its server hears nothing by the present socket any more, and is not heard. */
    function deafen(page: CallPage): void {
      const dead = world.server.sideOf(page.id);
      world.server.toPage = (message, side) => (side === dead ? null : message);
      world.server.fromPage = (message, side) => (side === dead ? null : message);
    }
    const isBack = (page: CallPage) => world.server.open.filter(({ pageId }) => pageId === page.id).length;

    it.each<[string, (page: CallPage) => void]>([
      ['came, or the computer woke', (page) => page.wake()],
      ['is of another kind', (page) => page.changeNetworkKind()],
    ])(
      'is found by a sign that the network %s, which mends the voice, and nobody is told anything',
      async (_, sign) => {
        const [anna] = await world.joinAll('Anna', 'Boris');
        const before = world.peers.open;
        const roster = world.server.roster;
        deafen(anna);
        world.peers.fail('disconnected');
        const shown = anna.states.length;
        sign(anna);
        const fromMs = world.time.clock();
        await world.until('both are sealed', () => world.allSealed());
        expect(world.time.clock() - fromMs).toBeLessThan(500);
        expect(new Set(anna.states.slice(shown).map(({ signaling }) => signaling.phase))).toEqual(
          new Set(['online']),
        );
        expect([world.peers.open, world.server.roster]).toEqual([before, roster]);
      },
    );

    it('is found without one, within seconds', async () => {
      const [anna] = await world.joinAll('Anna', 'Boris');
      await world.pass(20_000);
      deafen(anna);
      const fromMs = world.time.clock();
      const dead = world.server.sideOf(anna.id);
      await world.until('Anna has another socket', () => dead.socket.readyState === 3, 100);
      expect(world.time.clock() - fromMs).toBeLessThan(4_000);
      expect([isBack(anna), anna.state.signaling.phase]).toEqual([1, 'online']);
    });

    it('is found as the network goes, and no connection is repaired before that is back', async () => {
      const [anna] = await world.joinAll('Anna', 'Boris');
      await world.pass(20_000);
      const offers = () => anna.connections.map(({ made }) => made.offer);
      const before = offers();
      deafen(anna);
      world.server.up = false;
      anna.network.offline = true;
      anna.wake();
      await world.until('it is told', () => anna.state.signaling.phase === 'retrying', 100);
      expect(anna.state.signaling).toEqual({ phase: 'retrying', why: 'no-network' });
      expect(offers()).toEqual(before);
      world.server.up = true;
      anna.network.offline = false;
      anna.wake();
      await world.until('Anna is back', () => anna.state.signaling.phase === 'online');
      expect(offers()).toEqual(before.map((count) => count + 1));
      await world.until('both are sealed', () => world.allSealed());
    });
  });

  it('of somebody whose page is frozen is shown within five seconds, and mended without another connection', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    let frozenAt: number | null = null;
    const sources = () => [{ timestamp: frozenAt ?? world.time.clock() }];
    for (const { receiver } of anna.connections.flatMap(({ transceivers }) => transceivers))
      Object.assign(receiver, { getSynchronizationSources: sources });
    await world.pass(20_000);
    const before = world.peers.connections.length;
    frozenAt = world.time.clock();
    world.peers.channelsCarry = false;
    // His browser keeps the socket alive.
    world.server.toPage = (message, { pageId }) =>
      pageId === boris.id && message.type !== 'pong' ? null : message;
    await world.until('Anna sees it', () => anna.people[0] === 'Boris lost sealed', 50);
    expect(world.time.clock() - frozenAt).toBeLessThan(4_500);
    await world.pass(20_000);
    frozenAt = null;
    world.peers.channelsCarry = true;
    world.server.toPage = (message) => message;
    const thawedMs = world.time.clock();
    await world.until('both are sealed', () => world.allSealed(), 50);
    expect(world.time.clock() - thawedMs).toBeLessThan(1_000);
    expect(world.peers.connections).toHaveLength(before);
  });

  it('is told from one on which something lets no socket through', async () => {
    const [anna] = await joinAll('Anna');
    world.server.up = false;
    world.server.dropAll();
    await world.pass(5_000, 500);
    expect(anna?.state.signaling).toEqual({ phase: 'retrying', why: 'no-answer' });
    Object.assign(anna ?? {}, { hostAnswers: true });
    await world.pass(20_000, 500);
    expect(anna?.state.signaling).toEqual({ phase: 'retrying', why: 'blocked' });
    world.server.up = true;
    anna?.wake();
    await world.until('Anna is online', () => anna?.state.signaling.phase === 'online');
  });

  it('keeps living voice where the host forgot everybody', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const before = world.peers.open;
    world.server.restart();
    await world.until('both are in again', () => world.server.roster.length === 2, 50);
    await world.pass(1_000);
    expect(world.allSealed()).toBe(true);
    expect(world.peers.open).toEqual(before);
    expect([anna?.events, boris?.events]).toEqual([[{ type: 'joined', id: boris?.id, name: 'Boris' }], []]);
  });

  it('repairs the voice by the data channel or, if that broke too, as soon as the host is back', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    world.server.up = false;
    world.server.dropAll();
    world.peers.up = false;
    world.peers.fail('failed');
    await world.pass(5_000);
    expect(anna?.state.participants[0]?.peer.phase).toBe('lost');
    world.peers.up = true;
    world.server.up = true;
    await world.until('both are sealed', () => world.allSealed(), 50);
  });

  it('drops who has left meanwhile', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris', 'Clara');
    world.server.up = false;
    world.server.dropAll();
    await world.pass(500);
    boris?.session.dispose();
    world.server.up = true;
    await world.pass(70_000, 500);
    await world.until('Anna has Clara only', () => anna?.people.join() === 'Clara connected sealed');
  });

  it('lets one join as soon as there is a way', async () => {
    world.server.up = false;
    const anna = world.open('Anna');
    anna.session.join('Anna');
    await world.pass(3_000);
    expect(anna.state).toMatchObject({ call: 'joining', signaling: { phase: 'retrying' } });
    world.server.up = true;
    await world.until('Anna is in', () => anna.state.call === 'joined', 50);
  });

  it('takes a leave along', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    world.server.up = false;
    world.server.dropAll();
    anna?.session.leave();
    world.server.up = true;
    await world.until('the place is free', () => world.server.roster.length === 1, 50);
    expect(anna?.state.call).toBe('out');
  });

  it('tells the others where the host went, and tries there in turn', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    const moved = 'https://new.lhr.life';
    const side = world.server.sideOf(anna?.id ?? '');
    world.server.send(side, { type: 'moved', url: moved });
    world.server.send(side, { type: 'moved', url: 'https://evil.test:8443' });
    await world.pass(500);
    world.server.up = false;
    world.server.dropAll();
    const before = world.server.sides.length;
    await world.pass(5_000);
    const tried = new Set(world.server.sides.slice(before).map(({ socket }) => socket.url));
    expect([...tried].sort()).toEqual(['wss://here.test/ws', 'wss://new.lhr.life/ws']);
    expect(world.server.sides.filter(({ socket }) => socket.url.includes('new')).length).toBeGreaterThan(2);
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

describe('a hostile server', () => {
  /** Base64url with one bit of the box changed, past its header. */
  function forged(box: string): string {
    const bytes = fromBase64Url(box) ?? new Uint8Array(64);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    return toBase64Url(bytes);
  }

  it('cannot put anybody in whose id is not that of key and fingerprint', async () => {
    world.server.toPage = (message) => {
      if (message.type !== 'roster') return message;
      return {
        ...message,
        roster: message.roster.map((entry) => ({ ...entry, fp: toBase64Url(randomBytes(32)) })),
      };
    };
    const anna = await world.join('Anna');
    const boris = await world.join('Boris');
    await world.pass(1_000);
    expect([anna.people, boris.people]).toEqual([[], []]);
    expect(world.peers.connections.map(({ made }) => made)).toEqual([
      { offer: 0, answer: 0 },
      { offer: 0, answer: 0 },
    ]);
  });

  it('ends a connection that is not sealed yet by a forged box, and bars the id; others go on', async () => {
    const [anna] = await joinAll('Anna', 'Clara');
    const boris = world.open('Boris');
    await world.until('Boris is online', () => boris.state.signaling.phase === 'online');
    world.server.toPage = (message, side) => {
      const hits = side.pageId === anna?.id && message.type === 'offer' && message.from === boris.id;
      return hits ? { ...message, box: forged(message.box) } : message;
    };
    boris.session.join('Boris');
    await world.until('it is refused', () => anna?.people[1] === 'Boris failed failed');
    expect(anna?.state.participants[1]?.peer).toEqual({ phase: 'failed', reason: 'box-refused' });
    expect(anna?.heard.has(boris.id)).toBe(false);
    expect(anna?.people[0]).toBe('Clara connected sealed');
    boris.session.leave();
    await world.until('Boris is gone', () => anna?.state.participants.length === 1);
    boris.session.join('Boris');
    await world.until('Boris is back', () => anna?.state.participants.length === 2);
    expect(anna?.people[1]).toBe('Boris failed failed');
  });

  it('tampers in vain with a sealed connection, and is noticed', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const side = world.server.sideOf(anna?.id ?? '');
    for (let count = 0; count < 3; count++) {
      world.server.send(side, { type: 'chat', from: boris?.id ?? '', box: toBase64Url(randomBytes(298)) });
    }
    await world.until('it is counted', () => anna?.state.participants[0]?.tamperedBoxes === 3);
    expect(anna?.people).toEqual(['Boris connected sealed']);
  });

  it('that sits inside the connection is found out: without a box through it it ends after 30 s', async () => {
    world.peers.channelsCarry = false;
    const anna = await world.join('Anna');
    const boris = await world.join('Boris');
    await world.until('both are connected', () => anna.connections[0]?.connectionState === 'connected');
    await world.pass(29_000, 500);
    expect(anna.state.participants[0]?.peer.phase).toBe('connected');
    await world.pass(2_500, 500);
    // Whoever finds out first ends it for both.
    const [found] = [anna, boris].filter(({ people }) => people[0]?.endsWith('failed failed'));
    expect(found?.state.participants[0]?.peer).toEqual({ phase: 'failed', reason: 'code' });
    expect(found?.heard.size).toBe(0);
    expect(
      anna.connections.concat(boris.connections).some(({ channel }) => channel?.readyState === 'open'),
    ).toBe(false);
  });

  it('cannot bring back who was never told to leave', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const entries = new Map<string, RosterEntry[]>();
    world.server.toPage = (message, side) => {
      if (message.type === 'roster') entries.set(side.pageId ?? '', [...message.roster]);
      return message;
    };
    await world.join('Clara');
    await world.until('all are sealed', () => world.allSealed());
    const side = world.server.sideOf(anna?.id ?? '');
    const roster = entries.get(anna?.id ?? '') ?? [];
    // "Left, joined" by the server's word alone: counters go on, so nothing of before opens again.
    for (let round = 0; round < 3; round++) {
      world.server.send(side, {
        type: 'roster',
        roster: roster.filter(({ id }) => id !== boris?.id),
        revision: 90,
      });
      world.server.send(side, { type: 'roster', roster, revision: 91 });
    }
    await world.until('all are sealed again', () => world.allSealed(), 50);
    expect(anna?.state.participants.map(({ tamperedBoxes }) => tamperedBoxes)).toEqual([0, 0]);
  });

  it.each([
    ['another id', (hello: ServerMessage) => ({ ...hello, id: toBase64Url(randomBytes(16)) })],
    ['an unknown field', (hello: ServerMessage) => ({ ...hello, more: 1 })],
  ])('whose hello has %s is given up after three tries', async (_what, change) => {
    world.server.toPage = (message) =>
      message.type === 'hello' ? (change(message) as ServerMessage) : message;
    const anna = world.open('Anna');
    await world.until('it is over', () => anna.state.signaling.phase === 'ended', 50);
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'server-broken' });
    expect(world.server.sides).toHaveLength(3);
  });

  it('of a newer release is told apart', async () => {
    world.server.versions = [2, 3];
    const anna = world.open('Anna');
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'version-old-page' });
  });

  it('of a newer release that still speaks this one is met as any other', async () => {
    world.server.versions = [1, 2, 65_535];
    const [anna] = await world.joinAll('Anna', 'Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna?.state.signaling.phase).toBe('online');
  });
});
