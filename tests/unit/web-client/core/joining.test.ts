/** Holds how little is done between the press of Join and the voices: each box and each key costs everybody's processor. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { NAME_DELAY_MS } from '../../../../web-client/core/peer/peer-greeting.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

const PEOPLE = 5;
const SIDES = PEOPLE * (PEOPLE - 1);

let world: CallWorld;
let pages: CallPage[];

/** All press at the same moment, and wait for nothing but each other. */
beforeEach(async () => {
  world = new CallWorld(PEOPLE);
  pages = Array.from({ length: PEOPLE }, (_, index) => world.open(`page ${index}`));
  await world.until('all are online', () => pages.every(({ state }) => state.signaling.phase === 'online'));
  for (const { socket } of world.server.open) socket.sent.length = 0;
  world.work.calls = 0;
  for (const { session } of pages) void session.join('guest');
  await world.until('all are connected', areConnected, 1);
});

afterEach(() => world.end());

const isConnected = ({ state: { participants } }: CallPage) =>
  participants.length === PEOPLE - 1 && participants.every(({ peer }) => peer.phase === 'connected');
const areConnected = () => pages.every(isConnected);

function sentByType(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { socket } of world.server.open)
    for (const { type } of socket.messages) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

it('takes one box of each side, the description with its addresses; name and code come later', async () => {
  const { ice = 0, ...others } = sentByType();
  expect(others).toEqual({ name: PEOPLE, offer: SIDES / 2, answer: SIDES / 2 });
  // Who meets the first one knows of no other yet, and is in a hurry.
  expect(ice).toBeLessThanOrEqual(2);
  await world.until('all have codes', () =>
    pages.every(({ state }) => state.participants.every(({ code }) => code !== null)),
  );
  expect(sentByType()).toMatchObject({ sas: (3 * SIDES) / 2 });
});

it('asks WebCrypto so often and no oftener', () => {
  // Of each side: six for the keys, half a one for the code, three to look at the roster's entry, two or three for each box.
  expect(world.work.calls / SIDES).toBeLessThan(21);
});

it('tells the names by the server where no connection has come about after two seconds', async () => {
  for (const { session } of pages) session.leave();
  await world.until('all are out', () => pages.every(({ state }) => state.participants.length === 0));
  world.peers.up = false;
  for (const { socket } of world.server.open) socket.sent.length = 0;
  for (const { session } of pages) session.join('guest');
  await world.pass(NAME_DELAY_MS - 100);
  // Who does not offer asks for a connection anew.
  expect(sentByType().pair).toBe(SIDES / 2);
  await world.pass(200);
  expect(sentByType().pair).toBe(SIDES / 2 + SIDES);
});

it('has the keys with those who are in before the press', async () => {
  for (const { session } of pages.slice(1)) session.leave();
  const newcomer = world.open('newcomer');
  newcomer.session.prepare();
  await world.until('the room is seen', () => newcomer.state.participants.length === 1);
  await world.pass(500);
  world.work.agreed = 0;
  newcomer.session.join('newcomer');
  await world.until('both are connected', () => newcomer.people[0]?.includes('connected') === true, 1);
  // The other one's, who has not met this one before.
  expect(world.work.agreed).toBe(1);
});

it('leaves the own voice to the browser from the first connection on where one comes to several', async () => {
  pages[0]?.session.leave();
  const newcomer = world.open('newcomer');
  await world.until('the room is seen', () => newcomer.state.participants.length === PEOPLE - 1);
  newcomer.session.join('newcomer');
  await world.until('it is connected to all', () => isConnected(newcomer));
  expect(newcomer.offeredToRepeat).toEqual([]);
});
