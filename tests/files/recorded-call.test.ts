/** Owns the proof that a call of three is recorded as each agreed: asked and answered by the pages' own buttons, voices over the network, the recording page killed. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Download, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../e2e/stage.ts';
import { findChromium, launchChromiumIn } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { chapterLines, holdsOnly } from '../support/recording/expected-voices.ts';
import { decode, msOf, probe, soundToolsMissing } from '../support/recording/recorded-sound.ts';
import { writeTone } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();
const skipped = soundToolsMissing === null ? '' : ` (skipped: ${soundToolsMissing})`;
const [ANNA_HZ, BORIS_HZ, CLARA_HZ] = [400, 800, 1_200] as const;
const TONES = [ANNA_HZ, BORIS_HZ, CLARA_HZ];
/** From a press until the one who records has its answer, on a busy machine. */
const ANSWER_MS = 2_000;
const WEBM_BEGINS = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

describe.skipIf(chromium === null || soundToolsMissing !== null)(
  `a recorded call in Chromium${skipped}`,
  () => {
    let stage: Stage;
    let directory: string;
    let profile: BrowserContext;

    beforeAll(async () => {
      stage = await Stage.create();
      directory = await mkdtemp(join(tmpdir(), 'secret-call-recorded-'));
    });
    afterAll(async () => {
      await profile.close();
      await stage.end();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });

    async function openProfile(): Promise<BrowserContext> {
      const tonePath = await writeTone(directory, ANNA_HZ);
      return launchChromiumIn(join(directory, 'profile'), chromium ?? '', { tonePath });
    }

    async function kill(context: BrowserContext): Promise<void> {
      const session = await context.browser()?.newBrowserCDPSession();
      const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
      const gone = context.waitForEvent('close');
      for (const { type, id } of processInfo) if (type === 'browser') process.kill(id, 'SIGKILL');
      await gone;
    }

    const press = (page: Page, name: string) =>
      page.getByRole('button', { name, exact: true }).press('Enter');
    const recordings = ({ page }: Guest) => page.getByRole('list', { name: 'Recordings' });
    const recordedMs = async (guest: Guest) => {
      const [, minutes, seconds] = /(\d+):(\d\d), /.exec(await recordings(guest).innerText()) ?? [];
      return (Number(minutes) * 60 + Number(seconds)) * 1_000;
    };
    const hasRecorded = (guest: Guest, ms: number) =>
      until(
        `${ms} ms recorded`,
        () => recordedMs(guest),
        (recorded) => recorded >= ms,
      );
    const says = (guest: Guest, words: RegExp) => recordings(guest).getByText(words).waitFor();

    it('has of each what they agreed to, from when to when, up to two seconds before the page was killed', async () => {
      const host = await stage.host();
      profile = await openProfile();
      const anna = await Guest.open(profile, host.invite, 'Anna');
      const clara = await stage.guest(await stage.browser(CLARA_HZ, chromium ?? ''), host.invite, 'Clara');
      const boris = await stage.guest(await stage.browser(BORIS_HZ, chromium ?? ''), host.invite, 'Борис');
      await anna.join();
      await clara.join();
      await anna.hears(CLARA_HZ);
      await press(anna.page, 'Record');
      await press(anna.page, 'A track for each person');
      await clara.page.getByRole('dialog', { name: 'May Anna record?' }).waitFor();
      await press(clara.page, 'Agree');
      await says(anna, /In it: you, Clara\./);

      await boris.join();
      await anna.hears(CLARA_HZ, BORIS_HZ);
      await boris.page.getByRole('dialog', { name: 'May Anna record?' }).waitFor();
      await hasRecorded(anna, (await recordedMs(anna)) + 2_000);
      const agreedMs = await recordedMs(anna);
      await press(boris.page, 'Agree');
      await says(anna, /In it: you, Clara, Борис\./);
      await hasRecorded(anna, (await recordedMs(anna)) + 2_000);
      const withdrawnMs = await recordedMs(anna);
      await clara.page.getByRole('button', { name: 'Stop recording me: Anna' }).press('Enter');
      await says(anna, /Not in it: Clara\./);
      await hasRecorded(anna, withdrawnMs + 4_000);
      const killedMs = await recordedMs(anna);
      await kill(profile);
      const asLeft = await Promise.all((await webmFilesIn(directory)).map(probe));
      expect(asLeft.map(({ codecs }) => codecs)).toEqual([['opus'], ['opus'], ['opus']]);

      profile = await openProfile();
      const again = await Guest.open(profile, host.invite, 'Anna');
      await again.join();
      await recordings(again).getByText('A recording was cut off').waitFor();
      const downloads: Download[] = [];
      again.page.on('download', (download) => downloads.push(download));
      await recordings(again).getByRole('button', { name: 'Save', exact: true }).press('Enter');
      await until(
        'both files',
        async () => downloads.length,
        (count) => count === 2,
      );
      const paths = new Map<string, string>();
      for (const download of downloads)
        paths.set(download.suggestedFilename().slice(-4), await download.path());
      const recording = paths.get('webm') ?? '';

      const { durationMs, titles, comment } = await probe(recording);
      expect(titles).toEqual(['Anna', 'Clara', 'Борис']);
      expect(comment).toContain('\t+\tБорис');
      expect(durationMs).toBeGreaterThan(killedMs - 2_000);
      const lines = chapterLines(await readFile(paths.get('.txt') ?? '', 'utf8'));
      expect(lines.map(({ sign, name }) => sign + name)).toEqual([
        '+Anna',
        '+Clara',
        '+Борис',
        '-Clara',
        '=',
      ]);
      const [annaIn = 0, claraIn = 0, borisIn = 0, claraOut = 0] = lines.map(({ atMs }) => atMs);
      expect(borisIn).toBeGreaterThan(agreedMs);
      expect(borisIn).toBeLessThan(agreedMs + 1_000 + ANSWER_MS);
      expect(claraOut).toBeGreaterThan(withdrawnMs);
      expect(claraOut).toBeLessThan(withdrawnMs + 1_000 + ANSWER_MS);
      const [annas, claras, boriss] = await Promise.all([0, 1, 2].map((track) => decode(recording, track)));
      const voice = (samples: Float32Array | undefined) => samples ?? new Float32Array();
      const endMs = msOf(voice(annas));
      holdsOnly(voice(annas), ANNA_HZ, [annaIn, endMs], TONES);
      holdsOnly(voice(claras), CLARA_HZ, [claraIn, claraOut], TONES);
      holdsOnly(voice(boriss), BORIS_HZ, [borisIn, endMs], TONES);
      await stage.clear();
    });
  },
);

/** As Chromium keeps what a page wrote into its private file system. */
async function webmFilesIn(directory: string): Promise<string[]> {
  const all = await readdir(join(directory, 'profile'), { recursive: true, withFileTypes: true });
  const files = all
    .filter((entry) => entry.isFile() && entry.parentPath.includes('File System'))
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(file) })));
  return contents.filter(({ bytes }) => bytes.subarray(0, 4).equals(WEBM_BEGINS)).map(({ file }) => file);
}
