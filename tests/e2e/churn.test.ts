/** Owns the proof that no order of joining and leaving leaves a pair unconnected. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { seededRandom } from '../support/random/seeded-random.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const PEOPLE = 3;
/** More joins of one person in a row wait for their turn at the server. */
const CHANGES = 60;
/** Joins and leaves that follow each other without waiting for anything but the button. */
const CHANGES_AT_ONCE = 20;
const SEED = 20_250_117;
/** Only the connections count here. */
const SILENCE_HZ = 0;

describe.skipIf(chromium === null)('joining and leaving at random', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.create();
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  it(`leaves every pair connected after each of ${CHANGES / CHANGES_AT_ONCE} storms`, {
    timeout: 120_000,
  }, async () => {
    const browser = await stage.browser(SILENCE_HZ, chromium ?? '');
    const host = await stage.host({ flags: ['--capacity', String(PEOPLE)] });
    const random = seededRandom(SEED);
    const guests: Guest[] = [];
    for (let index = 0; index < PEOPLE; index++) {
      guests.push(await stage.guest(browser, host.invite, `Guest ${index + 1}`));
    }
    const inside = new Set<Guest>();

    for (let change = 1; change <= CHANGES; change++) {
      const guest = guests[Math.floor(random() * guests.length)];
      if (!guest) continue;
      if (inside.delete(guest)) await guest.leaveButton.press('Enter');
      else {
        inside.add(guest);
        await guest.joinButton.press('Enter');
      }
      if (change % CHANGES_AT_ONCE > 0) continue;
      for (const member of guests) await member.isConnectedTo(inside.has(member) ? inside.size - 1 : 0);
    }
    expect(inside.size).toBeGreaterThan(0);
  });
});
