/** Owns the proof that M and the key to talk do what they should, and nothing where a key is needed for other things. */

import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../main/common/call-api/bridge.ts';
import type { GlobalKeyState } from '../../main/common/call-api/global-key.ts';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { person } from '../support/page/room-states.ts';
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

  /** In a call of the app, with the key that works everywhere switched on. */
  async function everywhere(state: GlobalKeyState = 'on') {
    const all = await openDialog({ query: `?lang=en&app=linux&key=${state}` });
    await all.one.renderRoom({ call: 'joined', microphone: MUTED });
    await all.dialog.getByRole('switch', { name: 'Push to talk everywhere' }).check();
    const key = all.dialog.getByRole('textbox', { name: 'Key', exact: true });
    await key.waitFor();
    const tell = (event: CallEvent) => all.page.evaluate((told) => window.pageView.app?.emit(told), event);
    return { ...all, key, tell, hold: (held: boolean) => tell({ type: 'talk-key', held }) };
  }

  it('are no matter of other programs in a browser', async () => {
    const { dialog } = await openDialog();
    expect(await dialog.getByText('Push to talk everywhere').count()).toBe(0);
    expect(await dialog.getByRole('textbox', { name: 'Key', exact: true }).count()).toBe(0);
  });

  it('mute at once when push to talk everywhere is switched on, and have the app listen for one key', async () => {
    const { one, page, hold } = await everywhere();
    expect(await one.intents('setMicrophoneMuted')).toEqual([[true]]);
    expect(await page.evaluate(() => window.pageView.app?.keys.at(-1))).toEqual({
      code: 'ControlRight',
      printed: null,
    });
    await page.keyboard.press('Escape');
    await page.getByText('Hold “Right Ctrl” to talk').waitFor();
    await hold(true);
    await hold(true);
    await hold(false);
    expect(await one.intents('setTalkKeyHeld')).toEqual([
      [true, 'everywhere'],
      [false, 'everywhere'],
    ]);
  });

  it('are left to a dialog and to a field of the window that has the focus, and heard over other programs', async () => {
    const { one, page, dialog, hold } = await everywhere();
    await hold(true);
    expect(await one.intents('setTalkKeyHeld')).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Key', exact: true }).click();
    await page.keyboard.press('v');
    await page.keyboard.press('Escape');
    await one.renderRoom({ call: 'joined', microphone: MUTED, participants: [person('Ben')] });
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('a');
    await hold(true);
    await field.press('v');
    expect(await field.inputValue()).toBe('av');
    expect(await one.intents('setTalkKeyHeld')).toEqual([]);

    await page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await hold(true);
    expect(await one.intents('setTalkKeyHeld')).toEqual([[true, 'everywhere']]);
    // The field got the focus meanwhile: the key that is held writes nothing.
    await field.press('v');
    expect(await field.inputValue()).toBe('av');
  });

  it('press nothing in the page, also as its own key to talk', async () => {
    const { one, page, dialog, key, hold } = await everywhere();
    await dialog.getByRole('switch', { name: 'Push to talk', exact: true }).check();
    await key.click();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave', exact: true }).focus();
    await page.keyboard.down('Space');
    await hold(true);
    await page.keyboard.up('Space');
    await hold(false);
    expect(await one.intents('leave')).toEqual([]);
    expect(await one.intents('setTalkKeyHeld')).toEqual([
      [true, 'everywhere'],
      [false, 'everywhere'],
    ]);
  });

  it('are let go with the call, and by another choice', async () => {
    const { one, page, hold } = await everywhere();
    await page.keyboard.press('Escape');
    await hold(true);
    await one.renderRoom({ call: 'out' });
    expect(await one.intents('setTalkKeyHeld')).toHaveLength(2);
    await hold(true);
    expect(await one.intents('setTalkKeyHeld')).toHaveLength(2);
  });

  it('mute while held, if so chosen, and stay muted when they are heard no longer', async () => {
    const { page, dialog, hold, tell } = await everywhere();
    await dialog.getByRole('radio', { name: 'I am muted' }).check();
    await page.keyboard.press('Escape');
    await hold(true);
    await hold(false);
    await hold(true);
    await tell({ type: 'global-key', state: 'failed' });
    await tell({ type: 'talk-key', held: false });
    const told = await page.evaluate(() =>
      window.pageView.intents.filter(([name]) => /^set(Mute|Talk|Microphone)/.test(name)),
    );
    expect(told).toEqual([
      ['setMicrophoneMuted', true],
      ['setMuteKeyHeld', true],
      ['setMuteKeyHeld', false],
      ['setMuteKeyHeld', true],
      ['setMicrophoneMuted', true],
      ['setMuteKeyHeld', false],
    ]);
    await page.locator('#talk-hint').getByText('Your key does not work').waitFor();
  });

  it('that are not heard say why', async () => {
    const { page, dialog, tell } = await everywhere();
    const reasons = {
      wayland: 'Wayland shows keys',
      'no-display': 'It needs an X11 session',
      'no-permission': 'macOS has to allow it',
      'unknown-key': 'cannot be told from others',
      failed: 'The key is not heard',
    } as const;
    for (const [state, words] of Object.entries(reasons)) {
      await tell({ type: 'global-key', state: state as keyof typeof reasons });
      await dialog.getByText(words).waitFor();
    }
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('are asked for anew once macOS may have allowed it', async () => {
    const { page, dialog } = await everywhere('no-permission');
    await dialog.getByText('macOS has to allow it: open System Settings').waitFor();
    await page.evaluate(() => {
      if (window.pageView.app) window.pageView.app.state = 'on';
      window.dispatchEvent(new Event('focus'));
    });
    await dialog.getByText('macOS has to allow it').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.getByText('Hold “Right Ctrl” to talk').waitFor();
  });

  it('can be another one for all programs, with a word on keys that write', async () => {
    const { page, key, dialog } = await everywhere();
    expect(await key.inputValue()).toBe('Right Ctrl');
    const writes = dialog.getByText('The other program gets this key as well');
    expect(await writes.isVisible()).toBe(false);
    await key.press('Enter');
    await page.keyboard.press('Backspace');
    await dialog.getByText('This key is needed for other things.').waitFor();
    await page.keyboard.press('v');
    await writes.waitFor();
    expect(await key.inputValue()).toBe('V');
    await key.click();
    await page.keyboard.press('Shift');
    await page.waitForFunction(() => window.pageView.app?.keys.at(-1)?.code === 'ShiftLeft');
    expect(await key.inputValue()).toBe('Left Shift');
    expect(await seriousProblems(page)).toEqual([]);
  });
});
