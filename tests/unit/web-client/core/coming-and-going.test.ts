/** Holds pages to what they keep of people who come and go, and of their own coming and going: nothing that becomes more. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

const ROUNDS = 3;
/** Acknowledgements are on their way, and what waits until one has been in for some seconds; then nothing is. */
const REST_MS = 11_000;

let world: CallWorld;
let anna: CallPage;

beforeEach(async () => {
  world = new CallWorld();
  anna = await world.join('Anna');
});

afterEach(() => world.end());

/** What is still to come of a page, or goes on in it. */
const kept = () => ({
  timers: world.time.pending,
  connections: world.peers.open.length,
  voices: anna.heard.size,
});

async function isAlone(): Promise<void> {
  await world.until('Anna is alone', () => anna.people.length === 0 && anna.connections.length === 0);
  await world.pass(REST_MS);
}

it('keeps nothing more of one who joins and leaves again and again', async () => {
  const boris = await world.openReady('Boris');
  const comeAndGo = async () => {
    boris.session.join('Boris');
    await world.until('they are sealed', () => world.allSealed());
    boris.session.leave();
    await isAlone();
  };
  await comeAndGo();
  const before = kept();
  for (let round = 0; round < ROUNDS; round++) await comeAndGo();
  expect(kept()).toEqual(before);
});

it('keeps no connection, voice or timer of people who come once', async () => {
  const comeAndGo = async (name: string) => {
    const page = await world.join(name);
    await world.until('they are sealed', () => world.allSealed());
    page.session.dispose();
    world.pages.pop();
    await isAlone();
  };
  await comeAndGo('Boris');
  const before = kept();
  for (const name of ['Clara', 'Dan', 'Eva']) await comeAndGo(name);
  expect(kept()).toEqual(before);
});
