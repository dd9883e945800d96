/** Owns what every state of the window owes its reader: nothing serious for axe, nothing cut off, in both languages. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostSnapshot, HostStatus } from '../../main/common/host-api/snapshot.ts';
import { sharedEn } from '../../main/common/i18n/en.ts';
import { sharedRu } from '../../main/common/i18n/ru.ts';
import type { Language } from '../../main/common/translate.ts';
import { windowTexts } from '../../renderer/i18n/texts.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { type Desktop, describeDesktop, launchDesktop, projectRoot } from '../support/host/electron.ts';
import { windowStates } from '../support/host/window-states.ts';

const SMALLEST = { width: 360, height: 480 } as const;
const USUAL = { width: 920, height: 660 } as const;

const sharedTexts = { en: sharedEn, ru: sharedRu } as const;

describeDesktop('every state of the window', () => {
  let desktop: Desktop;
  let revision = 1_000;
  beforeAll(async () => {
    desktop = await launchDesktop();
    await desktop.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    await desktop.page.evaluate(
      readFileSync(path.join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8'),
    );
  });
  afterAll(() => desktop.dispose());

  async function show(status: HostStatus, language: Language): Promise<void> {
    const base = await desktop.page.evaluate(() =>
      (Reflect.get(globalThis, 'host') as { snapshot(): Promise<HostSnapshot> }).snapshot(),
    );
    const snapshot = { ...base, revision: ++revision, status, language };
    await desktop.app.evaluate(
      ({ BrowserWindow }, it) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send('host:snapshot-changed', it),
      snapshot,
    );
    await desktop.page.locator(`html[data-phase="${status.phase}"][lang="${language}"]`).waitFor();
  }

  async function complaints(): Promise<unknown> {
    return desktop.page.evaluate(async () => {
      const axe = Reflect.get(globalThis, 'axe') as typeof import('axe-core');
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    });
  }

  async function resize(size: { readonly width: number; readonly height: number }): Promise<void> {
    await desktop.app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    await desktop.page.waitForFunction((width) => innerWidth === width, size.width);
  }

  /** How far what is in the element sticks out of it, in pixels. */
  function overflow(selector: string): Promise<number> {
    return desktop.page
      .locator(selector)
      .evaluate((element) => element.scrollWidth - Math.min(element.clientWidth, innerWidth));
  }

  for (const language of ['en', 'ru'] as const) {
    for (const [name, status] of Object.entries(windowStates)) {
      it(`${name}, ${language}: readable by all, whole at the smallest size`, async () => {
        const { page } = desktop;
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await show(status, language);
          expect(await complaints()).toEqual([]);
        }
        await resize(SMALLEST);
        expect(await overflow('html')).toBeLessThanOrEqual(0);
        await resize(USUAL);
      });
    }

    it(`the settings, ${language}: readable by all`, async () => {
      const { page } = desktop;
      const { live } = windowStates;
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await show(live, language);
        const settings = page.getByRole('button', { name: language === 'en' ? 'Settings' : 'Настройки' });
        await settings.click();
        await page.getByRole('dialog').waitFor();
        expect(await complaints()).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(await hasFocus(settings)).toBe(true);
      }
    });

    it(`the questions before a new link and a removal, ${language}: readable by all, whole at the smallest size`, async () => {
      const { page } = desktop;
      const t = windowTexts[language];
      const longest = windowStates.inviting.participants.at(-1)?.name ?? '';
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await show(windowStates.inviting, language);
        await page.getByRole('button', { name: t('invitations.expiring') }).click();
        expect(await complaints()).toEqual([]);
        await page.keyboard.press('Escape');
        for (const name of [t('invite.new'), longest]) {
          const button = page.getByRole('button', { name });
          await button.click();
          const question = page.getByRole('alertdialog');
          await question.waitFor();
          expect(await complaints()).toEqual([]);
          await resize(SMALLEST);
          expect(await overflow('dialog[open]')).toBeLessThanOrEqual(0);
          await resize(USUAL);
          const cancel = question.getByRole('button', { name: t('app.cancel') });
          expect(await hasFocus(cancel)).toBe(true);
          await page.keyboard.press('Escape');
          await question.waitFor({ state: 'hidden' });
          expect(await hasFocus(button)).toBe(true);
        }
      }
    });

    it(`what is private, ${language}: readable by all, whole at the smallest size`, async () => {
      const { page } = desktop;
      const question = page.getByRole('button', { name: sharedTexts[language]['privacy.title'] });
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await show(windowStates.live, language);
        await question.click();
        await page.getByRole('dialog').getByText(sharedTexts[language]['privacy.page']).waitFor();
        expect(await complaints()).toEqual([]);
        await resize(SMALLEST);
        expect(await overflow('dialog[open]')).toBeLessThanOrEqual(0);
        await resize(USUAL);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(await hasFocus(question)).toBe(true);
      }
    });
  }
});
