/** Owns proof that a call's window comes, goes, breaks and is asked for twice without anything else being lost. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';

const FRAGMENT = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;
/** Nobody listens there. */
const NOBODY = [1, 2, 3].map((port) => `http://localhost:${port}`);

describeDesktop('the window of a call', () => {
  let app: TalkingApp;
  beforeAll(async () => {
    app = await TalkingApp.launch(440);
    await app.host();
  });
  afterAll(() => app.dispose());

  const noCall = () =>
    until(
      'no call',
      async () => app.callWindows().length,
      (windows) => windows === 0,
    );
  const windowCount = () =>
    app.desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const phase = () =>
    app.desktop.page.evaluate(async () => {
      const { status } = await (Reflect.get(globalThis, 'host') as HostBridge).snapshot();
      return status.phase;
    });

  it('is one, and of the last link, when several come at once', async () => {
    const answers = await app.desktop.page.evaluate(
      (links) =>
        Promise.all(links.map((link) => (Reflect.get(globalThis, 'host') as HostBridge).joinCall(link))),
      NOBODY.map((server) => `${server}/${FRAGMENT}`),
    );
    expect(answers).toEqual(NOBODY.map(() => ({ ok: true, value: null })));
    expect(await windowCount()).toBe(2);
    const [page] = app.callWindows();
    expect(await page?.evaluate(() => Reflect.get(Reflect.get(globalThis, 'app') as object, 'server'))).toBe(
      NOBODY.at(-1),
    );
  });

  it('gives way to another although its page hangs', async () => {
    const [page] = app.callWindows();
    void page
      ?.evaluate(() => {
        for (;;);
      })
      .catch(() => null);
    const talking = await app.talkHere('Ann');
    await talking.showsStatus('Ready to join');
    expect(await windowCount()).toBe(2);
  });

  it('comes up again for the same call, by Talk here and by its link', async () => {
    const { local } = await app.desktop.page.evaluate(async () => {
      const { status } = await (Reflect.get(globalThis, 'host') as HostBridge).snapshot();
      if (status.phase !== 'live') throw new Error('not live');
      return status;
    });
    const [before] = app.callWindows();
    await app.desktop.page.evaluate(() => (Reflect.get(globalThis, 'host') as HostBridge).talkHere());
    await app.desktop.page.evaluate(
      (link) => (Reflect.get(globalThis, 'host') as HostBridge).joinCall(link),
      local.invite,
    );
    expect(app.callWindows()).toEqual([before]);
    expect(await windowCount()).toBe(2);
  });

  it('may load its page anew, but not out of a call', async () => {
    await app.closeCall();
    const { page } = await app.talkHere('Ann');
    await page.evaluate(() => Reflect.set(globalThis, 'before', true));
    await page.reload();
    const talking = await Guest.at(page, 'Ann');
    expect(await page.evaluate(() => 'before' in globalThis)).toBe(false);
    await talking.join();
    await page.evaluate(() => {
      Reflect.set(globalThis, 'before', true);
      location.reload();
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    // No locator here: to the test's browser, the reload that the page held up still goes on.
    expect(
      await page.evaluate(() => [
        document.querySelector('[role=status]')?.textContent?.trim(),
        'before' in globalThis,
      ]),
    ).toEqual(['Live', true]);
  });

  it('keeps the link off the disk', async () => {
    const fragment = await app.desktop.page.evaluate(async () => {
      const { status } = await (Reflect.get(globalThis, 'host') as HostBridge).snapshot();
      return status.phase === 'live' ? new URL(status.local.invite).hash : '';
    });
    // Storage is written down after a while, or when it is told to.
    await app.desktop.app.evaluate(({ session }) => session.fromPartition('persist:call').flushStorageData());
    const [page] = app.callWindows();
    const resume = (await page?.evaluate(() => localStorage.getItem('secret-call.resume'))) ?? '';
    // What is written down is found, in both of the page's storages.
    const kept = await filesWith(resume, app.desktop.dataDirectory);
    expect(kept.map((file) => /(Local|Session) Storage/.exec(file)?.[1]).sort()).toEqual([
      'Local',
      'Session',
    ]);
    for (const part of fragment.slice(1).split('.'))
      expect([part.length, await filesWith(part, app.desktop.dataDirectory)]).toEqual([part.length, []]);
  });

  it('goes when its page crashes; the room stays, and so does the way back', async () => {
    await app.desktop.app.evaluate(({ BrowserWindow }) => {
      for (const { webContents } of BrowserWindow.getAllWindows())
        if (webContents.getURL().startsWith('app://call/')) webContents.forcefullyCrashRenderer();
    });
    await noCall();
    expect([await phase(), await windowCount()]).toEqual(['live', 1]);
    const again = await app.talkHere('Ann');
    await again.join();
  });

  it('is told when its room is stopped, stays, and gives way to the next room’s', async () => {
    const [page] = app.callWindows();
    await app.desktop.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page?.getByText('The host ended the call').first().waitFor();
    expect(await windowCount()).toBe(2);
    await app.host();
    const next = await app.talkHere('Ann');
    await next.join();
    expect(await windowCount()).toBe(2);
  });
});

/** Files below the directory that hold the text, in either of the two ways in which Chromium writes one down. */
async function filesWith(text: string, directory: string): Promise<string[]> {
  const patterns = [text, [...text].join('\\x00')];
  const found = await Promise.all(
    patterns.map((pattern) =>
      promisify(execFile)('grep', ['-rlaP', '--', pattern.replaceAll('.', '\\.'), directory], {
        env: { ...process.env, LC_ALL: 'C' },
      }).then(
        ({ stdout }) => stdout.trim().split('\n'),
        () => [],
      ),
    ),
  );
  return found.flat();
}
