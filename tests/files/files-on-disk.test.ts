/** Owns the proof that what a page receives lies on the disk in real browsers: after a kill, for one tab at a time, within the space there is. */

import { createHash } from 'node:crypto';
import { mkdtemp, open as openFile, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { ElementHandle, Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FILE_MEMORY_MAX } from '../../main/common/protocol/file-limits.ts';
import { findChromium, launchChromium } from '../support/browser/chromium.ts';
import { findFirefox, launchFirefox } from '../support/browser/firefox.ts';
import type { FileDeskTest } from '../support/files/file-desk-test.ts';
import { type FilePageServer, startFilePageServer } from '../support/files/file-page-server.ts';

const chromium = findChromium();
const firefox = findFirefox();
const MIB = 1_048_576;
const SIZE = 2 * MIB + 5;
const BLOCKS = 3;

type Asks = FileDeskTest;
type Name = keyof Asks;

/** A page of either browser. */
class DeskPage<Tab extends Page | FirefoxPage = Page | FirefoxPage> {
  readonly tab: Tab;

  constructor(tab: Tab) {
    this.tab = tab;
  }

  ask<Asked extends Name>(name: Asked, ...given: Parameters<Asks[Asked]>): ReturnType<Asks[Asked]> {
    const { tab }: DeskPage = this;
    const answer =
      'waitForLoadState' in tab
        ? tab.evaluate(askDesk, [name, given] as const)
        : tab.evaluate(askDesk, [name, given] as const);
    return answer as ReturnType<Asks[Asked]>;
  }

  async reload(): Promise<void> {
    await this.tab.reload();
  }
}

/** Runs in the page. */
function askDesk([name, given]: readonly [string, readonly unknown[]]): unknown {
  const desk = window.fileDesk as unknown as Record<string, (...asked: readonly unknown[]) => unknown>;
  return desk[name]?.(...given);
}

let server: FilePageServer;
let folder: string;
beforeAll(async () => {
  server = await startFilePageServer();
  folder = await mkdtemp(join(tmpdir(), 'secret-call-files-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What holds in any browser. */
function holdsIn<Tab extends Page | FirefoxPage>(
  open: () => Promise<DeskPage<Tab>>,
  kill: (tab: Tab) => Promise<void>,
  choose: (tab: Tab, file: string) => Promise<void>,
): void {
  it('goes on where a killed tab stood, and is whole as it was sent', async () => {
    const former = await open();
    expect(await former.ask('keeps')).toBe('disk');
    expect(await former.ask('open', 1, SIZE)).toEqual([]);
    expect(await former.ask('take', 2, SIZE)).toBe('acknowledged');
    expect(await former.ask('take', 0, SIZE)).toBe('acknowledged');
    await kill(former.tab);

    const page = await open();
    const have = [
      [0, 1],
      [2, BLOCKS],
    ];
    expect(await page.ask('partials')).toEqual([{ name: 'film.mkv', size: SIZE, have, whole: false }]);
    expect(await page.ask('open', 1, SIZE)).toEqual(have);
    expect(await page.ask('takeMissing', SIZE)).toBe('acknowledged');
    expect(await page.ask('finish', SIZE)).toBe(`film.mkv ${SIZE}`);
    expect(await page.ask('isWhole', SIZE)).toBe(true);
    await page.reload();
    expect(await page.ask('openWhole')).toBe(SIZE);
    expect(await page.ask('isWhole', SIZE)).toBe(true);
    await page.ask('discard');
    expect(await page.ask('partials')).toEqual([]);
  });

  it('has nothing against a file without bytes', async () => {
    const page = await open();
    expect(await page.ask('open', 2, 0)).toEqual([]);
    expect(await page.ask('finish', 0)).toBe('film.mkv 0');
    expect(await page.ask('isWhole', 0)).toBe(true);
    await page.ask('discard');
  });

  it('is one tab’s at a time', async () => {
    const [page, other] = [await open(), await open()];
    await page.ask('open', 3, SIZE);
    await page.ask('take', 0, SIZE);
    expect(await other.ask('open', 3, SIZE)).toBe('no-room');
    expect(await other.ask('partials')).toEqual([]);
    await page.reload();
    expect(await other.ask('open', 3, SIZE)).toEqual([[0, 1]]);
    await other.ask('discard');
  });

  it('is read from the disk, and told from one that has changed or is gone', async () => {
    const page = await open();
    const place = join(folder, 'sent.bin');
    const send = (sizeBytes: number) => page.ask('send', sizeBytes);
    await writeFile(place, 'not these');
    await page.ask('showChooser');
    await choose(page.tab, place);
    expect(await send(9)).toBe('other 1');
    await writeFile(place, 'not');
    expect(await send(9)).toBe('changed');
    await rm(place);
    expect(await send(9)).toBe('unreadable');
  });

  it('that changes in its middle while it is read is told from what was chosen, though it stays as long', async () => {
    const page = await open();
    const place = join(folder, 'long.bin');
    await writeFile(place, Buffer.alloc(3 * MIB, 1));
    await page.ask('showChooser');
    await choose(page.tab, place);
    expect(await page.ask('readBlock', 1)).toBe('read');
    const file = await openFile(place, 'r+');
    await file.write(Buffer.alloc(9, 2), 0, 9, MIB + 9);
    await file.close();
    // One browser refuses to read on, another reads what is there.
    expect(['read', 'changed']).toContain(await page.ask('readBlock', 2));
    expect(await page.ask('endReading')).toBe('changed');
  });

  it('shows a small picture of an image, and of nothing else', async () => {
    const page = await open();
    const preview = (bytes: readonly number[]) => page.ask('preview', bytes);
    for (const type of ['image/png', 'image/jpeg']) {
      expect(await preview(await page.ask('picture', type, 1_280, 320))).toEqual([640, 160]);
      expect(await preview(await page.ask('picture', type, 30, 20))).toEqual([30, 20]);
    }
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>';
    expect(await preview([...new TextEncoder().encode(svg)])).toBeNull();
    expect(await preview([0x89, ...new TextEncoder().encode('PNG\r\n\x1a\n')])).toBeNull();
  });
}

describe.skipIf(chromium === null)('a file in Chromium', () => {
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser.close());

  beforeAll(async () => {
    context = await browser.newContext();
  });
  afterEach(async () => {
    for (const page of context.pages()) await page.close();
  });

  async function open(): Promise<DeskPage<Page>> {
    const tab = await context.newPage();
    await tab.goto(`http://localhost:${server.port}/`);
    return new DeskPage(tab);
  }

  async function kill(tab: Page): Promise<void> {
    const crashed = tab.waitForEvent('crash');
    const session = await context.newCDPSession(tab);
    // It answers to nothing any more.
    session.send('Page.crash').catch(() => {});
    await crashed;
  }

  holdsIn(open, kill, (tab, file) => tab.setInputFiles('input', file));

  it('is downloaded as it was sent, and swept when a page comes after that', async () => {
    const page = await open();
    await page.ask('open', 4, SIZE);
    await page.ask('takeMissing', SIZE);
    await page.ask('finish', SIZE);
    const [download] = await Promise.all([page.tab.waitForEvent('download'), page.ask('save')]);
    expect(download.suggestedFilename()).toBe('film.mkv');
    const saved = await readFile(await download.path());
    expect(createHash('sha256').update(saved).digest('hex')).toBe(await page.ask('plainDigest'));
    await page.reload();
    expect(await page.ask('partials')).toEqual([]);
  });

  it('ends where there is no space for it, at its beginning or in its middle', async () => {
    const page = await open();
    const session = await context.newCDPSession(page.tab);
    const allow = (quotaSize: number) =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin: `http://localhost:${server.port}`,
        quotaSize,
      });
    await allow(8 * MIB);
    expect(await page.ask('open', 5, 16 * MIB)).toBe('no-space');
    expect(await page.ask('open', 5, 6 * MIB)).toEqual([]);
    expect(await page.ask('takeMissing', 6 * MIB)).toBe('acknowledged');
    await page.ask('discard');
    await allow(3 * MIB);
    expect(await page.ask('open', 5, 2 * MIB)).toEqual([]);
    await page.ask('discard');
    await session.send('Storage.overrideQuotaForOrigin', { origin: `http://localhost:${server.port}` });
    expect(await page.ask('partials')).toEqual([]);
  });
});

describe.skipIf(firefox === null)('a file in Firefox', () => {
  let browser: Firefox;
  const tabs: FirefoxPage[] = [];

  beforeAll(async () => {
    const rules = join(folder, 'permissions');
    // It denies one of the two names of this computer what it would keep.
    await writeFile(rules, `origin\tcookie\t2\thttp://127.0.0.1:${server.port}\n`);
    browser = await launchFirefox(firefox ?? '', 440, {
      preferences: { 'permissions.manager.defaultsUrl': pathToFileURL(rules).href },
    });
  });
  afterEach(async () => {
    for (const tab of tabs.splice(0)) if (!tab.isClosed()) await tab.close();
  });
  afterAll(() => browser.close());

  async function openAt(host: string): Promise<DeskPage<FirefoxPage>> {
    const tab = await browser.newPage();
    tabs.push(tab);
    await tab.goto(`http://${host}:${server.port}/`);
    return new DeskPage(tab);
  }

  holdsIn(
    () => openAt('localhost'),
    (tab) => tab.close(),
    async (tab, file) => {
      const input = await tab.$('input');
      await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
    },
  );

  it('is kept in memory where the browser keeps nothing, within its bound', async () => {
    const page = await openAt('127.0.0.1');
    expect(await page.ask('keeps')).toBe('memory');
    expect(await page.ask('open', 7, FILE_MEMORY_MAX + 1)).toBe('no-room');
    expect(await page.ask('open', 7, SIZE)).toEqual([]);
    expect(await page.ask('takeMissing', SIZE)).toBe('acknowledged');
    expect(await page.ask('finish', SIZE)).toBe(`film.mkv ${SIZE}`);
    expect(await page.ask('isWhole', SIZE)).toBe(true);
    await page.reload();
    expect(await page.ask('partials')).toEqual([]);
  });
});
