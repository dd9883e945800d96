/** What becomes of a page that is loaded anew while the host is out of reach. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RESERVE_AFTER_MS } from '../../../../../main/common/protocol/peer-limits.ts';
import { CallPage, CallWorld } from '../../../../support/call/call-world.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});

/** Nothing may stay behind when pages go. */
afterEach(async () => {
  await world.end();
  expect(world.peers.open).toEqual([]);
  expect(world.peers.errors).toEqual([]);
});

async function loseHost(): Promise<void> {
  world.server.up = false;
  world.server.dropAll();
  await world.pass(RESERVE_AFTER_MS + 1_000);
}

async function bringHostBack(): Promise<void> {
  world.server.up = true;
  for (const page of world.pages) page.wake();
  await world.until('all are online', () =>
    world.pages.every(({ state }) => state.signaling.phase === 'online'),
  );
}

/** As the page does by itself after a reload. */
function comeBack(page: CallPage, left = page.left): CallPage {
  const next = world.reload(page, left);
  next.session.join(page.name);
  return next;
}

const namesSeenBy = ({ state }: CallPage) => state.participants.map(({ name }) => name).sort();

async function staysOut(page: CallPage, others: readonly CallPage[]): Promise<void> {
  await world.pass(20_000);
  expect(page.state.call).toBe('joining');
  for (const other of others)
    expect(other.state.participants.filter(({ peer }) => peer.phase === 'connected')).toHaveLength(
      others.length - 1,
    );
}

describe('a page that is loaded anew while nobody has the host', () => {
  it('is back in the call through the others, under another key, with one entry, and a voice', async () => {
    const [anna, boris, clara, dora] = await world.joinAll('Anna', 'Boris', 'Clara', 'Dora');
    await loseHost();
    expect(anna.left?.ways).toHaveLength(3);
    const again = comeBack(anna);
    await world.until('all are sealed', () => world.allSealed());
    expect(again.id).not.toBe(anna.id);
    expect([again.state.call, again.state.signaling.phase]).toEqual(['joined', 'retrying']);
    expect(namesSeenBy(boris)).toEqual(['Anna', 'Clara', 'Dora']);
    // By the host's word from before, and nothing that came was taken for a forgery.
    for (const { state } of world.pages)
      for (const person of state.participants)
        expect(person).toMatchObject({ introduced: false, tamperedBoxes: 0 });
    for (const other of [boris, clara, dora]) {
      expect(other.heard.has(again.id)).toBe(true);
      expect(other.heard.has(anna.id)).toBe(false);
    }
    boris.session.sendChat('There you are');
    await world.until('it is read', () => again.state.chat.length === 1);
  });

  it('is back in a pair, and once more, by what it agreed on then', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    const second = comeBack(anna);
    await world.until('both are sealed', () => world.allSealed());
    await world.pass(RESERVE_AFTER_MS + 1_000);
    expect(second.left?.ways).toHaveLength(1);
    const third = comeBack(second);
    await world.until('both are sealed again', () => world.allSealed());
    expect(namesSeenBy(boris)).toEqual(['Anna']);
    expect(new Set([anna.id, second.id, third.id]).size).toBe(3);
  });

  it('reaches those it had agreed on nothing with through those it had', async () => {
    const names = ['Anna', 'Boris', 'Clara', 'Dora', 'Emil'] as const;
    const [anna, boris] = await world.joinAll(...names);
    await loseHost();
    expect(anna.left?.ways).toHaveLength(3);
    const again = comeBack(anna);
    const fromMs = world.time.clock();
    await world.until('all are sealed', () => world.allSealed());
    // Nobody shows the former one for long, who is not to be had any more.
    expect(world.time.clock() - fromMs).toBeLessThan(5_000);
    for (const other of world.pages.slice(1))
      expect(namesSeenBy(other).filter((name) => name === 'Anna')).toHaveLength(1);
    expect(boris.state.participants.every(({ introduced }) => !introduced)).toBe(true);
    expect(again.state.participants).toHaveLength(4);
  });

  it('has its place again once the host is back, and everybody one entry', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const again = comeBack(anna);
    await world.until('all are sealed', () => world.allSealed());
    await bringHostBack();
    await world.pass(30_000);
    expect(world.allSealed()).toBe(true);
    expect(namesSeenBy(boris)).toEqual(['Anna', 'Clara']);
    expect([again.state.call, world.peers.open.length]).toEqual(['joined', 6]);
  });

  it('goes by relays alone where the host had addresses hidden', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    const direct = [anna, boris].flatMap(({ connections }) => connections);
    world.server.relayOnly = true;
    world.server.restart();
    await world.until('both go by relays', () => direct.every(({ closed }) => closed) && world.allSealed());
    await loseHost();
    const again = comeBack(anna);
    await world.until('it tries', () => again.connections.length > 0);
    for (const { configuration } of again.connections)
      expect(configuration).toMatchObject({ iceTransportPolicy: 'relay' });
  });

  it('asks the servers that the host had named, which help it to connect', async () => {
    const iceServers = [{ urls: 'stun:host.test' }];
    world.server.toPage = (message) => (message.type === 'hello' ? { ...message, iceServers } : message);
    const [anna] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    const again = comeBack(anna);
    await world.until('both are sealed', () => world.allSealed());
    expect(again.connections).not.toEqual([]);
    for (const { configuration } of again.connections) expect(configuration).toMatchObject({ iceServers });
  });

  it('leaves nothing while the host is there, after Leave, and where the others are gone', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    expect([anna.left, boris.left]).toEqual([null, null]);
    await loseHost();
    expect(boris.left?.ways).toHaveLength(1);
    anna.session.leave();
    await world.pass(1_000);
    expect([anna.left, boris.left]).toEqual([null, null]);
  });

  it('leaves nothing any more once the host is back', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    expect([anna.left === null, anna.state.wayBack]).toEqual([false, true]);
    await bringHostBack();
    await world.pass(1_000);
    expect([anna.left, anna.state.wayBack]).toEqual([null, false]);
  });

  it('does not use it where the host answers', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    world.server.up = true;
    const again = comeBack(anna);
    boris.wake();
    await world.until('both are sealed', () => world.allSealed());
    expect([again, boris].map(({ state }) => state.signaling.phase)).toEqual(['online', 'online']);
  });
});

