/** Owns what a test of the call stands on and ends with: browsers with tones, hosts and guests, all gone afterwards. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright';
import { expect } from 'vitest';
import { launchChromium } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { type HostProcess, type HostProcessOptions, startHostProcess } from '../support/host/host-process.ts';
import { writeTone } from '../support/sound/tone.ts';

export class Stage {
  readonly #directory: string;
  readonly #profiles = new Map<Browser, BrowserContext>();
  #guests: Guest[] = [];
  #hosts: HostProcess[] = [];

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async create(): Promise<Stage> {
    return new Stage(await mkdtemp(join(tmpdir(), 'secret-call-e2e-')));
  }

  /** A Chromium whose microphone plays this tone. */
  async browser(toneHz: number, executablePath: string, ...extraArguments: string[]): Promise<Browser> {
    const tonePath = await writeTone(this.#directory, toneHz);
    const browser = await launchChromium(executablePath, { tonePath, extraArguments });
    this.#profiles.set(browser, await Guest.profile(browser));
    return browser;
  }

  async host(options?: HostProcessOptions): Promise<HostProcess> {
    const host = await startHostProcess(options);
    this.#hosts.push(host);
    return host;
  }

  /** The host vanishes without a word. */
  async kill(host: HostProcess): Promise<void> {
    this.#forget(host);
    await host.kill();
  }

  /** The system ends the host, or with SIGINT a person. */
  async stop(host: HostProcess, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
    this.#forget(host);
    expect(await host.stop(signal)).toBe(0);
  }

  /** For hosts of which one goes on with what another left. */
  dataDirectory(): Promise<string> {
    return mkdtemp(join(this.#directory, 'data-'));
  }

  #forget(host: HostProcess): void {
    this.#hosts = this.#hosts.filter((other) => other !== host);
  }

  /** In a tab of the browser, which keeps nothing from one host to the next: each is an origin of its own. */
  async guest(browser: Browser, invite: string, name: string, prepare?: () => void): Promise<Guest> {
    const profile = this.#profiles.get(browser);
    if (profile === undefined) throw new Error('this browser is not of this stage');
    const guest = await Guest.open(profile, invite, name, prepare);
    this.#guests.push(guest);
    return guest;
  }

  /** After each test that has no host of its own: guests go without a fault. */
  async dismissGuests(): Promise<void> {
    const guests = this.#guests;
    this.#guests = [];
    await Promise.all(guests.map((guest) => guest.close()));
    expect(guests.flatMap(({ faults }) => faults)).toEqual([]);
  }

  /** After each test that has: guests go, hosts end in order. */
  async clear(): Promise<void> {
    const hosts = this.#hosts;
    this.#hosts = [];
    await this.dismissGuests();
    for (const host of hosts) expect(await host.stop()).toBe(0);
  }

  /** After the last test. */
  async end(): Promise<void> {
    await Promise.all([...this.#profiles.keys()].map((browser) => browser.close()));
    await rm(this.#directory, { recursive: true, force: true });
  }
}
