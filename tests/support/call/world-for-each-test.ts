/** Owns a new world of a call before each test, and the proof that nothing of it stays behind. */

import { afterEach, beforeEach, expect, vi } from 'vitest';
import { CallWorld } from './call-world.ts';

/** To be called where tests are told. `give` is handed each test's own. */
export function worldForEachTest(give: (world: CallWorld) => void): void {
  let world: CallWorld;
  beforeEach(() => {
    world = new CallWorld();
    give(world);
  });
  /** Neither timers, sockets, connections nor microphones when pages go. */
  afterEach(async () => {
    await world.end();
    expect(world.peers.open).toEqual([]);
    expect(world.peers.errors).toEqual([]);
    expect(world.server.open).toEqual([]);
    expect(world.pages.flatMap(({ tracks }) => tracks).filter(({ stopped }) => !stopped)).toEqual([]);
    vi.restoreAllMocks();
  });
}
