/** Owns what a part of the soak stands on and ends with: browsers with a tone, hosts and guests, all gone afterwards. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import type { MeterReading } from '../attack/meter.ts';
import { readMeter, startMeter } from '../attack/meter.ts';
import type { Figure } from '../netsim/report.ts';
import { pause } from '../netsim/row.ts';
import { findChromium, launchChromium } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { type HostProcess, type HostProcessOptions, startHostProcess } from '../support/host/host-process.ts';
import { writeTone } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';

export const TONE_HZ = 440;
/** Of a lasting tone nothing is silent; a lost packet or two are made up for by the browser. */
const VOICE_GAP_MAX_MS = 60;

export interface SoakPart {
  readonly what: string;
  /** How often, unless asked for otherwise. */
  readonly count: number;
  run(stage: SoakStage, count: number): Promise<{ figures: readonly Figure[]; notes?: readonly string[] }>;
}

export class SoakStage {
  readonly directory: string;
  readonly #ends: (() => Promise<unknown>)[] = [];
  #browser: Browser | null = null;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async create(): Promise<SoakStage> {
    return new SoakStage(await mkdtemp(join(tmpdir(), 'secret-call-soak-')));
  }

  /** Is carried out at the end, before all that was begun earlier ends. */
  atEnd(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  /** Chromium; another one with each list of arguments. */
  async browser(...extraArguments: readonly string[]): Promise<Browser> {
    const path = findChromium();
    if (path === null) throw new Error('no Chromium on this machine');
    const tonePath = await writeTone(this.directory, TONE_HZ);
    const browser = await launchChromium(path, { tonePath, extraArguments });
    this.atEnd(() => browser.close());
    return browser;
  }

  async host(options: HostProcessOptions): Promise<HostProcess> {
    const host = await startHostProcess(options);
    this.atEnd(() => host.kill());
    return host;
  }

  async guest(invite: string, name: string, browser?: Browser): Promise<Guest> {
    this.#browser ??= browser ?? (await this.browser());
    const profile = await Guest.profile(browser ?? this.#browser);
    return Guest.open(profile, invite, name);
  }

  /** Brings both into the call; from then on what they hear of each other is listened to. */
  async callOf(first: Guest, second: Guest): Promise<void> {
    for (const guest of [first, second]) await guest.join();
    for (const guest of [first, second]) await guest.isConnectedTo(1);
    for (const { page, name } of [first, second]) {
      const voices = () => page.evaluate(() => window.callProbe.voices().length);
      await until(`a voice for ${name}`, voices, (count) => count === 1);
      await startMeter(page);
    }
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Of the worse one, and whether anything was made anew for it. */
export async function callFigures(guests: readonly Guest[]): Promise<Figure[]> {
  const readings: MeterReading[] = [];
  let stood = 0;
  for (const { page } of guests) {
    readings.push(await readMeter(page));
    stood = Math.max(stood, await page.evaluate(() => window.callProbe.stood()));
  }
  const gapMs = Math.max(...readings.map(({ voiceGapMs }) => voiceGapMs));
  return [
    { name: 'longest voice gap', value: gapMs, unit: 'ms', atMost: VOICE_GAP_MAX_MS },
    { name: 'connections that stood for a pair', value: stood, unit: '', atMost: 1 },
  ];
}

/** At most that long, drawn anew. */
export const pauseAtRandom = (mostMs: number) => pause(Math.random() * mostMs);
