/** Which TURN servers a call uses, as credentials are made anew and as the host has others. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TurnAccess } from '../../../../main/room/room-events.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

const RENEW_MS = 5_000;

function fakeTurn(url: string): TurnAccess {
  let guests = 0;
  return {
    renewAfterMs: RENEW_MS,
    newGuest: () => {
      const guest = ++guests;
      let times = 0;
      return () => [{ urls: url, username: `guest-${guest}`, credential: `${++times}` }];
    },
  };
}

/** What each connection of the page is given, in short. */
const serversOf = ({ connections }: CallPage) =>
  connections.map(({ configuration }) => {
    const { iceServers } = configuration as {
      iceServers: { urls: string; username: string; credential: string }[];
    };
    return iceServers.map(({ urls, username, credential }) => `${urls} ${username}/${credential}`).join();
  });

let world: CallWorld;
let anna: CallPage;
let boris: CallPage;

beforeEach(async () => {
  world = new CallWorld();
  world.server.turn = fakeTurn('turn:one.test');
  world.server.restart();
  [anna, boris] = await world.joinAll('Anna', 'Boris');
});

afterEach(() => world.end());

const standing = () => [anna, boris].flatMap(({ connections }) => connections);

it('is known before the first connection, to each with credentials of their own', () => {
  expect(serversOf(anna)).toEqual(['turn:one.test guest-1/1']);
  expect(serversOf(boris)).toEqual(['turn:one.test guest-2/1']);
});

it('is made anew for connections that stand and those to come, and none begins anew for it', async () => {
  const before = standing();
  const descriptions = before.map(({ localDescription }) => localDescription?.sdp);
  await world.until('Boris is told anew', () => serversOf(boris).join().endsWith('/2'), 50);
  expect(serversOf(anna)).toEqual(['turn:one.test guest-1/2']);
  expect(serversOf(boris)).toEqual(['turn:one.test guest-2/2']);
  await world.join('Clara');
  await world.until('all are sealed', () => world.allSealed());
  expect(serversOf(anna)).toEqual(['turn:one.test guest-1/2', 'turn:one.test guest-1/2']);
  expect(standing().filter((connection) => before.includes(connection))).toEqual(before);
  expect(before.map(({ localDescription }) => localDescription?.sdp)).toEqual(descriptions);
});

it('is another in a room that goes on with other servers, and nobody’s call ends for it', async () => {
  const before = standing();
  world.server.turn = fakeTurn('turn:two.test');
  world.server.restart();
  await world.until(
    'both are told',
    () => [anna, boris].every((page) => serversOf(page)[0]?.includes('two')),
    50,
  );
  expect(standing()).toEqual(before);
  expect(before.map(({ connectionState }) => connectionState)).toEqual(['connected', 'connected']);
  expect(world.allSealed()).toBe(true);
});

it('is all there is in a room that hides addresses, for connections that stand as well', async () => {
  const before = standing();
  const policies = () =>
    standing().map(
      ({ configuration }) => (configuration as { iceTransportPolicy?: string }).iceTransportPolicy,
    );
  expect(policies()).toEqual([undefined, undefined]);
  world.server.relayOnly = true;
  world.server.restart();
  await world.until('both are told', () => policies().every((policy) => policy === 'relay'), 50);
  await world.until('the direct ways are over', () => before.every(({ closed }) => closed));
  await world.until('all are sealed', () => world.allSealed());
  // What browsers find against that wish leaves no page.
  await world.join('Clara');
  await world.pass(1_000);
  expect(before.some(({ given }) => given.some((text) => text.includes('typ host')))).toBe(true);
  const [clara] = world.pages.slice(-1);
  expect(clara?.connections.flatMap(({ given }) => given).join()).not.toContain('typ host');
});

it('is not taken from whoever cannot prove to be the host', async () => {
  const servers = serversOf(anna);
  const { socket } = world.server.sideOf(anna.id);
  const iceServers = [{ urls: 'turn:evil.test', username: 'a', credential: 'b' }];
  socket.receive(JSON.stringify({ type: 'ice-servers', iceServers, proof: 'A'.repeat(43) }));
  await world.pass(500);
  expect(socket.readyState).not.toBe(1);
  expect(serversOf(anna).join()).not.toContain('evil');
  expect(servers).toHaveLength(1);
});
