/** Owns proof that an open room gives away only its own invites, and outlives the page that shows it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { type Desktop, describeDesktop, launchDesktop } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';

describeDesktop('the hardened room', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await launchDesktop();
  });
  afterAll(() => desktop.dispose());

  it('opens and copies only what is an invite of the room', async () => {
    const { page, app } = desktop;
    await app.evaluate(({ shell, clipboard }) => {
      clipboard.writeText('untouched');
      Object.assign(globalThis, { opened: 0 });
      shell.openExternal = async () => {
        Object.assign(globalThis, { opened: 1 });
      };
    });
    const tryAll = () =>
      page.evaluate(async () => {
        const host = Reflect.get(globalThis, 'host') as HostBridge;
        const addresses = ['https://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', ''];
        return Promise.all(addresses.flatMap((it) => [host.openInvite(it), host.copyInvite(it)]));
      });
    expect(new Set((await tryAll()).map((it) => !it.ok && it.error))).toEqual(new Set(['not-live']));
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    const link = page.getByRole('link');
    const invite = (await link.getAttribute('href')) ?? '';
    expect(new Set((await tryAll()).map((it) => !it.ok && it.error))).toEqual(new Set(['bad-options']));
    const nearly = await page.evaluate(
      (address) => (Reflect.get(globalThis, 'host') as HostBridge).openInvite(address),
      `${invite}&`,
    );
    expect(nearly).toEqual({ ok: false, error: 'bad-options' });
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('untouched');
    expect(await app.evaluate(() => Reflect.get(globalThis, 'opened'))).toBe(0);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Host', exact: true }).waitFor();
  });

  it('gets a new page when the old one dies, and the room stays open', async () => {
    const { page, app } = desktop;
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    const invite = (await page.getByRole('link').getAttribute('href')) ?? '';
    await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-finish-load', () => resolve());
          contents?.forcefullyCrashRenderer();
        }),
    );
    const shown = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `document.querySelector('a.invite-link')?.href ?? null`,
        ),
      );
    expect(await until('the link again', shown, (href) => href !== null)).toBe(invite);
  });
});
