/** Checks what counts as a sign that the way out of this computer is another one. */

import { expect, it } from 'vitest';
import { createNetworkWatch, LOOK_INTERVAL_MS, SLEPT_MS } from '../../../../main/tunnel/network-watch.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

function setUp() {
  const time = new ManualTime();
  const state = { addresses: ['192.168.1.20', '2001:db8::7'], sleptMs: 0, signs: 0 };
  const watch = createNetworkWatch({
    addresses: () => state.addresses,
    wallClock: () => time.clock() + state.sleptMs,
    timers: time.timers,
  });
  return { time, state, watching: watch(() => state.signs++) };
}

it('calls nothing a sign while addresses and time go on as they did, in whatever order they are told', async () => {
  const { time, state } = setUp();
  await time.advance(LOOK_INTERVAL_MS * 5);
  state.addresses = [...state.addresses].reverse();
  await time.advance(LOOK_INTERVAL_MS * 5);
  expect(state.signs).toBe(0);
});

it('gives one sign for each change of addresses, also when none is left', async () => {
  const { time, state } = setUp();
  for (const addresses of [[], ['10.0.0.4'], ['10.0.0.4', '2001:db8::9']]) {
    state.addresses = addresses;
    await time.advance(LOOK_INTERVAL_MS * 3);
  }
  expect(state.signs).toBe(3);
});

it('gives one sign after a sleep, and none for a clock that is set a little or set back', async () => {
  const { time, state } = setUp();
  await time.advance(LOOK_INTERVAL_MS);
  state.sleptMs += SLEPT_MS;
  await time.advance(LOOK_INTERVAL_MS * 3);
  expect(state.signs).toBe(1);
  state.sleptMs += SLEPT_MS - 1;
  await time.advance(LOOK_INTERVAL_MS * 3);
  state.sleptMs -= 3_600_000;
  await time.advance(LOOK_INTERVAL_MS * 3);
  expect(state.signs).toBe(1);
});

it('leaves nothing behind', async () => {
  const { time, state, watching } = setUp();
  watching.dispose();
  watching.dispose();
  state.addresses = [];
  await time.advance(60_000);
  expect([state.signs, time.pending]).toEqual([0, 0]);
});
