/** Holds pages of people who come at once to connecting everybody first, and to starting all voices together. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { CODE_DELAY_MS } from '../../../../web-client/core/peer/peer.ts';
import { VOICE_START_LATEST_MS } from '../../../../web-client/core/peer/voice-start.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

let world: CallWorld;
let pages: CallPage[];

beforeEach(async () => {
  world = new CallWorld();
  pages = [];
  for (const name of ['Anna', 'Boris', 'Clara']) pages.push(await world.openReady(name));
  // Somebody who looks on is told who comes.
  await world.pass(100);
});

afterEach(() => world.end());

const connectedPairs = () =>
  pages.flatMap(({ name, state }) =>
    state.participants
      .filter(({ peer }) => peer.phase === 'connected')
      .map((participant) => `${name} ${participant.name}`),
  );
/** Whose microphone is known to whom. */
const told = () =>
  pages.flatMap(({ name, state }) =>
    state.participants
      .filter(({ microphone }) => microphone !== null)
      .map((participant) => `${participant.name} to ${name}`),
  );
const codes = () =>
  pages.flatMap(({ state }) => state.participants.flatMap(({ code }) => (code === null ? [] : [code])));
const voices = () =>
  pages.flatMap(({ connections }) =>
    connections.filter((connection) => connection.getTransceivers().some(({ track }) => track !== null)),
  ).length;

it('holds what else there is to tell, and the voices, until all of them are connected', async () => {
  let apart = true;
  world.peers.reaches = (one, other) =>
    !apart || ![one, other].every((name) => name === 'Boris' || name === 'Clara');
  for (const page of pages) page.session.join(page.name);
  await world.until('Anna is connected to both', () => connectedPairs().length === 4);
  await world.pass(CODE_DELAY_MS + 200);
  // Only to Boris and Clara Anna may say that she connects nobody any more.
  expect(told()).toEqual(['Anna to Boris', 'Anna to Clara']);
  // The first pair was the only one, as far as it knew.
  expect(voices()).toBeLessThanOrEqual(2);
  expect(codes()).toEqual([]);
  apart = false;
  world.peers.connect();
  const beforeMs = world.time.clock();
  await world.until('all voices go', () => voices() === 6);
  expect(told()).toHaveLength(6);
  expect(world.time.clock() - beforeMs).toBeLessThan(100);
  await world.until('all have their codes', () => codes().length === 6);
});

it('does not hold them for longer than that where two never reach each other', async () => {
  world.peers.reaches = (one, other) => ![one, other].every((name) => name === 'Boris' || name === 'Clara');
  for (const page of pages) page.session.join(page.name);
  await world.pass(VOICE_START_LATEST_MS + 500);
  expect(told().sort()).toEqual(['Anna to Boris', 'Anna to Clara', 'Boris to Anna', 'Clara to Anna']);
  expect(voices()).toBe(6);
});
