/** Owns the README's pictures of the page: three people in a call that is real, and two who compare their emoji. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../support/chromium.ts';
import { Guest } from '../support/guest.ts';
import { startHostProcess } from '../support/host-process.ts';
import { writeTone } from '../support/tone.ts';

const TONE_HZ = 440;
const WIDE = { width: 1280, height: 800 };

/** Writes `call-en.png` and `verification-en.png` into the folder. */
export async function photographCall(executable: string, folder: string): Promise<void> {
  const tones = await mkdtemp(join(tmpdir(), 'screenshots-'));
  const browser = await launchChromium(executable, { tonePath: await writeTone(tones, TONE_HZ) });
  const host = await startHostProcess();
  try {
    const profile = await Guest.profile(browser);
    const guests: Guest[] = [];
    for (const name of ['Anna', 'Marco', 'Юля']) {
      const guest = await Guest.open(profile, host.invite, name);
      await guest.join();
      guests.push(guest);
    }
    const [anna] = guests;
    if (anna === undefined) throw new Error('nobody is in the call');
    const { page } = anna;
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize(WIDE);
    await anna.isConnectedTo(guests.length - 1);
    const card = anna.participants.filter({ hasText: 'Marco' });
    await card.getByRole('button', { name: /Verify Marco/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Verify Marco' });
    await dialog.getByRole('list').waitFor();
    await page.screenshot({ path: join(folder, 'verification-en.png'), animations: 'disabled' });
    await dialog.getByRole('button', { name: 'They match' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.screenshot({ path: join(folder, 'call-en.png'), animations: 'disabled' });
    await Promise.all(guests.map((guest) => guest.close()));
  } finally {
    await browser.close();
    await host.stop();
    await rm(tones, { recursive: true, force: true });
  }
}
