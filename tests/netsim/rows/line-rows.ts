/** Owns the rows with a bad line: what is made up of a voice, and how late it comes, beside a bare page on the same line. */

import { joinBare, openBarePage, startBareCall } from '../bare-call.ts';
import { CLEAR_LINE, type LineShape } from '../lossy-link.ts';
import type { Figure } from '../report.ts';
import { type NetsimRow, pause } from '../row.ts';
import { countVoices, voiceFigures } from '../voice-statistics.ts';

const CONCEALED_MAX_SHARE = 1 / 3;
const DELAY_MAX_ABOVE_MS = 60;
/** The players have learnt what the line is like. */
const SETTLE_MS = 8_000;
const MEASURED_MS = 45_000;
/** Of a voice two or three packets in a row. */
const BURST_MS = 50;
const SPELL_MS = 10_000;
const SPELL_SETTLE_MS = 3_000;

interface BadLine {
  readonly fault: string;
  readonly shape: LineShape;
  /** The line is bad for so long only, and counted are these and the moments after. */
  readonly spellMs?: number;
}

function badLine({ fault, shape, spellMs }: BadLine): NetsimRow {
  return {
    fault,
    async run(stage) {
      await stage.startHost();
      const bare = await startBareCall(stage.hostMachine.address);
      try {
        const { person: anna, link } = await stage.personBehindLossyLink('Anna');
        const boris = await stage.person('Boris');
        const people = [anna, boris];
        const invite = await stage.invite();
        for (const person of people) await person.join(invite);
        await stage.isWhole(people);
        const barePages = [];
        for (const { profile } of people) barePages.push(await openBarePage(profile, bare.url));
        await joinBare(barePages);

        const kinds = { product: people.map(({ guest }) => guest.page), bare: barePages };
        const countAll = async () => ({
          product: await Promise.all(kinds.product.map(countVoices)),
          bare: await Promise.all(kinds.bare.map(countVoices)),
        });
        if (spellMs === undefined) {
          await link.shape(shape);
          await pause(SETTLE_MS);
        } else {
          await link.shape({ ...CLEAR_LINE, delayMs: shape.delayMs });
          await pause(SETTLE_MS);
          await link.shape(shape);
        }
        const before = await countAll();
        await pause(spellMs ?? MEASURED_MS);
        if (spellMs !== undefined) {
          await link.shape({ ...CLEAR_LINE, delayMs: shape.delayMs });
          await pause(SPELL_SETTLE_MS);
        }
        const after = await countAll();
        const own = voiceFigures(before.product, after.product);
        const floor = voiceFigures(before.bare, after.bare);
        const share = own.concealedPercent / floor.concealedPercent;
        const laterMs = own.playoutDelayMs - floor.playoutDelayMs;
        const figures: readonly Figure[] = [
          { name: 'concealed on the bare page', value: floor.concealedPercent, unit: '%' },
          { name: 'concealed on our page', value: own.concealedPercent, unit: '%' },
          { name: 'share of the bare page’s', value: share, unit: '×', atMost: CONCEALED_MAX_SHARE },
          { name: 'play-out delay of the bare page', value: floor.playoutDelayMs, unit: 'ms' },
          { name: 'play-out delay above that', value: laterMs, unit: 'ms', atMost: DELAY_MAX_ABOVE_MS },
        ];
        return { figures };
      } finally {
        await bare.stop();
      }
    },
  };
}

export const lineRows: Readonly<Record<string, NetsimRow>> = {
  'line-100': badLine({
    fault: 'line of 100 ± 25 ms that loses 5 %',
    shape: { delayMs: 100, jitterMs: 25, lossPercent: 5, burstMs: 0 },
  }),
  'line-250': badLine({
    fault: 'line of 250 ± 100 ms that loses 10 % in bursts',
    shape: { delayMs: 250, jitterMs: 100, lossPercent: 10, burstMs: BURST_MS },
  }),
  'line-spell': badLine({
    fault: 'line of 50 ms that loses 30 % for 10 s',
    shape: { delayMs: 50, jitterMs: 0, lossPercent: 30, burstMs: 0 },
    spellMs: SPELL_MS,
  }),
};
