/** Owns a place at which a file is sent or received for the bench: a browser with a tone, its one page in a call, and its processes. */

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import { installWitness, longestSilenceMs, testimonyOf } from '../netsim/witness.ts';
import { chromiumArguments } from '../support/browser/chromium.ts';
import { launchFirefox } from '../support/browser/firefox.ts';
import { Guest } from '../support/browser/guest.ts';
import { installCallProbe } from '../support/call/call-probe.ts';
import type { BarePage } from '../support/files/bare-channel.ts';
import {
  acceptFile,
  fileDigest,
  fileIsWhole,
  LOOK_EVERY_MS,
  offerFile,
  offersToSave,
  savedDigest,
} from '../support/files/page-files.ts';
import { hearsExactly } from '../support/sound/hearing.ts';
import { recordTones } from '../support/sound/recorded-tones.ts';
import { writeTone } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';

export interface FileSeatSetup {
  readonly executablePath: string;
  /** A folder of its own. */
  readonly directory: string;
  /** Of its voice; one that the witness knows. */
  readonly toneHz: number;
}

export interface FileSeat {
  readonly page: BarePage;
  join(invite: string, name: string): Promise<void>;
  hears(toneHz: number): Promise<void>;
  offer(filePath: string): Promise<void>;
  accept(name: string): Promise<void>;
  isWhole(name: string, timeoutMs: number): Promise<void>;
  /** SHA-256 of what was saved. */
  savedDigest(name: string, timeoutMs: number): Promise<string>;
  /** Of the tone since then; null where the browser has no ear for it. */
  longestGapMs(toneHz: number, sinceMs: number): Promise<number | null>;
  /** Ids of the processes that run pages. */
  pageProcesses(): Promise<readonly number[]>;
  end(): Promise<void>;
}

/** In a person's own profile: what a private window keeps goes another way, and costs more. */
export class ChromiumSeat implements FileSeat {
  readonly #context: BrowserContext;
  #guest: Guest | null = null;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async open({ executablePath, directory, toneHz }: FileSeatSetup): Promise<ChromiumSeat> {
    const context = await chromium.launchPersistentContext(path.join(directory, 'profile'), {
      executablePath,
      chromiumSandbox: process.getuid?.() !== 0,
      locale: 'en-US',
      ignoreHTTPSErrors: true,
      args: chromiumArguments({ tonePath: await writeTone(directory, toneHz) }),
    });
    return new ChromiumSeat(context);
  }

  get guest(): Guest {
    if (this.#guest === null) throw new Error('nobody has joined here');
    return this.#guest;
  }

  get page() {
    return this.guest.page;
  }

  async join(invite: string, name: string): Promise<void> {
    this.#guest = await Guest.open(this.#context, invite, name, installWitness);
    await this.#guest.join();
    await this.page.evaluate(() => window.witness.looksAway());
  }

  /** In a tab more each time, without a microphone and a witness; the last is meant from then on. */
  async listen(invite: string, name: string): Promise<void> {
    this.#guest = await Guest.open(this.#context, invite, name);
    await this.#guest.choosesToListen();
    await this.#guest.join();
  }

  hears = (toneHz: number) => this.guest.hears(toneHz);
  offer = (filePath: string) => offerFile(this.page, filePath);
  accept = (name: string) => acceptFile(this.page, name);
  isWhole = (name: string, timeoutMs: number) => fileIsWhole(this.page, name, timeoutMs);
  savedDigest = (name: string, timeoutMs: number) => savedDigest(this.page, name, timeoutMs);

  async longestGapMs(toneHz: number, sinceMs: number): Promise<number> {
    return longestSilenceMs(await testimonyOf(this.page), toneHz, sinceMs, Number.POSITIVE_INFINITY);
  }

  async pageProcesses(): Promise<readonly number[]> {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    if (session === undefined) throw new Error('a profile without a browser');
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  end = () => this.#context.close();
}

/** Its sound reaches nobody without a device, so it cannot say what it heard and when. */
export class FirefoxSeat implements FileSeat {
  readonly #browser: Firefox;
  readonly #downloads: string;
  readonly page: FirefoxPage;

  private constructor(browser: Firefox, page: FirefoxPage, downloads: string) {
    this.#browser = browser;
    this.page = page;
    this.#downloads = downloads;
  }

  static async open({ executablePath, directory, toneHz }: FileSeatSetup): Promise<FirefoxSeat> {
    const downloads = path.join(directory, 'downloads');
    const browser = await launchFirefox(executablePath, toneHz, {
      preferences: { 'browser.download.folderList': 2, 'browser.download.dir': downloads },
    });
    return new FirefoxSeat(browser, await browser.newPage(), downloads);
  }

  async join(invite: string, name: string): Promise<void> {
    const url = new URL(invite);
    url.searchParams.set('lang', 'en');
    await this.page.evaluateOnNewDocument(installCallProbe);
    await this.page.goto(url.href);
    await this.page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(name);
    await this.page.locator('::-p-aria([name="Join"][role="button"])').click();
  }

  async hears(toneHz: number): Promise<void> {
    await until('what Firefox hears', () => recordTones(this.page), hearsExactly([toneHz]));
  }

  async offer(filePath: string): Promise<void> {
    const input = await this.page.waitForSelector('input[type=file]');
    await input?.uploadFile(filePath);
  }

  accept = (name: string) => this.#press(name, 'Accept');

  async isWhole(name: string, timeoutMs: number): Promise<void> {
    await this.page.waitForFunction(offersToSave, { timeout: timeoutMs, polling: LOOK_EVERY_MS }, name);
  }

  async savedDigest(name: string, timeoutMs: number): Promise<string> {
    await this.#press(name, 'Save');
    await until(
      'the download',
      () => readdir(this.#downloads).catch(() => [] as string[]),
      (found) => found.includes(name) && found.length === 1,
      timeoutMs,
    );
    return fileDigest(path.join(this.#downloads, name));
  }

  longestGapMs = async () => null;

  async pageProcesses(): Promise<readonly number[]> {
    const browserId = this.#browser.process()?.pid;
    const all = (await readdir('/proc')).map(Number).filter(Number.isInteger);
    const pages = await Promise.all(all.map((id) => isPageOf(id, browserId)));
    return all.filter((_, index) => pages[index]);
  }

  end = () => this.#browser.close();

  async #press(name: string, label: string): Promise<void> {
    await this.page.locator(buttonOf(name, label)).click();
  }
}

const buttonOf = (name: string, label: string) =>
  `::-p-xpath(//li[contains(., ${JSON.stringify(name)})]//button[normalize-space(.) = ${JSON.stringify(label)} or starts-with(@aria-label, ${JSON.stringify(label)})])`;

/** Of Firefox's processes those that run what comes from the network: started by another of them, but told whose they are. */
async function isPageOf(processId: number, browserId: number | undefined): Promise<boolean> {
  const commandLine = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return (
    /[\0 ]-isForBrowser[\0 ]/.test(commandLine) &&
    new RegExp(`-parentPid[\\0 ]${browserId}[\\0 ]`).test(commandLine)
  );
}
