/** Owns the proof that Firefox and Chromium talk to each other, and that in Firefox as well nobody's page is at another's mercy. */

import type { Browser } from 'playwright';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECEIVE_CHANNEL } from '../../main/common/protocol/peer-limits.ts';
import { bundleForPage } from '../support/browser/bundle-for-page.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { findFirefox, launchFirefox } from '../support/browser/firefox.ts';
import type { Guest } from '../support/browser/guest.ts';
import { readWriting } from '../support/browser/read-writing.ts';
import type {} from '../support/browser/read-writing-page.ts';
import {
  connectionsMade,
  connectionsStanding,
  type EvaluatingPage,
  installCallProbe,
} from '../support/call/call-probe.ts';
import { type IceReading, installIceProbe, readIceProbe } from '../support/call/ice-probe.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { hearsExactly } from '../support/sound/hearing.ts';
import { recordTones, recordVoice } from '../support/sound/recorded-tones.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const firefox = findFirefox();
const CHROMIUM_HZ = 440;
const FIREFOX_HZ = 1_000;
/** What a bystander takes, passes over, and cuts off for, while the bound grows for a second; where it grows for longer, more comes. */
const FLOOD = 2 * RECEIVE_CHANNEL.burst + 3 * RECEIVE_CHANNEL.perSecond;
/** A frame of a voice takes 20 ms; the decoder bridges some that come late. */
const GAP_MAX_MS = 100;
const RECORDING_MS = 3_000;

