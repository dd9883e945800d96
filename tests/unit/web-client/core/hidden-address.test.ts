/** What leaves the page of somebody who hides the own address, opened by those it is sealed for. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RESERVE_AFTER_MS, RESERVE_RENEW_MS } from '../../../../main/common/protocol/peer-limits.ts';
import type { TurnAccess } from '../../../../main/room/room-events.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

const TURN: TurnAccess = {
  renewAfterMs: null,
  newGuest: () => () => [{ urls: 'turn:relay.test', username: 'anna', credential: 'x' }],
};
const RELAYED = 'candidate:4 1 udp 41885439 203.0.113.9 50001 typ relay';
/** What a browser finds, whatever it was asked to; the fake one finds 192.0.2.1 by itself. */
const FOUND = [
  'candidate:1 1 udp 2122260223 198.51.100.7 54321 typ host',
  'candidate:2 1 udp 1686052607 198.51.100.7 54324 typ srflx raddr 192.0.2.1 rport 54321',
  'candidate:3 1 udp 2122260223 0a1b2c3d-1111-4222-8333-444455556666.local 54323 typ host',
  `${RELAYED} raddr 198.51.100.7 rport 54324`,
];
const REVEALING = /198\.51\.100\.7|192\.0\.2\.1|\.local|typ (?!relay)/;

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
  world.server.turn = TURN;
  world.server.restart();
});
afterEach(async () => {
  await world.end();
  expect(world.peers.errors).toEqual([]);
});

/** All connections that a page ever made; those of the others get what this one's page let out. */
const madeBy = ({ name }: CallPage) =>
  world.peers.connections.filter((one) => one.name.startsWith(`${name}#`));
/** A reserve that waits has the browser knock at these by itself. */
const NOWHERE = /^candidate:4\d{4} /;
const toldTo = (page: CallPage) => tellingsTo(page)();
/** What came since. */
function tellingsTo(page: CallPage, from: 'the start' | 'now' = 'the start') {
  const past = new Map(madeBy(page).map((one) => [one, from === 'now' ? one.given.length : 0]));
  return () =>
    madeBy(page)
      .flatMap((one) => one.given.slice(past.get(one) ?? 0))
      .filter((text) => !NOWHERE.test(text))
      .join('\n');
}
const policiesOf = ({ connections }: CallPage) =>
  connections.map(
    ({ configuration }) => (configuration as { iceTransportPolicy?: string }).iceTransportPolicy,
  );

async function joinHidden(name: string): Promise<CallPage> {
  const page = world.openIdle(name);
  // As the page does with what was chosen in a visit before.
  page.session.setAddressHidden(true);
  page.session.join(name);
  await world.until(`${name} is in`, () => page.state.call === 'joined');
  return page;
}

describe('a host who hides everybody in mid-call', () => {
  it('has all connections go by relays alone at once, and no other address leaves a page from then on', async () => {
    const pages = await world.joinAll('Anna', 'Boris', 'Clara');
    const before = pages.flatMap(({ connections }) => connections);
    for (const connection of before) for (const candidate of FOUND) connection.find(candidate);
    await world.pass(1_000);
    expect(pages.map(toldTo).every((told) => REVEALING.test(told))).toBe(true);

    world.server.relayOnly = true;
    world.server.changeServers();
    await world.until('all are told', () => pages.every(({ state }) => state.relays === 'only'));
    const told = pages.map((page) => tellingsTo(page, 'now'));
    for (const connection of before) for (const candidate of FOUND) connection.find(candidate);
    await world.until('it is over', () => before.every(({ closed }) => closed));
    const after = pages.flatMap(({ connections }) => connections);
    for (const connection of after) for (const candidate of FOUND) connection.find(candidate);
    await world.until('all are sealed', () => world.allSealed());
    await world.pass(2_000);
    for (const page of pages) page.wake();
    await world.pass(5_000);

    for (const since of told) {
      expect(since()).toContain(RELAYED);
      expect(since()).not.toMatch(REVEALING);
    }
    expect(new Set(pages.flatMap(policiesOf))).toEqual(new Set(['relay']));
    expect(pages.flatMap(({ connections }) => connections)).toHaveLength(6);

    world.server.relayOnly = false;
    world.server.changeServers();
    await world.pass(5_000);
    expect(new Set(pages.flatMap(policiesOf))).toEqual(new Set([undefined]));
    expect(pages.flatMap(({ connections }) => connections)).toEqual(after);
    expect(world.allSealed()).toBe(true);
  });

  it('shows nobody who hides by themselves once that is over, nor takes a stranger’s word for it', async () => {
    const [anna, boris] = [await joinHidden('Anna'), await world.join('Boris')];
    await world.until('both are sealed', () => world.allSealed());
    for (const relayOnly of [true, false]) {
      world.server.relayOnly = relayOnly;
      world.server.changeServers();
      await world.pass(3_000);
    }
    expect([policiesOf(anna), policiesOf(boris)]).toEqual([['relay'], [undefined]]);
    expect(toldTo(boris)).not.toMatch(REVEALING);
    const { socket } = world.server.sideOf(boris.id);
    const word = { type: 'ice-servers', iceServers: [], relayOnly: true, proof: 'A'.repeat(43) };
    socket.receive(JSON.stringify(word));
    await world.pass(500);
    expect([socket.readyState, policiesOf(boris)]).not.toEqual([1, ['relay']]);
    expect(boris.state.relays).toBe('some');
  });
});

