/** Owns the README's pictures: three people in a real call under a public link, two of them who compare their emoji, the host's window. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { type Desktop, desktopObstacle, ensureDisplay, launchDesktop } from '../support/host/electron.ts';
import { writeTone } from '../support/sound/tone.ts';
import { startTlsEdge } from '../support/wire/tls-edge.ts';

const TONE_HZ = 440;
/** The usual window, and so high that nothing has to be scrolled. */
const WINDOW = { width: 920, height: 780 };
const WIDE = { width: 1280, height: 800 };
/** Of somebody's own tunnel; here the browser is told that it leads to this computer. */
const PUBLIC_HOST = 'call.example.org';

/** Hosts, and gives the room its public address. */
async function host({ page }: Desktop): Promise<{ readonly port: number; readonly invite: string }> {
  await page.getByRole('button', { name: 'Host', exact: true }).click();
  const local = (await page.getByRole('link').getAttribute('href')) ?? '';
  await page.getByRole('button', { name: 'Add address' }).click();
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill(`https://${PUBLIC_HOST}`);
  await address.press('Enter');
  await page.getByRole('link', { name: PUBLIC_HOST }).waitFor();
  const { port, hash } = new URL(local);
  return { port: Number(port), invite: `https://${PUBLIC_HOST}/${hash}` };
}

/** Writes `window-live-en.png`, `call-en.png` and `verification-en.png` into the folder. */
export async function photographCall(executable: string, folder: string): Promise<void> {
  const obstacle = desktopObstacle();
  if (obstacle !== null) throw new Error(`no pictures of a call: ${obstacle}`);
  const tones = await mkdtemp(join(tmpdir(), 'screenshots-'));
  const display = await ensureDisplay();
  const desktop = await launchDesktop();
  try {
    const { port, invite } = await host(desktop);
    const edge = await startTlsEdge(port);
    const browser = await launchChromium(executable, {
      graphicsCard: true,
      tonePath: await writeTone(tones, TONE_HZ),
      extraArguments: [`--host-resolver-rules=MAP ${PUBLIC_HOST}:443 127.0.0.1:${edge.port}`],
    });
    try {
      const profile = await Guest.profile(browser);
      const guests: Guest[] = [];
      for (const name of ['Anna', 'Marco', 'Юля']) {
        const guest = await Guest.open(profile, invite, name);
        await guest.join();
        guests.push(guest);
      }
      const [anna] = guests;
      if (anna === undefined) throw new Error('nobody is in the call');
      const { page } = anna;
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.setViewportSize(WIDE);
      await anna.isConnectedTo(guests.length - 1);
      await desktop.app.evaluate(({ BrowserWindow }, { width, height }) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
      }, WINDOW);
      await desktop.page.waitForFunction((height) => innerHeight === height, WINDOW.height);
      await desktop.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await desktop.page.getByText('Юля', { exact: true }).waitFor();
      await desktop.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await desktop.page.screenshot({ path: join(folder, 'window-live-en.png'), animations: 'disabled' });

      // A busy computer measures weak connections for a while.
      await page
        .locator('.peer-state[data-level="good"]')
        .nth(guests.length - 2)
        .waitFor();
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
      await edge.stop();
    }
  } finally {
    await desktop.dispose();
    await display?.stop();
    await rm(tones, { recursive: true, force: true });
  }
}
