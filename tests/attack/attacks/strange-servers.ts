/** Owns the false addresses that a guest tells of the host, and what they are told while the true one is gone for a moment. */

import { until } from '../../support/time/until.ts';
import { CLOSER, RELAY } from '../routed-sockets.ts';
import type { Attack } from '../stage.ts';

const ADDRESSES = [CLOSER, RELAY];
const ASKED_TIMEOUT_MS = 10_000;

export const strangeServers: Attack = {
  name: 'two false addresses, while the host is gone',
  routesSockets: true,
  run: async (stage) => {
    const { sockets } = stage;
    for (const url of ADDRESSES)
      await stage.strike((body) => window.hostile.say({ type: 'pair', body }, 1), {
        kind: 'moved',
        url,
      } as const);
    const goneAtMs = performance.now();
    for (const each of sockets) each.cut();
    const asked = () => Promise.resolve(sockets.every(({ strangersAsked }) => strangersAsked.size > 1));
    await until('both strangers are asked', asked, Boolean, ASKED_TIMEOUT_MS).catch(() =>
      stage.note('not every stranger was asked'),
    );
    for (const each of sockets) each.mend();
    const goneMs = performance.now() - goneAtMs;
    const home = () => Promise.resolve(sockets.every(({ isHome }) => isHome));
    await until('both are home', home, Boolean, ASKED_TIMEOUT_MS).catch(() =>
      stage.gain('who talks does not come back to the host'),
    );
    const told = sockets.flatMap(({ toStrangers }) => toStrangers);
    for (const type of told.filter((each) => each !== 'hello')) stage.gain(`a stranger was told ${type}`);
    stage.note(`gone for ${(goneMs / 1_000).toFixed(1)} s, strangers were told ${told.length} times hello`);
  },
};