describe('whoever hides the own address', () => {
  it.each(['answers', 'offers'])('tells a relay’s alone, who %s', async (role) => {
    const early = role === 'answers' ? await joinHidden('Anna') : null;
    // Where there are three, descriptions wait for addresses, and carry them.
    const [boris, clara] = [await world.join('Boris'), await world.join('Clara')];
    const anna = early ?? (await joinHidden('Anna'));
    await world.until('all are sealed', () => world.allSealed());
    for (const connection of anna.connections) for (const candidate of FOUND) connection.find(candidate);
    await world.pass(2_000);
    anna.wake();
    await world.pass(5_000);

    for (const other of [boris, clara]) {
      const [withAnna] = other.connections.filter(({ remote }) => remote?.name.startsWith('Anna'));
      const told = withAnna?.given.join('\n');
      expect(told).toContain(`${RELAYED} raddr 0.0.0.0 rport 9`);
      expect(told).not.toMatch(REVEALING);
    }
    expect(policiesOf(anna)).toEqual(['relay', 'relay']);
    // The others did not choose it.
    expect(policiesOf(boris)).toEqual([undefined, undefined]);
    expect(toldTo(anna)).toContain('typ host');
    expect(world.allSealed()).toBe(true);
  });

  it('in mid-call has connections by relays alone in place of those that stand, and lets out nothing found before', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    const [connection] = anna.connections;
    if (connection === undefined) throw new Error('there is no connection');
    expect(toldTo(boris)).toContain('typ host');
    const toldSince = tellingsTo(boris, 'now');
    for (const candidate of FOUND) connection.find(candidate);
    anna.session.setAddressHidden(true);
    for (const candidate of FOUND) connection.find(candidate);
    // A browser keeps to the way it is on, whatever a restart told.
    await world.until('it is over', () => connection.closed);
    await world.pass(5_000);

    expect(policiesOf(anna)).toEqual(['relay']);
    expect(toldSince()).toContain('a=ice-ufrag');
    expect(toldSince()).not.toMatch(REVEALING);
    expect(world.allSealed()).toBe(true);
  });

  it('goes directly again once that is over, and only where the host does not want it', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris');
    anna.session.setAddressHidden(true);
    await world.pass(5_000);
    const [connection] = anna.connections;
    const hidden = connection?.ufrag;
    anna.session.setAddressHidden(true);
    await world.pass(5_000);
    expect([anna.connections, connection?.ufrag]).toEqual([[connection], hidden]);
    anna.session.setAddressHidden(false);
    await world.until('ICE begins anew', () => connection?.ufrag !== hidden);
    expect(policiesOf(anna)).toEqual([undefined]);

    world.server.relayOnly = true;
    world.server.restart();
    await world.until('the host wants it', () => policiesOf(anna)[0] === 'relay', 50);
    anna.session.setAddressHidden(true);
    anna.session.setAddressHidden(false);
    expect(new Set(policiesOf(anna))).toEqual(new Set(['relay']));
  });

  it('loses nobody for it while the host is out of reach, and is come to by nothing that was agreed on before', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.server.up = false;
    world.server.dropAll();
    await world.pass(RESERVE_AFTER_MS + 1_000);
    expect([anna.left?.ways.length, boris.left?.ways.length]).toEqual([1, 1]);
    const agreed = anna.connections;
    const toldSince = tellingsTo(boris, 'now');
    expect(agreed).toHaveLength(3);

    anna.session.setAddressHidden(true);
    await world.pass(5_000);
    // Of the reserve that is one's own; the connection is the only path, and stands.
    expect(toldSince().match(/^o=/gm)).toHaveLength(1);
    expect(toldSince()).not.toMatch(REVEALING);
    expect(agreed.map(({ closed }) => closed)).toEqual([false, true, true]);
    expect(anna.connections.length).toBeGreaterThan(1);
    expect(new Set(policiesOf(anna))).toEqual(new Set(['relay']));
    expect(anna.left?.ways).toHaveLength(1);
    // The other one's is made anew as ever.
    await world.pass(RESERVE_RENEW_MS);
    expect(toldSince().match(/^o=/gm)?.length).toBeGreaterThan(1);
    expect(boris.left?.ways).toHaveLength(1);
    expect(world.allSealed()).toBe(true);

    world.server.up = true;
    for (const page of world.pages) page.wake();
    await world.until('it is over', () => agreed[0]?.closed === true);
    await world.until('both are sealed', () => world.allSealed());
    expect(toldSince()).not.toMatch(REVEALING);
  });

  it('stays hidden in a room without a relay, and where the host takes the relay away', async () => {
    const [anna, boris] = [await joinHidden('Anna'), await world.join('Boris')];
    await world.until('both are sealed', () => world.allSealed());
    world.server.turn = null;
    world.server.restart();
    await world.until('there is none any more', () => anna.state.relays === 'none', 50);
    for (const candidate of FOUND) anna.connections[0]?.find(candidate);
    anna.wake();
    await world.pass(5_000);
    expect(toldTo(boris)).not.toMatch(REVEALING);
    expect(policiesOf(anna)).toEqual(['relay']);
  });
});

it('is shown what the host has to hide behind, as soon as that is told', async () => {
  const anna = await world.openReady('Anna');
  await world.until('it is online', () => anna.state.signaling.phase === 'online');
  expect(anna.state.relays).toBe('none');
  await anna.join('Anna');
  await world.until('Anna is in', () => anna.state.call === 'joined');
  expect(anna.state.relays).toBe('some');
  expect(anna.states.find(({ call }) => call === 'joined')?.relays).toBe('some');
  world.server.relayOnly = true;
  world.server.restart();
  await world.until('it is told', () => anna.state.relays === 'only', 50);
});
