/** Owns the proof that a file goes from one real page to another, equal to the byte, also over a reload of the page that receives it. */

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { acceptFile, buttonOf, entryOf, offerFile } from '../support/files/page-files.ts';

const chromium = findChromium();

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Different in each of its blocks. */
function contentOf(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at + 4 <= sizeBytes; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return bytes;
}

/** A service worker would bring the file worker's script where the network does not, also to pages that it does not control. */
function haveNoServiceWorker(): void {
  Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
}

describe.skipIf(chromium === null)('files', () => {
  let stage: Stage;
  let browser: Browser;
  let directory: string;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(440, chromium ?? '');
    directory = await mkdtemp(path.join(os.tmpdir(), 'secret-call-sent-'));
  });
  afterEach(() => stage.clear());
  afterAll(async () => {
    await stage.end();
    await rm(directory, { recursive: true, force: true });
  });

  /** From the disk, as a person does: what is handed over by itself takes its time. */
  async function send({ page }: Guest, name: string, content: Buffer): Promise<void> {
    const file = path.join(directory, name);
    await writeFile(file, content);
    await offerFile(page, file);
  }

  async function saved({ page }: Guest, name: string): Promise<{ name: string; sha256: string }> {
    const [file] = await Promise.all([page.waitForEvent('download'), buttonOf(page, name, 'Save').click()]);
    return { name: file.suggestedFilename(), sha256: sha256Of(await readFile(await file.path())) };
  }

  /** How far the one file under way is, of 1, each time that is shown otherwise. */
  async function sharesShown({ page }: Guest) {
    await page.locator('progress:visible').waitFor();
    const shares = await page.locator('progress:visible').evaluateHandle((bar: HTMLProgressElement) => {
      const seen = [bar.value];
      const look = () => {
        if (seen.at(-1) !== bar.value) seen.push(bar.value);
      };
      new MutationObserver(look).observe(bar, { attributes: true });
      return seen;
    });
    return {
      reach: (share: number) =>
        page.waitForFunction(([seen, least]) => (seen.at(-1) ?? 0) >= least, [shares, share] as const),
      all: () => shares.jsonValue(),
    };
  }

  it('are received once what writes them comes after all, and go on after a reload of the page that receives', async () => {
    const host = await stage.host();
    const anna = await stage.guest(browser, host.invite, 'Anna', haveNoServiceWorker);
    const boris = await stage.guest(browser, host.invite, 'Boris', haveNoServiceWorker);
    // In the call the page looks for what a former one left, and starts it for that.
    const worker = '**/file-worker-*.js';
    await anna.page.route(worker, (route) => route.abort());
    await anna.join();
    await boris.join();
    await anna.isConnectedTo(1);

    await send(boris, 'note.txt', contentOf(8));
    await acceptFile(anna.page, 'note.txt');
    await entryOf(anna.page, 'note.txt').first().getByText('Press Accept to start it anew').waitFor();
    await anna.page.unroute(worker);
    await acceptFile(anna.page, 'note.txt');
    expect((await saved(anna, 'note.txt')).sha256).toBe(sha256Of(contentOf(8)));

    const large = contentOf(48_000_000);
    await send(boris, 'large.bin', large);
    await acceptFile(anna.page, 'large.bin');
    const shares = await sharesShown(boris);
    await shares.reach(0.2);
    await anna.page.reload();
    await anna.showsStatus('Live');
    expect(await saved(anna, 'large.bin')).toEqual({ name: 'large.bin', sha256: sha256Of(large) });
    const shown = await shares.all();
    expect(shown).toEqual(shown.toSorted((one, other) => one - other));
    expect(shown.length).toBeGreaterThan(2);
  });
});
