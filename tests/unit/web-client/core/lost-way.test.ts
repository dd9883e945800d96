/** Holds a call to what it keeps and mends when its way to the host is lost. */

import { describe, expect, it } from 'vitest';
import type { CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../support/call/world-for-each-test.ts';

let world: CallWorld;
worldForEachTest((made) => {
  world = made;
});

const joinAll = <Names extends string[]>(...names: Names) => world.joinAll(...names);

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
