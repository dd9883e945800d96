/** Owns the proof that M and the key to talk do what they should, and nothing where a key is needed for other things. */

import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { LIVE, MUTED, useSettingsPages } from '../support/page/settings-pages.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('the keys in Chromium', () => {
  const { open, openDialog } = useSettingsPages(chromium ?? '');

  it('mute and unmute by M, on a Russian keyboard too, but not while something is typed or open', async () => {
    const { one, page, button, dialog } = await open();
    const press = (key: string) =>
      page.evaluate((letter) => {
        const event = { code: 'KeyM', key: letter, bubbles: true, cancelable: true };
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', event));
      }, key);
    await page.getByRole('textbox', { name: 'Your name' }).press('m');
    await one.renderRoom({ call: 'joined', microphone: LIVE });
    // The field is gone, and with the next frame the focus.
    await page.waitForFunction(() => document.activeElement === document.body);
    await page.keyboard.press('m');
    await one.renderRoom({ call: 'joined', microphone: MUTED });
    await press('ь');
    await page.keyboard.press('Control+m');
    await button.click();
    await dialog.waitFor();
    await page.keyboard.press('m');

    expect(await one.intents('setMicrophoneMuted')).toEqual([[true], [false]]);
    const toggle = page.locator('#microphone-toggle');
    expect(await toggle.getAttribute('aria-keyshortcuts')).toBe('M');
  });

  async function pushing() {
    const all = await openDialog();
    await all.one.renderRoom({ call: 'joined', microphone: MUTED });
    await all.dialog.getByRole('switch', { name: 'Push to talk' }).check();
    return all;
  }

  it('mute at once when push to talk is switched on, and open while Space is held', async () => {
    const { one, page } = await pushing();
    expect(await one.intents('setMicrophoneMuted')).toEqual([[true]]);
    await page.keyboard.press('Escape');
    const leave = page.getByRole('button', { name: 'Leave', exact: true });
    await leave.focus();
    const scrolled = await page.evaluate(() => scrollY);

    await page.keyboard.down('Space');
    await page.keyboard.down('Space');
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true]]);
    await page.keyboard.up('Space');
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true], [false]]);
    expect(await one.intents('leave')).toEqual([]);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);

    await page.keyboard.press('Enter');
    expect(await one.intents('leave')).toHaveLength(1);
  });

  it.each([
    ['another window', (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('blur')))],
    [
      'another tab',
      (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))),
    ],
    ['a dialog', (page: Page) => page.getByRole('button', { name: 'Settings', exact: true }).click()],
  ])('let go for %s', async (_, turnAway) => {
    const { one, page } = await pushing();
    await page.keyboard.press('Escape');
    await page.keyboard.down('Space');
    await turnAway(page);
    await page.waitForFunction(
      () => window.pageView.intents.filter(([intent]) => intent === 'setTalkKeyHeld').length === 2,
    );
    await page.keyboard.up('Space');
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true], [false]]);
  });

  it('let go when the call is over', async () => {
    const { one, page } = await pushing();
    await page.keyboard.press('Escape');
    await page.keyboard.down('Space');
    await one.renderRoom({ call: 'out' });
    await page.keyboard.up('Space');
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true], [false]]);
  });

  it('leave Space to fields, and to buttons while push to talk is off', async () => {
    const { one, page, dialog } = await pushing();
    const field = dialog.getByRole('textbox', { name: 'STUN server' });
    await field.fill('a');
    await field.press('Space');
    expect(await field.inputValue()).toBe('a ');
    await dialog.getByRole('switch', { name: 'Push to talk' }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave', exact: true }).press('Space');

    expect(await one.intents('leave')).toHaveLength(1);
    expect(await one.intents('setTalkKeyHeld')).toEqual([]);
  });

  it('can be another one, named as it is printed; what is needed elsewhere is refused', async () => {
    const { one, page, dialog } = await pushing();
    const change = dialog.getByRole('button', { name: 'Change the key to talk, now “Space”' });
    const waiting = dialog.getByRole('button', { name: 'Press a key…' });
    await change.click();
    await page.keyboard.press('Escape');
    await change.waitFor();
    expect(await dialog.isVisible()).toBe(true);

    await change.press('Enter');
    for (const key of ['Tab', 'Enter', 'Shift', 'm']) {
      await page.keyboard.press(key);
      await dialog.getByText('This key is needed for other things.').waitFor();
      expect(await waiting.isVisible()).toBe(true);
    }
    expect(await seriousProblems(page)).toEqual([]);
    await page.keyboard.press('v');
    await dialog.getByRole('button', { name: 'Change the key to talk, now “V”' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Hold “V” to talk').waitFor();

    await page.keyboard.press('v');
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true], [false]]);
  });

  it('do not press the button again with the end of Space as the new key', async () => {
    const { page, dialog } = await pushing();
    await dialog.getByRole('button', { name: 'Change the key to talk, now “Space”' }).click();
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Change the key to talk, now “Space”' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Press a key…' }).isVisible()).toBe(false);
  });
});
