/** Owns the rows in which packets vanish on the way: one person's to the server, or those between two people. */

import type { Person } from '../person.ts';
import {
  allShowAfterMs,
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  showsLive,
  VOICE_GAP_MAX_MS,
  worstGapMs,
} from '../row.ts';

const TOLD_MAX_S = 6;
const LIVE_TIMEOUT_MS = 40_000;
const NO_ROUTE_WATCH_MS = 60_000;
const REASON_MAX_S = 15;
const NO_ROUTE_CONNECTIONS_MAX = 3;
/** Of the card of somebody who is only waited for. */
const STILL_TRYING = /Connecting…|Lost, reconnecting…/;

function wayToServerCut(cutMs: number): NetsimRow {
  return {
    fault: `one person's way to the server cut for ${cutMs / 1_000} s`,
    async run(stage) {
      await stage.startHost();
      const people = await stage.call('Anna', 'Boris');
      const [anna, boris] = people as [Person, Person];
      const cutAtMs = Date.now();
      await anna.machine.cutFrom(stage.hostMachine);
      await pause(cutMs);
      await anna.machine.mend();
      const mendedMs = Date.now();
      await anna.guest.status.filter({ hasText: /^Live$/ }).waitFor({ timeout: LIVE_TIMEOUT_MS });
      const backMs = Date.now() - mendedMs;
      await stage.isWhole(people);
      const { shown } = await boris.testimony();
      const hasLeft = shown.some(({ atMs, cards }) => atMs > cutAtMs && cards.length < people.length);
      return {
        figures: [
          {
            name: 'voice gap',
            value: await worstGapMs(people, cutAtMs),
            unit: 'ms',
            atMost: VOICE_GAP_MAX_MS,
          },
          {
            name: 'told',
            value: seconds(await allShowAfterMs([anna], cutAtMs, (words) => !showsLive(words))),
            unit: 's',
            // What is over sooner need not be told.
            ...(cutMs > TOLD_MAX_S * 1_000 ? { atMost: TOLD_MAX_S } : {}),
          },
          { name: 'signaling back', value: seconds(backMs), unit: 's' },
          { name: 'shown to the other as left', value: Number(hasLeft), unit: '', atMost: 0 },
          { name: 'connections of a page', value: await mostConnections(people), unit: '', atMost: 1 },
        ],
        notes: [await readBy(anna, cutAtMs), await readBy(boris, cutAtMs)],
      };
    },
  };
}

const noRoute: NetsimRow = {
  fault: 'nothing comes through between two people, both reach the server',
  async run(stage) {
    await stage.startHost();
    const [anna, boris] = [await stage.person('Anna'), await stage.person('Boris')];
    await anna.machine.cutFrom(boris.machine);
    const invite = await stage.invite();
    await anna.join(invite);
    await boris.join(invite);
    const togetherMs = Date.now();
    await pause(NO_ROUTE_WATCH_MS);
    const reasonMs = await allShowAfterMs([anna, boris], togetherMs, ({ cards }) => {
      const [, other] = cards;
      return other !== undefined && !STILL_TRYING.test(other);
    });
    return {
      figures: [
        { name: 'the reason on the card', value: seconds(reasonMs), unit: 's', atMost: REASON_MAX_S },
        {
          name: `connections of a page in ${NO_ROUTE_WATCH_MS / 1_000} s`,
          value: await mostConnections([anna, boris], 'connectionsMade'),
          unit: '',
          atMost: NO_ROUTE_CONNECTIONS_MAX,
        },
      ],
      notes: [await readBy(anna, togetherMs), await readBy(boris, togetherMs)],
    };
  },
};

export const wayRows: Readonly<Record<string, NetsimRow>> = {
  'cut-5': wayToServerCut(5_000),
  'cut-40': wayToServerCut(40_000),
  'cut-120': wayToServerCut(120_000),
  'no-route': noRoute,
};
