/** Owns the proof that Firefox records a call with Chromium and is recorded by it, both at the same time, each voice in its own track. */

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from 'playwright';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { findFirefox, launchFirefox } from '../support/browser/firefox.ts';
import type { Guest } from '../support/browser/guest.ts';
import { chapterLines, holdsOnly } from '../support/recording/expected-voices.ts';
import { decode, msOf, probe, soundToolsMissing } from '../support/recording/recorded-sound.ts';
import { type SoundServer, soundServerMissing, startSoundServer } from '../support/sound/sound-server.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();
const firefox = findFirefox();
const missing = soundToolsMissing ?? soundServerMissing;
const skipped = missing === null ? '' : ` (skipped: ${missing})`;
/** Firefox records at the rate of its device; many have this one, which is none of Opus. */
const DEVICE_RATE = 44_100;
/** So high that one taken for a sound of 48,000 samples a second would be another. */
const [ANNA_HZ, BORIS_HZ] = [2_400, 4_000] as const;
const TONES = [ANNA_HZ, BORIS_HZ];
const RECORDED_MS = 2_000;
const LENGTH_TOLERANCE_MS = 50;
/** So long a machine that is too busy for it may have stood still at the end, which is not made up for. */
const STALLED_MS = 500;

/** Anna is in Chromium, Boris in Firefox. */
describe.skipIf(chromium === null || firefox === null || missing !== null)(
  `a call recorded in Firefox and in Chromium${skipped}`,
  () => {
    let stage: Stage;
    let directory: string;
    let sound: SoundServer;
    let foxBrowser: Firefox;
    let anna: Guest;
    let boris: FirefoxPage;

    beforeAll(async () => {
      stage = await Stage.create();
      directory = await mkdtemp(join(tmpdir(), 'secret-call-recorded-'));
      sound = await startSoundServer(DEVICE_RATE);
      const [host, chromiumBrowser] = await Promise.all([
        stage.host(),
        stage.browser(ANNA_HZ, chromium ?? ''),
        launchFirefox(firefox ?? '', BORIS_HZ, {
          environment: sound.environment,
          preferences: {
            'browser.download.folderList': 2,
            'browser.download.dir': directory,
            // Open, it has the focus, and keys press nothing in the page.
            'browser.download.alwaysOpenPanel': false,
          },
        }).then((browser) => {
          foxBrowser = browser;
        }),
      ]);
      anna = await stage.guest(chromiumBrowser, host.invite, 'Anna');
      await anna.join();
      boris = await foxBrowser.newPage();
      const invite = new URL(host.invite);
      invite.searchParams.set('lang', 'en');
      await boris.goto(invite.href);
      await boris.locator('#join-name').fill('Boris');
      await borisPresses('Join');
      await anna.hears(BORIS_HZ);
    });
    afterAll(async () => {
      await Promise.all([foxBrowser.close(), stage.clear()]);
      await Promise.all([sound.stop(), stage.end()]);
      await rm(directory, { recursive: true, force: true });
    });

    /** By key: a pointer waits until the button stands still. By its words: by role, Firefox searches the page for seconds. */
    async function borisPresses(name: string): Promise<void> {
      await boris.waitForFunction(
        (words) => {
          const buttons = [...document.querySelectorAll('button')];
          const button = buttons.find(
            (other) => other.checkVisibility() && other.textContent.trim() === words,
          );
          button?.focus();
          return button !== undefined && document.activeElement === button;
        },
        { polling: 50 },
        name,
      );
      await boris.keyboard.press('Enter');
    }
    const annaPresses = (name: string) => anna.page.getByRole('button', { name, exact: true }).press('Enter');
    const borisSees = (words: string) => boris.locator(`::-p-text(${words})`).wait();
    const annaSees = (words: string) => anna.page.getByText(words).waitFor();
    const annasMs = async () => {
      const lines = await anna.page.getByRole('list', { name: 'Recordings' }).innerText();
      return Number(/0:(\d\d), /.exec(lines)?.[1]) * 1_000;
    };

    /** Once they are whole: while Firefox writes one, it is empty, or has another beside it. */
    const filesOfBoris = () =>
      until(
        'both files',
        async () => {
          const paths = (await readdir(directory)).map((name) => join(directory, name));
          return Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
        },
        (files) => files.length === 2 && files.every(({ size }) => size > 0),
      );

    interface Expected {
      readonly names: readonly string[];
      readonly tonesHz: readonly number[];
      /** By the clock, at least and at most. */
      readonly lengthMs: readonly [number, number];
    }

    /** Each voice in its own track from entry to end, no other there, and all as long as the text says. */
    async function holdsEach(paths: readonly string[], expected: Expected): Promise<void> {
      const { names, tonesHz, lengthMs } = expected;
      const [recording = '', text = ''] = ['.webm', '.txt'].map((end) =>
        paths.find((path) => path.endsWith(end)),
      );
      const { durationMs, codecs, titles } = await probe(recording);
      expect(codecs).toEqual(['opus', 'opus']);
      expect(titles).toEqual(names);
      const lines = chapterLines(await readFile(text, 'utf8'));
      expect(lines.map(({ sign, name }) => sign + name)).toEqual([...names.map((name) => `+${name}`), '=']);
      const times = lines.map(({ atMs }) => atMs);
      const endMs = times.at(-1) ?? 0;
      expect(endMs).toBeGreaterThan(lengthMs[0] - STALLED_MS);
      expect(endMs).toBeLessThan(lengthMs[1]);
      expect(Math.abs((durationMs ?? 0) - endMs)).toBeLessThan(LENGTH_TOLERANCE_MS);
      for (const [track, hertz] of tonesHz.entries()) {
        const voice = await decode(recording, track);
        expect(Math.abs(msOf(voice) - endMs)).toBeLessThan(LENGTH_TOLERANCE_MS);
        holdsOnly(voice, hertz, [times[track] ?? 0, endMs], TONES);
      }
    }

    it('has each voice in its own track, in the file of either', async () => {
      const borisAsksMs = performance.now();
      await borisPresses('Record');
      await borisPresses('A track for each person');
      await anna.page.getByRole('dialog', { name: 'May Boris record?' }).waitFor();
      const borisBegunMs = performance.now();
      await annaPresses('Agree');
      await borisSees('In it: you, Anna.');
      await borisSees('Recording: you');
      await annaSees('Recording: Boris');

      const downloads: Download[] = [];
      anna.page.on('download', (download) => downloads.push(download));
      const annaAsksMs = performance.now();
      await annaPresses('Record');
      await annaPresses('A track for each person');
      await borisSees('May Anna record?');
      const annaBegunMs = performance.now();
      await borisPresses('Agree');
      await annaSees('In it: you, Boris.');
      await borisSees('Recording: Anna, you');
      const agreedMs = await annasMs();
      await until('more recorded', annasMs, (ms) => ms >= agreedMs + RECORDED_MS);

      const stopsMs = performance.now();
      // At once: while one writes the end of its file, its voice may stand still on a busy machine.
      await borisPresses('Stop recording');
      await annaPresses('Stop recording');
      await Promise.all([borisSees('Your recording is ready'), annaSees('Your recording is ready')]);
      const stoppedMs = performance.now();
      await borisPresses('Save');
      await borisSees('Saved to your downloads');
      await annaPresses('Save');
      const annas = () => downloads.length;
      await until('both files', annas, (count) => count === 2);

      const borisPaths = (await filesOfBoris()).map(({ path }) => path);
      await holdsEach(borisPaths, {
        names: ['Boris', 'Anna'],
        tonesHz: [BORIS_HZ, ANNA_HZ],
        lengthMs: [stopsMs - borisBegunMs, stoppedMs - borisAsksMs],
      });
      const annaPaths = downloads.map((download) => join(directory, `Anna ${download.suggestedFilename()}`));
      await Promise.all(downloads.map((download, index) => download.saveAs(annaPaths[index] ?? '')));
      await holdsEach(annaPaths, {
        names: ['Anna', 'Boris'],
        tonesHz: [ANNA_HZ, BORIS_HZ],
        lengthMs: [stopsMs - annaBegunMs, stoppedMs - annaAsksMs],
      });
    });
  },
);
