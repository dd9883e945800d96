/** Owns what a test does as a guest in Chromium: opens the invite, joins, leaves, looks and listens. */

import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { connectionsStanding, heardTones, installCallProbe } from '../call/call-probe.ts';
import { hearsExactly, isSilent } from '../sound/hearing.ts';
import { until } from '../time/until.ts';
import { CALL_WINDOW } from './chromium.ts';

const SILENCE_CHECKS = 10;
const SILENCE_CHECK_MS = 100;

export class Guest {
  readonly page: Page;
  readonly name: string;
  readonly status: Locator;
  readonly joinButton: Locator;
  readonly leaveButton: Locator;
  readonly participants: Locator;
  /** Errors nobody caught, and what the page's own policy had to stop; a sound page has none. */
  readonly faults: string[] = [];

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    this.status = page.getByRole('status');
    this.joinButton = page.getByRole('button', { name: 'Join', exact: true });
    this.leaveButton = page.getByRole('button', { name: 'Leave', exact: true });
    this.participants = page.getByRole('list', { name: 'Participants' }).getByRole('listitem');
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (entry) => {
      if (entry.type() === 'error' && entry.text().includes('Content Security Policy'))
        this.faults.push(entry.text());
    });
  }

  /** What guests of one browser share; a tab of it opens in half the time of a profile of its own. */
  static profile(browser: Browser): Promise<BrowserContext> {
    return browser.newContext({ locale: 'en-US', ignoreHTTPSErrors: true, viewport: CALL_WINDOW });
  }

  /** Opens the invite in a tab of its own and types the name; `prepare` runs in the page before its own scripts. */
  static async open(
    profile: BrowserContext,
    invite: string,
    name: string,
    prepare: () => void = () => {},
  ): Promise<Guest> {
    const page = await profile.newPage();
    const guest = new Guest(page, name);
    await page.addInitScript(installCallProbe);
    await page.addInitScript(prepare);
    await page.goto(invite);
    await guest.#arrive();
    return guest;
  }

  /** At a page that is open already, which had `installCallProbe` before its own scripts. */
  static async at(page: Page, name: string): Promise<Guest> {
    const guest = new Guest(page, name);
    await guest.#arrive();
    return guest;
  }

  async #arrive(): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.showsStatus('Ready to join');
  }

  /** Presses Join and waits until in. */
  async join(): Promise<void> {
    await this.aimAtJoin();
    await this.pressJoin();
    await this.showsStatus('Live');
  }

  /** Will come in without a microphone. */
  async choosesToListen(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Just listen' }).press('Space');
  }

  /** Goes to the button, so that `pressJoin` needs no time for that. */
  async aimAtJoin(): Promise<void> {
    await this.joinButton.focus();
  }

  /** Presses the button aimed at, by key: a pointer would first wait for it to stand still. */
  async pressJoin(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async leave(): Promise<void> {
    await this.leaveButton.click();
    await this.showsStatus('Ready to join');
  }

  async showsStatus(text: string): Promise<void> {
    await this.status.filter({ hasText: new RegExp(`^${text}$`) }).waitFor();
  }

  /** Waits until the list shows oneself, marked, and then exactly these others in order of joining. */
  async sees(...others: readonly string[]): Promise<void> {
    const names = [this.name, ...others];
    await until(
      `the list of ${this.name}`,
      () => this.participants.allInnerTexts(),
      (items) =>
        items.length === names.length &&
        items.every(
          (item, index) => item.includes(names[index] ?? '') && item.includes('(you)') === (index === 0),
        ),
    );
  }

  /** Waits until this many connections stand. */
  async isConnectedTo(people: number): Promise<void> {
    await until(
      `the connections of ${this.name}`,
      () => connectionsStanding(this.page),
      (n) => n === people,
    );
  }

  /** Waits until a voice of each of these tones is heard, and no other. */
  async hears(...tonesHz: readonly number[]): Promise<void> {
    await until(`what ${this.name} hears`, () => heardTones(this.page), hearsExactly(tonesHz));
  }

  /** Waits for silence from everyone, and that it lasts. */
  async hearsSilence(): Promise<void> {
    await until(`silence for ${this.name}`, () => heardTones(this.page), isSilent);
    for (let check = 0; check < SILENCE_CHECKS; check++) {
      await this.page.waitForTimeout(SILENCE_CHECK_MS);
      const heard = await heardTones(this.page);
      if (!isSilent(heard)) throw new Error(`${this.name} hears ${JSON.stringify(heard)}`);
    }
  }

  /** The page's process dies, and with it all it had open. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    await Promise.all([crashed, this.page.goto('chrome://crash').catch(() => null)]);
  }

  /** The tab goes away, without a word to the page. */
  close(): Promise<void> {
    return this.page.close();
  }
}
