/** Owns the rows in which one person's network goes and comes, with the address it had or another one. */

import { addressOf } from '../network.ts';
import type { Person } from '../person.ts';
import { mostConnections, type NetsimRow, pause, readBy, seconds, waitForVoices } from '../row.ts';

const NAMES = ['Anna', 'Boris', 'Clara'] as const;
const NEW_NUMBER = 77;
const GIVE_UP_MS = 45_000;
/** Of the host, before the network goes. */
const GONE_MS = 4_000;
/** Seen today: 0.2 to 0.4 s. */
const SAME_MAX_S = 0.5;
const MOVED_MAX_S = 3;
const HOSTLESS_MAX_S = 8;

interface Outage {
  readonly downMs: number;
  readonly moves: boolean;
  readonly hostGone?: boolean;
}

function outage({ downMs, moves, hostGone = false }: Outage): NetsimRow {
  const address = moves ? 'another address' : 'the same address';
  return {
    fault: `interface down ${downMs / 1_000} s, ${address}${hostGone ? ', the host gone for good' : ''}`,
    async run(stage) {
      await stage.startHost();
      const people = await stage.call(...NAMES);
      const [anna, ...others] = people as [Person, ...Person[]];
      if (hostGone) {
        await stage.killHost();
        for (const { guest } of people) await guest.showsStatus('Connection lost, trying again');
        // For good is longer than a moment.
        await pause(GONE_MS);
      }
      const downAtMs = Date.now();
      await anna.machine.goDown();
      await pause(downMs);
      if (moves) await anna.machine.moveTo(addressOf(NEW_NUMBER));
      await anna.machine.goUp();
      const upMs = Date.now();
      const backMs = await waitForVoices(anna, others, upMs, GIVE_UP_MS);
      const isLiveAgain = hostGone
        ? null
        : anna.guest.showsStatus('Live').then(
            () => Date.now() - upMs,
            () => null,
          );
      const atMost = hostGone ? HOSTLESS_MAX_S : moves ? MOVED_MAX_S : SAME_MAX_S;
      return {
        figures: [
          { name: 'voice back after the link', value: seconds(backMs), unit: 's', atMost },
          ...(isLiveAgain === null
            ? []
            : [{ name: 'signaling back', value: seconds(await isLiveAgain), unit: 's' } as const]),
          {
            name: 'connections of a page',
            value: await mostConnections(people),
            unit: '',
            ...(moves ? {} : { atMost: others.length }),
          },
        ],
        notes: [await readBy(anna, downAtMs), await readBy(others[0] as Person, downAtMs)],
      };
    },
  };
}

export const interfaceRows: Readonly<Record<string, NetsimRow>> = {
  'down-3': outage({ downMs: 3_000, moves: false }),
  'down-10': outage({ downMs: 10_000, moves: false }),
  'moved-3': outage({ downMs: 3_000, moves: true }),
  'moved-10': outage({ downMs: 10_000, moves: true }),
  'moved-3-hostless': outage({ downMs: 3_000, moves: true, hostGone: true }),
  'moved-10-hostless': outage({ downMs: 10_000, moves: true, hostGone: true }),
};
