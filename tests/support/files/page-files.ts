/** Owns what a person does with files in a page: offers one, accepts it, waits until it is whole, saves it. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Locator, Page } from 'playwright';

export const filesOf = (page: Page): Locator => page.getByRole('region', { name: 'Files' });
/** @param words of it: its name, or more of what stands there */
export const entryOf = (page: Page, words: string | RegExp): Locator =>
  filesOf(page).getByRole('listitem').filter({ hasText: words });
export const buttonOf = (page: Page, words: string | RegExp, label: string): Locator =>
  entryOf(page, words).getByRole('button', { name: label }).first();

/** To everybody in the call. */
export async function offerFile(page: Page, ...paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Send file' }).first().click();
  await (await chooser).setFiles(paths);
}

export const acceptFile = (page: Page, name: string): Promise<void> => buttonOf(page, name, 'Accept').click();

/** Looks seldom and at little, so that looking takes nothing from what is measured. */
export const LOOK_EVERY_MS = 250;

/** Runs in the page. */
export const offersToSave = (name: string): boolean =>
  [...document.querySelectorAll('li')].some(
    (entry) =>
      entry.textContent.includes(name) &&
      [...entry.querySelectorAll('button')].some(
        (button) => button.textContent === 'Save' && button.checkVisibility(),
      ),
  );

export async function fileIsWhole(page: Page, name: string, timeoutMs: number): Promise<void> {
  await page.waitForFunction(offersToSave, name, { timeout: timeoutMs, polling: LOOK_EVERY_MS });
}

/** SHA-256 of what lies in the folder of downloads then. */
export async function savedDigest(page: Page, words: string | RegExp, timeoutMs: number): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: timeoutMs }),
    buttonOf(page, words, 'Save').click(),
  ]);
  return fileDigest(await download.path());
}

export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}
