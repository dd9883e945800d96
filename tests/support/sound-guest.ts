/** Owns a guest without views, in Chromium: speaks and listens through a real session, and is measured at the outputs. */

import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import type { CallIntents } from '../../web-client/core/call-intents.ts';
import type { RoomState } from '../../web-client/core/room-state.ts';
import { heardOutputs, installOutputProbe, type Output } from './output-probe.ts';
import { until } from './until.ts';

const AUDIBLE_DB = -70;
const TOLERANCE_HZ = 15;
const READINGS = 6;
const STEADY_DB = 0.3;

/** `sound-page.ts` as one script for a browser. */
export async function bundleSoundPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: { input: resolve('tests/support/sound-page.ts'), output: { format: 'iife' } },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was built');
  return bundle.output[0].code;
}

/** Each microphone Chromium pretends to have gets a tone of its own: the default, and two to choose. */
export const MICROPHONE_TONES_HZ = [440, 660, 880] as const;

/** Runs in the page before its own scripts: its microphones give sines of this amplitude, unprocessed. */
function installToneMicrophones({
  tonesHz,
  amplitude,
}: {
  tonesHz: readonly number[];
  amplitude: number;
}): void {
  const RealContext = window.AudioContext;
  const { mediaDevices } = navigator;
  const realGetUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let context: AudioContext | null = null;
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await realGetUserMedia(constraints);
    const [real] = stream.getAudioTracks();
    real?.stop();
    context ??= new RealContext();
    await context.resume();
    const tone = new OscillatorNode(context, {
      frequency: tonesHz[Number(real?.label.match(/\d$/)?.[0] ?? 0)] ?? 0,
    });
    const destination = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: amplitude })).connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    if (track !== undefined && real !== undefined) track.getSettings = () => real.getSettings();
    return destination.stream;
  };
}

export interface SoundGuestOptions {
  /** Script of `bundleSoundPage`. */
  readonly script: string;
  readonly invite: string;
  /** Of the sines in place of microphones; null: the browser's own microphones. */
  readonly amplitude: number | null;
}

export class SoundGuest {
  readonly page: Page;
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', ({ message }) => this.faults.push(message));
  }

  static async open(browser: Browser, { script, invite, amplitude }: SoundGuestOptions): Promise<SoundGuest> {
    // The script comes on top of the host's own page, which without a link does nothing.
    const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: true });
    const page = await context.newPage();
    const guest = new SoundGuest(page);
    if (amplitude !== null)
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

  async waitFor(what: string, holds: (state: RoomState) => boolean): Promise<RoomState> {
    return until(what, () => this.state, holds);
  }

  get outputs(): Promise<readonly Output[]> {
    return heardOutputs(this.page);
  }

  /** Waits until this tone and no other is heard for a while, all the time as `suits`. */
  async hears(toneHz: number, suits: (output: Output) => boolean = () => true): Promise<Output> {
    const readings = await this.#readings(toneHz, suits, () => true);
    return readings[0];
  }

  /** As `hears`, and waits until the level stands: a tone takes a while to fill what is measured. */
  async hearsSteadily(toneHz: number, suits: (output: Output) => boolean = () => true): Promise<Output> {
    const readings = await this.#readings(toneHz, suits, (heard) => {
      const levels = heard.map(({ levelDb }) => levelDb);
      return Math.max(...levels) - Math.min(...levels) < STEADY_DB;
    });
    return readings[0];
  }

  /** The newest first. */
  async #readings(
    toneHz: number,
    suits: (output: Output) => boolean,
    stand: (heard: readonly Output[]) => boolean,
  ): Promise<readonly [Output, ...Output[]]> {
    let last: Output[] = [];
    await until(
      `a tone of ${toneHz} Hz`,
      async () => {
        const outputs = await this.outputs;
        const [only, ...others] = outputs.filter(({ levelDb }) => levelDb > AUDIBLE_DB);
        const isIt =
          only !== undefined &&
          others.length === 0 &&
          Math.abs(only.frequencyHz - toneHz) < TOLERANCE_HZ &&
          suits(only);
        last = isIt ? [only, ...last].slice(0, READINGS) : [];
        return outputs;
      },
      () => last.length === READINGS && stand(last),
    );
    const [newest, ...older] = last;
    if (newest === undefined) throw new Error('nothing is heard');
    return [newest, ...older];
  }

  /** Waits for silence. */
  async hearsNothing(): Promise<void> {
    await until(
      'silence',
      () => this.outputs,
      (heard) => heard.every(({ levelDb }) => levelDb <= AUDIBLE_DB),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
