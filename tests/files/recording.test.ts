/** Owns the proof that a recording has each voice exactly while it is in, in real Chromium, and ends in order where there is no room. */

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { chapterLines, holds, TOLERANCE_MS } from '../support/recording/expected-voices.ts';
import { FED_HZ } from '../support/recording/fed-tone.ts';
import { decode, msOf, probe, soundToolsMissing, toneIn } from '../support/recording/recorded-sound.ts';
import { RecorderRig } from '../support/recording/recorder-rig.ts';

const chromium = findChromium();
const skipped = soundToolsMissing === null ? '' : ` (skipped: ${soundToolsMissing})`;
const [ANNA_HZ, BORIS_HZ, CLARA_HZ] = [500, 1_000, 2_000] as const;
const LOST_MAX_MS = 2_000;
/** By how much the page is ahead of the worker that is fed faster than is spoken. */
const FEED_AHEAD_MS = 2_000;

describe.skipIf(chromium === null || soundToolsMissing !== null)(`a recording in Chromium${skipped}`, () => {
  let rig: RecorderRig;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    rig = await RecorderRig.create();
    ({ browser, page } = await rig.open(chromium ?? '', ANNA_HZ));
  });
  afterAll(async () => {
    expect(rig.faults).toEqual([]);
    await rig.end();
  });

  const voices = async () => {
    await page.evaluate(() => window.recorderPage.addMicrophone('anna'));
    await page.evaluate((hertz) => window.recorderPage.addTone('boris', hertz), BORIS_HZ);
    await page.evaluate((hertz) => window.recorderPage.addTone('clara', hertz), CLARA_HZ);
  };
  const start = (mode: 'mixed' | 'each') => page.evaluate((as) => window.recorderPage.start(as), mode);
  const enters = (id: string, name: string) =>
    page.evaluate((of, called) => window.recorderPage.setVoice(of, called), id, name);
  const leaves = (id: string) => page.evaluate((of) => window.recorderPage.removeVoice(of), id);
  const recordedUntil = (ms: number) =>
    page.waitForFunction((atMs) => window.recorderPage.elapsedMs() >= atMs, { polling: 50 }, ms);

  it('with all in one track has its length and can be sought in, and no other tab takes it', async () => {
    await voices();
    expect(await start('mixed')).toBe('started');
    await enters('anna', 'Anna');
    await recordedUntil(1_200);
    await enters('boris', 'Boris');
    await recordedUntil(2_400);
    await leaves('boris');
    const other = await rig.load(browser);
    expect(await other.evaluate(() => window.recorderPage.findLeft())).toBe(0);
    await page.bringToFront();
    await recordedUntil(3_500);
    expect(await page.evaluate(() => window.recorderPage.stop())).toBe('finished');
    const elapsedMs = await page.evaluate(() => window.recorderPage.elapsedMs());
    expect(await other.evaluate(() => window.recorderPage.findLeft())).toBe(0);
    await other.close();

    const [file = '', chapters = ''] = await rig.keptFiles(page);
    const { durationMs } = await probe(file);
    expect(Math.abs((durationMs ?? 0) - elapsedMs)).toBeLessThan(50);
    const [annaIn = 0, borisIn = 0, borisOut = 0] = chapterLines(await readFile(chapters, 'utf8')).map(
      ({ atMs }) => atMs,
    );
    const all = await decode(file, 0);
    expect(toneIn(all, CLARA_HZ)).toEqual([]);
    holds(all, ANNA_HZ, [annaIn, elapsedMs]);
    holds(all, BORIS_HZ, [borisIn, borisOut]);
    const soughtMs = borisOut + 500;
    const rest = await decode(file, 0, soughtMs);
    expect(Math.abs(msOf(rest) - (elapsedMs - soughtMs))).toBeLessThan(50);
    expect(toneIn(rest, BORIS_HZ)).toEqual([]);
    await page.evaluate(() => window.recorderPage.discard());
  });

  it('does not begin where the browser gives it no room, ends where there is no more, and says so', async () => {
    const { origin } = new URL(page.url());
    const session = await page.createCDPSession();
    const setRoom = async (bytes: number) => {
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
    };
    await setRoom(1_000);
    expect(await start('mixed')).toBe('no-space');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    const fed = await rig.load(browser);
    await fed.evaluate(() => window.recorderPage.startFeed(1));
    expect(await fed.evaluate(() => window.recorderPage.feed(5))).toBeNull();
    await setRoom(1_000);
    // Slow enough for the encoders of a busy computer: what waits for them is lost with the rest.
    expect(await fed.evaluate(() => window.recorderPage.feed(3_600, 8))).toBe('no-space');
    const fedMs = await fed.evaluate(() => window.recorderPage.fedMs());
    const [file = '', chapters = ''] = await rig.write(
      await fed.evaluate(() => window.recorderPage.stopFeed()),
    );
    await fed.close();
    const { durationMs } = await probe(file);
    // What was fed and not yet written, and at the full disk half a second.
    expect(durationMs).toBeGreaterThan(fedMs - LOST_MAX_MS - FEED_AHEAD_MS);
    const [[fromMs, toMs] = [0, 0], ...more] = toneIn(await decode(file, 0), FED_HZ);
    expect(more).toEqual([]);
    expect([fromMs, (durationMs ?? 0) - toMs].every((ms) => ms < TOLERANCE_MS)).toBe(true);
    expect(chapterLines(await readFile(chapters, 'utf8')).map(({ sign }) => sign)).toEqual(['+', '=']);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    expect(await start('mixed')).toBe('started');
    await recordedUntil(200);
    expect(await page.evaluate(() => window.recorderPage.stop())).toBe('finished');
  });
});
