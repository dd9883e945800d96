/** Owns a guest without views, in Chromium: speaks and listens through a real session, and is measured at the outputs. */

import type { Browser, BrowserContext, Page } from 'playwright';
import type { CallIntents } from '../../../web-client/core/call-intents.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { bundleForPage } from '../browser/bundle-for-page.ts';
import { CALL_WINDOW } from '../browser/chromium.ts';
import { until } from '../time/until.ts';
import { OutputListener } from './output-listener.ts';
import { installOutputProbe } from './output-probe.ts';
import { installToneMicrophones, MICROPHONE_TONES_HZ } from './tone-microphones.ts';

/** `sound-page.ts` as one script for a browser. */
export const bundleSoundPage = (): Promise<string> => bundleForPage('tests/support/sound/sound-page.ts');

export interface SoundGuestOptions {
  /** Script of `bundleSoundPage`. */
  readonly script: string;
  readonly invite: string;
  /** Of the sines in place of microphones. */
  readonly amplitude: number;
}

export class SoundGuest extends OutputListener {
  readonly faults: string[] = [];

  private constructor(page: Page) {
    super(page);
    page.on('pageerror', ({ message }) => this.faults.push(message));
  }

  /** What guests of one browser share: there the page's policy lets the script of `open` in. */
  static profile(browser: Browser): Promise<BrowserContext> {
    return browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: true, viewport: CALL_WINDOW });
  }

  static async open(
    profile: BrowserContext,
    { script, invite, amplitude }: SoundGuestOptions,
  ): Promise<SoundGuest> {
    // The script comes on top of the host's own page, which without a link does nothing.
    const page = await profile.newPage();
    const guest = new SoundGuest(page);
    await page.addInitScript(installToneMicrophones, { tonesHz: MICROPHONE_TONES_HZ, amplitude });
    await page.addInitScript(installOutputProbe);
    await page.goto(new URL(invite).origin);
    await page.addScriptTag({ content: script });
    // The browser plays sound only in a page that was touched.
    await page.click('body');
    await page.evaluate((link) => window.openCall(link), invite);
    return guest;
  }

  get state(): Promise<RoomState> {
    return this.page.evaluate(() => window.session.state);
  }

  /** Does as the person would by a view. */
  async wants<Intent extends keyof CallIntents>(
    intent: Intent,
    ...given: Parameters<CallIntents[Intent]>
  ): Promise<void> {
    await this.page.evaluate(
      ([name, values]) => {
        const session = window.session as unknown as Record<string, (...values: unknown[]) => unknown>;
        void session[name as string]?.(...(values as unknown[]));
      },
      [intent, given] as const,
    );
  }

  /** null: the browser's own microphone, from the next time it is asked for. */
  speaksAt(amplitude: number | null): Promise<void> {
    return this.page.evaluate((wanted) => window.setToneAmplitude(wanted), amplitude);
  }

  async waitFor(what: string, holds: (state: RoomState) => boolean): Promise<RoomState> {
    return until(what, () => this.state, holds);
  }

  /** Waits until the own voice is seen to be loud. */
  async showsLevel(): Promise<void> {
    await until(
      'the level',
      () => this.page.evaluate(() => window.levels.at(-1) ?? 0),
      (level) => level > 0.5,
    );
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
