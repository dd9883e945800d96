/** What a call does by itself while the host is out of reach, and two of it lose each other. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MeshBody } from '../../../../main/common/protocol/bodies.ts';
import { Passing } from '../../../../web-client/core/mesh/passing.ts';
import { Peer } from '../../../../web-client/core/peer/peer.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

type PassedBody = Extract<MeshBody, { readonly kind: 'passed' }>;

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});

/** Nothing may stay behind when pages go. */
afterEach(async () => {
  vi.restoreAllMocks();
  await world.end();
  expect(world.peers.open).toEqual([]);
  expect(world.peers.errors).toEqual([]);
});

async function loseHost(): Promise<void> {
  world.server.up = false;
  world.server.dropAll();
  await world.pass(1_000);
}

/** The connection of the two fails; they could find each other again. */
async function part(one: string, other: string): Promise<void> {
  world.peers.reaches = (a, b) => ![one, other].every((name) => [a, b].includes(name));
  world.peers.failBetween(one, other, 'failed');
  await world.pass(100);
  expect(world.allSealed()).toBe(false);
  world.peers.reaches = () => true;
  world.peers.connect();
}

async function timeTo(what: string, holds: () => boolean): Promise<number> {
  const fromMs = world.time.clock();
  await world.until(what, holds, 20);
  return world.time.clock() - fromMs;
}

/** What the passers do in the place of passing a box on. */
function passBy(deed: (body: PassedBody, tell: (body: PassedBody) => void) => void): PassedBody[] {
  const passed: PassedBody[] = [];
  const { tell } = Peer.prototype;
  vi.spyOn(Peer.prototype, 'tell').mockImplementation(function (this: Peer, body) {
    if (body.kind !== 'passed') return tell.call(this, body);
    passed.push(body);
    return deed(body, (other) => tell.call(this, other));
  });
  return passed;
}

const phaseOf = (other: CallPage, page: CallPage) =>
  page.state.participants.find(({ id }) => id === other.id)?.peer.phase;

describe('without the host', () => {
  it('two who lost each other are brought together by the third, in their old connection', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const before = world.peers.open;
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(1_000);
    expect(world.peers.open).toEqual(before);
    expect([anna.heard.has(boris.id), boris.heard.has(anna.id)]).toEqual([true, true]);
  });

  it('two who had a connection anew to make are, too', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    world.peers.failBetween('Anna', 'Boris', 'failed');
    await world.pass(10_000);
    expect(anna.people).toEqual(['Boris lost checking', 'Clara connected sealed']);
    world.peers.reaches = () => true;
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(15_000);
  });

  it('the chat goes on through the third while the two do not reach each other', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    world.peers.failBetween('Anna', 'Boris', 'failed');
    await world.pass(1_000);
    anna.session.sendChat('Still here?');
    await world.until('Boris reads it', () => boris.state.chat.length === 1, 20);
    await world.until('Anna knows', () => anna.state.chat[0]?.delivery === 'sent', 20);
  });

  it('in a group of five each pair of a broken ring is mended', async () => {
    const names = ['Anna', 'Boris', 'Clara', 'Dora', 'Emil'] as const;
    await world.joinAll(...names);
    await loseHost();
    const apart = (a: string, b: string) =>
      names.some((name, index) => {
        const next = names[(index + 1) % names.length];
        return (a === name && b === next) || (b === name && a === next);
      });
    world.peers.reaches = (a, b) => !apart(a, b);
    for (const [index, name] of names.entries())
      world.peers.failBetween(name, names[(index + 1) % names.length] ?? '', 'failed');
    await world.pass(100);
    expect(world.allSealed()).toBe(false);
    world.peers.reaches = () => true;
    world.peers.connect();
    await world.until('all are sealed', () => world.allSealed(), 20);
  });

  it('one whose own way to the host alone is cut is helped as well', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    const { id } = anna;
    world.server.fromPage = (message) => message;
    const connect = world.server.connect.bind(world.server);
    const annas = world.server.sideOf(id);
    world.serverAt = (url) => ({
      connect: () => {
        const socket = connect(url);
        queueMicrotask(() => queueMicrotask(() => socket.drop(1006)));
        return socket;
      },
    });
    world.server.drop(annas);
    await world.pass(1_000);
    expect(anna.state.signaling.phase).toBe('retrying');
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(5_000);
  });

  it('nothing of it is told while everybody has the host', async () => {
    const told = vi.spyOn(Peer.prototype, 'tell');
    await world.joinAll('Anna', 'Boris', 'Clara');
    await part('Anna', 'Boris');
    await world.until('all are sealed', () => world.allSealed(), 20);
    expect(told).not.toHaveBeenCalled();
  });

  it('it is told no more once everybody has the host again', async () => {
    await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.server.up = true;
    for (const page of world.pages) page.wake();
    await world.until('all are online', () =>
      world.pages.every(({ state }) => state.signaling.phase === 'online'),
    );
    await world.pass(1_000);
    const told = vi.spyOn(Peer.prototype, 'tell');
    await part('Anna', 'Boris');
    await world.until('all are sealed', () => world.allSealed(), 20);
    expect(told).not.toHaveBeenCalled();
  });
});

