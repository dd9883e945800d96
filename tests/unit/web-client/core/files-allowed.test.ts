/** Checks that a page knows whether files may be sent by the host's own word: at the start, in mid-call, without the host, and by no other's. */

import { expect, it } from 'vitest';
import { parseClientMessage } from '../../../../main/common/protocol/codec.ts';
import { RESERVE_AFTER_MS } from '../../../../main/common/protocol/peer-limits.ts';
import type { CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../support/call/world-for-each-test.ts';

let world: CallWorld;
worldForEachTest((made) => {
  world = made;
});

const allowedTo = (pages: readonly CallPage[]) => pages.map(({ state }) => state.filesAllowed);

const switchTo = (on: boolean) => world.server.command({ type: 'files', on });

async function lose(): Promise<void> {
  world.server.up = false;
  world.server.dropAll();
  await world.pass(RESERVE_AFTER_MS + 1_000);
}

it('is told in the first word and at each change, also to who was away, and stands while the host is out of reach', async () => {
  const [anna, boris] = await world.joinAll('Anna', 'Boris');
  expect(allowedTo([anna, boris])).toEqual([true, true]);
  switchTo(false);
  await world.until('both know', () => allowedTo([anna, boris]).every((allowed) => !allowed));
  const clara = await world.join('Clara');
  expect(clara.state.filesAllowed).toBe(false);

  world.server.up = false;
  world.server.dropAll();
  await world.pass(1_000);
  expect(allowedTo([anna, boris, clara])).toEqual([false, false, false]);
  switchTo(true);
  world.server.up = true;
  for (const page of world.pages) page.wake();
  await world.until('all know', () => allowedTo([anna, boris, clara]).every((allowed) => allowed));
});

it('is kept by a page that comes back without the host', async () => {
  const [anna] = await world.joinAll('Anna', 'Boris');
  switchTo(false);
  await world.until('she knows', () => !anna.state.filesAllowed);
  await lose();
  const again = world.reload(anna);
  again.session.join('Anna');
  await world.until('both are sealed', () => world.allSealed());
  expect(again.state.filesAllowed).toBe(false);
});

it('is taken from nobody who cannot prove to be the host', async () => {
  const [anna, boris] = await world.joinAll('Anna', 'Boris');
  // Without a proof, with a made-up one, and with one that holds on another page's socket.
  for (const proof of [undefined, 'A'.repeat(43)]) {
    world.server.sideOf(boris.id).socket.receive(JSON.stringify({ type: 'files', allowed: false, proof }));
    await world.pass(500);
    expect(allowedTo([anna, boris])).toEqual([true, true]);
    await world.until('he is back', () => boris.state.signaling.phase === 'online');
  }
  const { secrets } = world.server.sideOf(anna.id);
  const forAnna = secrets?.prove(JSON.stringify({ type: 'files', allowed: false })) ?? '';
  world.server.sideOf(boris.id).socket.receive(forAnna);
  await world.pass(500);
  expect(boris.state.filesAllowed).toBe(true);
});

it('is no word of a page’s: a server takes none, and takes it for no message', () => {
  const word = JSON.stringify({ type: 'files', allowed: false });
  expect(parseClientMessage(word).ok).toBe(false);
});
