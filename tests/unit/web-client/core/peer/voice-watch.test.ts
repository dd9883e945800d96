/** A voice that stops: because nobody speaks into a microphone any more, or because nobody is there. */

import { beforeEach, expect, it } from 'vitest';
import { DOUBT_ANSWER_MS } from '../../../../../main/common/protocol/limits.ts';
import {
  SILENT_AGAIN_MS,
  VOICE_STOPPED_MS,
  VoiceWatch,
} from '../../../../../web-client/core/peer/voice-watch.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const LOOK_MS = 250;

let time: ManualTime;
let alive: boolean;
let asked: number;
let told: boolean[];
let watch: VoiceWatch;

beforeEach(() => {
  time = new ManualTime();
  alive = true;
  asked = 0;
  told = [];
  watch = new VoiceWatch({
    ...time,
    check: async () => {
      asked++;
      await new Promise<void>((resolve) => time.timers.setTimeout(resolve, DOUBT_ANSWER_MS));
      return alive;
    },
    onSilence: (silent) => {
      if (told.at(-1) !== silent) told.push(silent);
    },
  });
});

async function pass(totalMs: number, packetAt: () => number | null): Promise<void> {
  for (let passedMs = 0; passedMs < totalMs; passedMs += LOOK_MS) {
    watch.handleLook(packetAt());
    await time.advance(LOOK_MS);
  }
}
const speaking = () => pass(5_000, time.clock);
const stopped = (totalMs: number) => pass(totalMs, () => 5_000);

it('asks nobody who speaks, or never spoke', async () => {
  await pass(20_000, () => null);
  await speaking();
  expect(asked).toBe(0);
});

it('has told within four seconds of the last packet that somebody is gone, and when they are back', async () => {
  alive = false;
  await speaking();
  await stopped(VOICE_STOPPED_MS + DOUBT_ANSWER_MS + 2 * LOOK_MS);
  expect(told).toEqual([false, true]);
  expect(VOICE_STOPPED_MS + DOUBT_ANSWER_MS + 2 * LOOK_MS).toBeLessThan(4_000);
  await speaking();
  expect(told).toEqual([false, true, false]);
  expect(time.pending).toBe(0);
});

it('asks once whether somebody is there who took their microphone away', async () => {
  await speaking();
  await stopped(60_000);
  expect([asked, told]).toEqual([1, [false]]);
});

it('asks on whether somebody is back who says nothing', async () => {
  alive = false;
  await speaking();
  await stopped(5_000);
  alive = true;
  await stopped(DOUBT_ANSWER_MS + SILENT_AGAIN_MS + DOUBT_ANSWER_MS);
  expect(told).toEqual([false, true, false]);
});

it('takes no answer for a connection that has ended', async () => {
  alive = false;
  await speaking();
  await stopped(VOICE_STOPPED_MS + LOOK_MS);
  expect(asked).toBe(1);
  watch.dispose();
  await time.advance(60_000);
  expect([told, asked, time.pending]).toEqual([[false], 1, 0]);
});