describe.skipIf(chromium === null || firefox === null)('Firefox and Chromium', () => {
  let stage: Stage;
  let foxBrowser: Firefox;
  let chromiumBrowser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    chromiumBrowser = await stage.browser(CHROMIUM_HZ, chromium ?? '');
    foxBrowser = await launchFirefox(firefox ?? '', FIREFOX_HZ);
  });
  afterAll(async () => {
    await foxBrowser.close();
    await stage.clear();
    await stage.end();
  });

  /** Ready to join under that name. */
  async function foxPageAt(invite: string, name: string): Promise<FirefoxPage> {
    const page = await foxBrowser.newPage();
    await page.evaluateOnNewDocument(installCallProbe);
    await page.evaluateOnNewDocument(installIceProbe);
    await page.goto(withLanguage(invite));
    await page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(name);
    return page;
  }
  const join = (page: FirefoxPage) => page.locator('::-p-aria([name="Join"][role="button"])').click();

  /** One call for all. */
  describe('in a call', () => {
    let host: HostProcess;
    let invite: string;
    let anna: Guest;
    let boris: FirefoxPage;

    beforeAll(async () => {
      host = await stage.host({ flags: ['--capacity', '3'] });
      ({ invite } = host);
      anna = await stage.guest(chromiumBrowser, invite, 'Anna', installIceProbe);
      await anna.join();
      boris = await foxPageAt(invite, 'Boris');
      await join(boris);
    });

    const borisHears = (...tonesHz: readonly number[]) =>
      until('what Boris hears', () => recordTones(boris), hearsExactly(tonesHz));

    it('hear each other', async () => {
      await anna.hears(FIREFOX_HZ);
      await borisHears(CHROMIUM_HZ);
      await anna.sees('Boris');
    });

    /** All that one side found came to the other, and nothing but that. */
    async function exchanged(): Promise<readonly IceReading[]> {
      const [annas, boriss] = [() => readIceProbe(anna.page), () => readIceProbe(boris)] as const;
      const all = async () => [await annas(), await boriss()] as const;
      const [one, other] = await until('all candidates', all, ([a, b]) => {
        return a.ended && b.ended && a.taken.length >= b.found.length && b.taken.length >= a.found.length;
      });
      expect(one.taken).toEqual(other.found);
      expect(other.taken).toEqual(one.found);
      expect([...one.refused, ...other.refused]).toEqual([]);
      return [one, other];
    }

    it('take each other’s candidates and descriptions as they are passed on', async () => {
      const [annas, boriss] = await exchanged();
      expect(annas?.taken.some((place) => place.includes('.local '))).toBe(true);
      expect([annas, boriss].flatMap((page) => page?.taken ?? []).join()).not.toContain('tcp');
      for (const sdp of [...(annas?.descriptions ?? []), ...(boriss?.descriptions ?? [])])
        expect(sdp).not.toMatch(/candidate/);
    });

    it.each(['Chromium', 'Firefox'] as const)('go on after a restart of ICE that %s begins', async (from) => {
      const page: EvaluatingPage = from === 'Chromium' ? anna.page : boris;
      const before = (await readIceProbe(page)).found.length;
      await page.evaluate(() => void dispatchEvent(new Event('online')));
      await until(
        'the new candidates',
        () => readIceProbe(page),
        ({ found }) => found.length > before,
      );
      await exchanged();
      await anna.hears(FIREFOX_HZ);
      await borisHears(CHROMIUM_HZ);
      expect(await connectionsMade(boris)).toBe(1);
    });

    it.each(['Chromium', 'Firefox'] as const)('go on over a connection anew that %s wants', async (from) => {
      const made = await connectionsMade(boris);
      const page: EvaluatingPage = from === 'Chromium' ? anna.page : boris;
      await page.evaluate(() => {
        window.iceProbe.refuse();
        dispatchEvent(new Event('online'));
      });
      await until(
        'the connection anew',
        () => connectionsMade(boris),
        (n) => n > made,
      );
      await anna.hears(FIREFOX_HZ);
      await borisHears(CHROMIUM_HZ);
      await exchanged();
    });

    it('play a voice by its element where Web Audio does not run, and say how loud it can be', async () => {
      const slider = () =>
        boris.$eval('input[aria-label="Volume of Anna"]', ({ max, value }) => [max, value]);
      expect(await slider()).toEqual(['200', '100']);
      await boris.$eval('input[aria-label="Volume of Anna"]', (element) => {
        element.value = '200';
        element.dispatchEvent(new Event('input'));
      });
      await until('the slider', slider, ([max]) => max === '100');
      expect(await slider()).toEqual(['100', '100']);
      await borisHears(CHROMIUM_HZ);
    });

    it('cut off a guest who floods, and go on without a gap', async () => {
      const mallory = await stage.guest(chromiumBrowser, invite, 'Mallory', () => {
        const { createDataChannel } = RTCPeerConnection.prototype;
        Object.assign(window, { channels: [] });
        RTCPeerConnection.prototype.createDataChannel = function (...parameters) {
          const channel = createDataChannel.apply(this, parameters);
          (window as unknown as { channels: RTCDataChannel[] }).channels.push(channel);
          return channel;
        };
      });
      await mallory.choosesToListen();
      await mallory.join();
      await mallory.isConnectedTo(2);
      await until(
        'the third',
        () => connectionsStanding(boris),
        (n) => n === 2,
      );

      const recording = recordVoice(boris, RECORDING_MS);
      const flooding = mallory.page.evaluate(async (count) => {
        const { channels } = window as unknown as { channels: RTCDataChannel[] };
        const flood = async (channel: RTCDataChannel) => {
          while (channel.readyState === 'open') {
            for (let sent = 0; sent < count && channel.readyState === 'open'; sent++)
              channel.send(new Uint8Array(1));
            await new Promise((resolve) => {
              channel.addEventListener('bufferedamountlow', resolve, { once: true });
              channel.addEventListener('close', resolve, { once: true });
            });
          }
        };
        await Promise.all(channels.map(flood));
      }, FLOOD);
      const heard = await recording;
      const card = () => boris.$$eval('.person', (people) => people.map(({ textContent }) => textContent));
      await until('the card', card, (texts) =>
        texts.some((text) => text.includes('far more than a call needs')),
      );
      await flooding;
      expect(heard.durationMs).toBeGreaterThan(0.8 * RECORDING_MS);
      expect(heard.gapMs).toBeLessThan(GAP_MAX_MS);
      await borisHears(CHROMIUM_HZ);
      await anna.hears(FIREFOX_HZ);
    });

    it('find each other again without a word once the host is gone and an address changes, of whomever', async () => {
      await stage.kill(host);
      const pages: readonly EvaluatingPage[] = [boris, anna.page];
      for (const [index, mover] of pages.entries()) {
        const other = pages[1 - index] ?? mover;
        await until(
          'the reserve',
          () => other.evaluate(() => window.callProbe.waiting()),
          (n) => n === 1,
        );
        await mover.evaluate(() => {
          window.callProbe.cut();
          dispatchEvent(new Event('online'));
        });
        await anna.hears(FIREFOX_HZ);
        await borisHears(CHROMIUM_HZ);
      }
      expect(await Promise.all(pages.map(connectionsStanding))).toEqual([1, 1]);
    });

    it('have the page all the same that Firefox loads anew meanwhile, and the own name in it', async () => {
      boris.once('dialog', (asked) => void asked.accept());
      await boris.reload({ waitUntil: 'domcontentloaded' });
      await until(
        'the name',
        () => boris.$eval('input#join-name', (input) => input instanceof HTMLInputElement && input.value),
        (name) => name === 'Boris',
      );
    });
  });

  // Who is connected to several at once makes the connections without the own voice, which begins once they stand.
  it.each([
    ['offers', false],
    ['answers', true],
  ])('hear each other where Firefox %s to two at once', async (_role, foxFirst) => {
    const { invite } = await stage.host({ flags: ['--capacity', '3'] });
    const fox = await foxPageAt(invite, 'Boris');
    const chromiums = [
      await stage.guest(chromiumBrowser, invite, 'Anna'),
      await stage.guest(chromiumBrowser, invite, 'Clara'),
    ];
    if (foxFirst) await join(fox);
    await Promise.all(chromiums.map((guest) => guest.join()));
    if (!foxFirst) await join(fox);
    for (const guest of chromiums) await guest.hears(CHROMIUM_HZ, FIREFOX_HZ);
    await until('what Boris hears', () => recordTones(fox), hearsExactly([CHROMIUM_HZ, CHROMIUM_HZ]));
    await fox.goto('about:blank');
    for (const { page } of chromiums) await page.close();
  });

  it('read names, addresses and mentions alike', async () => {
    const script = await bundleForPage('tests/support/browser/read-writing-page.ts');
    const [foxPage, page] = [await foxBrowser.newPage(), await chromiumBrowser.newPage()];
    await foxPage.evaluate(script);
    await page.evaluate(script);
    const expected = JSON.parse(readWriting());
    expect(JSON.parse(await foxPage.evaluate(() => window.readWriting()))).toEqual(expected);
    expect(JSON.parse(await page.evaluate(() => window.readWriting()))).toEqual(expected);
  });
});

/** The invite in English, whatever the browser's language is. */
function withLanguage(invite: string): string {
  const url = new URL(invite);
  url.searchParams.set('lang', 'en');
  return url.href;
}
