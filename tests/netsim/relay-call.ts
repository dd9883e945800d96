/** Owns two people who have no way to each other but through a TURN server: until they hear each other, or read why they do not. */

import { callEn } from '../../web-client/i18n/call-en.ts';
import type { Person } from './person.ts';
import { allShowAfterMs, type NetsimRow, pause, readBy, seconds } from './row.ts';
import type { NetsimStage } from './stage.ts';

export const HEARD_MAX_S = 2;
export const READ_MAX_S = 15;
const READ_TIMEOUT_MS = 30_000;
/** A browser asks again some seconds apart, or is asked to by the next repair. */
export const BACK_MAX_S = 10;
/** A browser notices a dead relay by the silence, and asks the new one from the other's next try on. */
export const BACK_TIMEOUT_MS = 60_000;

/** Joined, one after the other. */
export async function talkThroughRelay(
  stage: NetsimStage,
): Promise<{ readonly people: readonly [Person, Person]; readonly heardMs: number }> {
  const people = [await stage.person('Anna'), await stage.person('Boris')] as const;
  await people[0].machine.cutFrom(people[1].machine);
  return { people, heardMs: await joinOneByOne(stage, people) };
}

/** Resolves with the milliseconds from the second one's press until both hear each other. */
export async function joinOneByOne(
  stage: NetsimStage,
  [anna, boris]: readonly [Person, Person],
): Promise<number> {
  const invite = await stage.invite();
  await anna.join(invite);
  await boris.open(invite);
  const pressedMs = Date.now();
  await boris.guest.join();
  await stage.isWhole([anna, boris]);
  const firstMs = [
    (await boris.testimony()).firstHeardMs[anna.toneHz],
    (await anna.testimony()).firstHeardMs[boris.toneHz],
  ];
  return Math.max(...firstMs.map((atMs) => atMs ?? Number.POSITIVE_INFINITY)) - pressedMs;
}

type RelayWords = 'obstacle.relay-refused' | 'obstacle.relay-full' | 'obstacle.relay-silent';

/** How long after this moment the last of them could read it on the card of another; null where one could not in time. */
export async function readOnCardsAfterMs(
  people: readonly Person[],
  words: RelayWords,
  momentMs: number,
): Promise<number | null> {
  const deadlineMs = Date.now() + READ_TIMEOUT_MS;
  for (;;) {
    const afterMs = await allShowAfterMs(people, momentMs, ({ cards }) =>
      cards.some((card) => card.includes(callEn[words])),
    );
    if (afterMs !== null || Date.now() > deadlineMs) return afterMs;
    await pause(200);
  }
}

/** Two people, to whom the TURN server gives nothing. */
export function withoutRelay(
  fault: string,
  words: RelayWords,
  prepare: (stage: NetsimStage) => Promise<unknown>,
): NetsimRow {
  return {
    fault,
    async run(stage) {
      await prepare(stage);
      const invite = await stage.invite();
      const people = [await stage.person('Anna'), await stage.person('Boris')] as const;
      const [anna, boris] = people;
      await anna.machine.cutFrom(boris.machine);
      await anna.join(invite);
      await boris.join(invite);
      const togetherMs = Date.now();
      const readMs = await readOnCardsAfterMs(people, words, togetherMs);
      return {
        figures: [{ name: 'the reason on the card', value: seconds(readMs), unit: 's', atMost: READ_MAX_S }],
        notes: [await readBy(anna, togetherMs), await readBy(boris, togetherMs)],
      };
    },
  };
}
