/** Owns the proof that a first file and a first recording need no host: their code is with the pages by then, also where a browser keeps none. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { acceptFile, fileDigest, offerFile, savedDigest } from '../support/files/page-files.ts';

const chromium = findChromium();
const PATIENCE_MS = 20_000;

/** Runs in the page: what is taken in after five seconds in the call is so at once. */
function haveItSoon(): void {
  const { setTimeout: later } = window;
  const soon = (callback: () => void, delayMs: number) => later(callback, delayMs === 5_000 ? 100 : delayMs);
  window.setTimeout = soon as typeof setTimeout;
  const { addModule } = AudioWorklet.prototype;
  AudioWorklet.prototype.addModule = async function (...given) {
    await addModule.apply(this, given);
    performance.mark('the audio thread has its code');
  };
}

/** Runs in the page: the last script was fetched, and it was looked whether that is kept. */
const hasScripts = () =>
  performance.getEntriesByType('resource').filter(({ name }) => name.includes('/recorder-worker-')).length >=
  2;

/** Runs in the page: workers rest, and so does what listens. */
const hasStarted = () => performance.getEntriesByType('mark').length > 0;

describe.skipIf(chromium === null)('with the host gone', () => {
  let stage: Stage;
  let directory: string;
  let anna: Guest;
  let boris: Guest;

  /** Chromium keeps nothing of what comes to Boris: nobody vouches for the host's own certificate. */
  beforeAll(async () => {
    stage = await Stage.create();
    directory = await mkdtemp(join(tmpdir(), 'secret-call-sent-'));
    const host = await stage.host();
    const browser = await stage.browser(440, chromium ?? '');
    anna = await stage.guest(browser, host.invite, 'Anna', haveItSoon);
    boris = await stage.guest(browser, host.invite.replace('http:', 'https:'), 'Boris', haveItSoon);
    await anna.join();
    await boris.join();
    await Promise.all([anna, boris].map((guest) => guest.isConnectedTo(1)));
    await anna.page.waitForFunction(hasScripts);
    await boris.page.waitForFunction(hasStarted);
    await stage.kill(host);
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
    await rm(directory, { recursive: true, force: true });
  });

  it('a first file comes, whole', async () => {
    const path = join(directory, 'note.txt');
    await writeFile(path, 'words');
    await offerFile(anna.page, path);
    await acceptFile(boris.page, 'note.txt');
    expect(await savedDigest(boris.page, 'note.txt', PATIENCE_MS)).toBe(await fileDigest(path));
  });

  it('a first recording begins, ends and is there, and so is a second', async () => {
    for (const { page } of [anna, boris, boris]) {
      const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
      const list = page.getByRole('list', { name: 'Recordings' });
      await press('Record');
      await press('Everyone in one track');
      await list.getByText('You are recording').waitFor();
      await press('Stop recording');
      const save = list.getByRole('button', { name: 'Save', exact: true }).last();
      const [download] = await Promise.all([page.waitForEvent('download'), save.press('Enter')]);
      expect(download.suggestedFilename()).toMatch(/\.webm$/);
    }
  });
});
