/** Owns the rows of a file on a bad line: how fast it goes beside one bare channel, and that it goes on after the line was cut. */

import { bareChannelRate } from '../../support/files/bare-channel.ts';
import {
  acceptFile,
  fileDigest,
  fileIsWhole,
  offerFile,
  savedDigest,
} from '../../support/files/page-files.ts';
import { MIB, writeRandomFile } from '../../support/files/random-file.ts';
import { CLEAR_LINE, type LineShape } from '../lossy-link.ts';
import type { Person } from '../person.ts';
import { type NetsimRow, pause, VOICE_GAP_MAX_MS, worstGapMs } from '../row.ts';
import type { NetsimStage } from '../stage.ts';

const LINE: LineShape = { delayMs: 50, jitterMs: 0, lossPercent: 1, burstMs: 0 };
const CUT: LineShape = { ...CLEAR_LINE, lossPercent: 100 };
const RATIO_LEAST = 3;
const BARE_MS = 25_000;
const SLOW_MIB = 40;
const PATIENCE_MS = 240_000;
const CUT_MIB = 400;
const CUT_MS = 12_000;
const BETWEEN_MS = 3_000;

async function twoInCall(stage: NetsimStage) {
  await stage.startHost();
  const { person: anna, link } = await stage.personBehindLossyLink('Anna');
  const boris = await stage.person('Boris');
  const people: readonly Person[] = [anna, boris];
  const invite = await stage.invite();
  for (const person of people) await person.join(invite);
  await stage.isWhole(people);
  return { from: anna.guest.page, to: boris.guest.page, link, people };
}

const slow: NetsimRow = {
  fault: 'a file over a line of 50 ms each way that loses 1 %',
  async run(stage) {
    const { from, to, link, people } = await twoInCall(stage);
    const path = await writeRandomFile(stage.directory, 'slow.bin', SLOW_MIB);
    await link.shape(LINE);
    const bare = await bareChannelRate(from, [to], BARE_MS);
    await offerFile(from, path);
    const sinceMs = Date.now();
    await acceptFile(to, 'slow.bin');
    await fileIsWhole(to, 'slow.bin', PATIENCE_MS);
    const own = (SLOW_MIB * MIB) / 1_000 / (Date.now() - sinceMs);
    const gapMs = await worstGapMs(people, sinceMs);
    return {
      figures: [
        { name: 'one bare channel', value: bare * 1_000, unit: 'kB/s' },
        { name: 'a file of 40 MiB, Accept → whole', value: own * 1_000, unit: 'kB/s' },
        { name: 'ratio', value: own / bare, unit: '×', atLeast: RATIO_LEAST },
        { name: 'longest gap in a voice meanwhile', value: gapMs, unit: 'ms', atMost: VOICE_GAP_MAX_MS },
      ],
    };
  },
};

const cut: NetsimRow = {
  fault: 'a file whose line is cut twice for 12 s',
  async run(stage) {
    const { from, to, link } = await twoInCall(stage);
    const path = await writeRandomFile(stage.directory, 'cut.bin', CUT_MIB);
    await offerFile(from, path);
    await acceptFile(to, 'cut.bin');
    for (let times = 0; times < 2; times++) {
      await pause(BETWEEN_MS);
      await link.shape(CUT);
      await pause(CUT_MS);
      await link.shape(CLEAR_LINE);
    }
    const backMs = Date.now();
    await fileIsWhole(to, 'cut.bin', PATIENCE_MS);
    const wholeMs = Date.now() - backMs;
    const equal = (await savedDigest(to, 'cut.bin', PATIENCE_MS)) === (await fileDigest(path));
    return {
      figures: [
        { name: 'from the second mend until it is whole', value: wholeMs / 1_000, unit: 's' },
        { name: 'files equal to the byte', value: equal ? 1 : 0, unit: '', atLeast: 1 },
      ],
    };
  },
};

export const fileRows: Readonly<Record<string, NetsimRow>> = { 'file-slow': slow, 'file-cut': cut };
