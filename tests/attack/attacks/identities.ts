/** Owns ever new people: somewhat more than a page has places for in its table, each in for a moment and gone for good. */

import { PAIR_STATES_MAX } from '../../../main/common/protocol/limits.ts';
import { anyName, WirePage } from '../../support/wire/wire-page.ts';
import type { Attack, AttackStage } from '../stage.ts';

const COUNT = PAIR_STATES_MAX + 32;
const SECONDS = 7;
const STAY_MS = 250;

const pause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

export const identities: Attack = {
  name: `${COUNT} identities in ${SECONDS} s`,
  run: async (stage) => {
    const visits: Promise<boolean>[] = [];
    for (let index = 0; index < COUNT; index++) {
      visits.push(visit(stage));
      await pause((SECONDS * 1_000) / COUNT);
    }
    const came = (await Promise.all(visits)).filter(Boolean).length;
    stage.note(`${came} of them were in the room`);
    await stage.letLatecomerIn();
  },
};

/** Whether it was seen there. */
async function visit({ host }: AttackStage): Promise<boolean> {
  const page = await WirePage.open(host);
  await page.prove(host.token);
  const { id } = await page.next('hello');
  page.send({ type: 'name', name: anyName() });
  let isIn = false;
  page
    .until('roster', ({ roster }) => roster.some((entry) => entry.id === id))
    .then(
      () => {
        isIn = true;
      },
      () => {},
    );
  await pause(STAY_MS);
  await page.close();
  return isIn;
}
