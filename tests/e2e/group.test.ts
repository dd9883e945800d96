/** Owns the proof that groups stand as whole meshes: every pair connected, whoever clicks when. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { connectionsMade } from '../support/call/call-probe.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 660;
/** So many of the eight talk; encoding every voice seven times over for eight people is more than one computer's work. */
const TALKERS = 2;

describe.skipIf(chromium === null)('a group call in Chromium', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.end());

  async function guests(people: number): Promise<Guest[]> {
    const host = await stage.host({ flags: ['--capacity', String(people)] });
    return Promise.all(
      Array.from({ length: people }, (_, index) => stage.guest(browser, host.invite, `Guest ${index + 1}`)),
    );
  }

  /** Every pair connected, over no more than one connection each. */
  async function expectWholeMesh(people: readonly Guest[]): Promise<void> {
    const others = people.length - 1;
    for (const guest of people) await guest.isConnectedTo(others);
    for (const { page } of people) expect(await connectionsMade(page)).toBe(others);
  }

  it('lets five who click Join at the same moment all hear each other', async () => {
    const people = await guests(5);
    for (const guest of people) await guest.aimAtJoin();
    await Promise.all(people.map((guest) => guest.pressJoin()));

    await expectWholeMesh(people);
    for (const guest of people) await guest.hears(...Array.from({ length: 4 }, () => TONE_HZ));
  });

  it('connects every pair of eight', async () => {
    const people = await guests(8);
    for (const guest of people.slice(TALKERS)) await guest.choosesToListen();
    for (const guest of people) await guest.aimAtJoin();
    await Promise.all(people.map((guest) => guest.pressJoin()));

    await expectWholeMesh(people);
  });
});