describe('one who would come in by what another left', () => {
  type Left = NonNullable<CallPage['left']>;
  const others = () => world.pages.slice(1);

  it.each<[string, (left: Left, boris: Left) => Left]>([
    [
      'with a key of somebody else’s pair',
      (left) => ({
        ...left,
        ways: left.ways.map((way, index) => ({ ...way, key: left.ways[1 - index]?.key ?? way.key })),
      }),
    ],
    ['without the certificate', (left, boris) => ({ ...left, certificate: boris.certificate })],
    [
      'with another answer than was told',
      (left) => ({
        ...left,
        ways: left.ways.map((way) => ({
          ...way,
          answer: way.answer
            .replace(/ice-pwd:\S+/g, 'ice-pwd:0123456789abcdefghijkl')
            .replace(/ice-ufrag:\S+/g, 'ice-ufrag:xxxx'),
        })),
      }),
    ],
  ])('%s stays out', async (_how, forge) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    if (anna.left === null || boris.left === null) throw new Error('nothing was left');
    const thief = comeBack(anna, forge(anna.left, boris.left));
    await staysOut(thief, others());
  });

  it('a second time stays out', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    const { left } = anna;
    const again = comeBack(anna);
    await world.until('both are sealed', () => world.allSealed());
    const copy = new CallPage(world, 'Copy', again.storage, world.link, left);
    copy.session.start();
    copy.session.join('Anna');
    await world.pass(20_000);
    expect(copy.state.call).toBe('joining');
    expect(namesSeenBy(boris)).toEqual(['Anna']);
    expect(boris.state.participants[0]?.trust).toBe('sealed');
    copy.session.dispose();
  });

  it('after that one was removed stays out', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const { left } = anna;
    await bringHostBack();
    world.server.command({ type: 'remove', participant: anna.id });
    await world.until('Anna is out', () => boris.state.participants.length === 1);
    await loseHost();
    expect(anna.left).toBeNull();
    const thief = comeBack(anna, left);
    await staysOut(thief, [boris, clara]);
  });

  it('in another room goes to nobody, and makes no connection', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await loseHost();
    const { left, storage } = anna;
    anna.session.dispose();
    const other = { ...world.link, secret: randomBytes(32) };
    const stray = new CallPage(world, 'Stray', storage, other, left);
    stray.session.start();
    stray.session.join('Anna');
    await world.pass(20_000);
    expect([stray.state.call, stray.state.participants, stray.connections]).toEqual(['joining', [], []]);
    expect(boris.state.participants.every(({ peer }) => peer.phase !== 'connected')).toBe(true);
    stray.session.dispose();
  });
});