describe('a passer', () => {
  it('who drops all is passed over', async () => {
    await world.joinAll('Anna', 'Boris', 'Clara', 'Dora');
    await loseHost();
    const { handlePass } = Passing.prototype;
    const asked = new Set<Passing>();
    vi.spyOn(Passing.prototype, 'handlePass').mockImplementation(function (this: Passing, from, body) {
      asked.add(this);
      const [first] = asked;
      if (this !== first) handlePass.call(this, from, body);
    });
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(5_000);
    expect(asked.size).toBe(2);
  });

  it.each<[string, (tell: () => void, held: (() => void)[]) => void]>([
    [
      'repeats boxes',
      (tell) => {
        for (let times = 0; times < 5; times++) tell();
      },
    ],
    [
      'puts them in another order',
      (tell, held) => {
        held.unshift(tell);
        if (held.length >= 3) for (const next of held.splice(0)) next();
      },
    ],
  ])('who %s is survived', async (_what, deed) => {
    await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const held: (() => void)[] = [];
    const passed = passBy((body, tell) => deed(() => tell(body), held));
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(10_000);
    expect(passed.length).toBeGreaterThan(0);
  });

  it.each<[string, (body: PassedBody, clara: string, dora: string) => PassedBody]>([
    ['alters boxes', (body) => ({ ...body, box: `${body.box.slice(0, 60)}AAAA${body.box.slice(64)}` })],
    ['names another type', (body) => ({ ...body, type: body.type === 'chat' ? 'pair' : 'chat' })],
    ['says that they are from somebody else', (body, _, dora) => ({ ...body, from: dora })],
    ['says that they are their own', (body, clara) => ({ ...body, from: clara })],
    ['makes up another version', (body) => ({ ...body, box: `Ag${body.box.slice(2)}` })],
  ])('who %s brings nobody into disrepute, and nothing in', async (_what, alter) => {
    const [anna, boris, clara, dora] = await world.joinAll('Anna', 'Boris', 'Clara', 'Dora');
    await loseHost();
    const passed = passBy((body, tell) => tell(alter(body, clara.id, dora.id)));
    await part('Anna', 'Boris');
    await world.pass(1_500);
    expect(passed.length).toBeGreaterThan(0);
    expect(world.pages.flatMap(({ people }) => people).filter((text) => text.includes('failed'))).toEqual([]);
    expect([phaseOf(anna, boris), phaseOf(boris, anna)]).toEqual(['lost', 'lost']);
    // With the host back, and nobody between, it is as before.
    world.server.up = true;
    for (const page of world.pages) page.wake();
    await world.until('all are sealed', () => world.allSealed(), 50);
  });

  it('cannot have two barred who have heard of each other, and were never connected', async () => {
    const [anna] = await world.joinAll('Anna', 'Clara');
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    const boris = await world.join('Boris');
    await world.pass(1_000);
    await loseHost();
    const passed = passBy((body, tell) =>
      tell({ ...body, box: `${body.box.slice(0, 60)}AAAA${body.box.slice(64)}` }),
    );
    await world.pass(16_000, 500);
    expect(passed.length).toBeGreaterThan(0);
    expect([phaseOf(anna, boris), phaseOf(boris, anna)]).toEqual(['connecting', 'connecting']);
  });
});
