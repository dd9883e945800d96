/** Owns the proof that the settings work in a browser, under the page's own policy. */

import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { chatMessage } from '../support/page/chat-messages.ts';
import { person } from '../support/page/room-states.ts';
import { AUDIO, LIVE, MUTED, useSettingsPages } from '../support/page/settings-pages.ts';

const chromium = findChromium();

const overflow = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );

describe.skipIf(chromium === null)('the settings in Chromium', () => {
  const { open, openDialog, fillStorage } = useSettingsPages(chromium ?? '');

  it('closes by Esc, by its button and beside it, and gives the focus back', async () => {
    const { page, button, dialog } = await openDialog();
    const ways = [
      () => page.keyboard.press('Escape'),
      () => dialog.getByRole('button', { name: 'Close' }).click(),
      () => page.mouse.click(4, 4),
    ];
    for (const close of ways) {
      if (!(await dialog.isVisible())) await button.click();
      await dialog.waitFor();
      await close();
      await dialog.waitFor({ state: 'hidden' });
      expect(await hasFocus(button)).toBe(true);
    }
  });

  it('stays when a press that began inside ends beside it', async () => {
    const { page, dialog } = await openDialog();
    const box = await dialog.getByRole('textbox', { name: 'STUN server' }).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    await page.mouse.down();
    await page.mouse.move(4, 4);
    await page.mouse.up();
    expect(await dialog.isVisible()).toBe(true);
  });

  it('looks at the microphone only when asked, and not after it is closed', async () => {
    const { one, page, dialog } = await openDialog();
    expect(await one.intents('openMicrophone')).toEqual([]);
    await dialog.getByRole('button', { name: 'Check the microphone' }).click();
    await one.renderRoom({ microphone: LIVE, audio: AUDIO });
    await dialog.getByRole('meter').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() =>
      window.pageView.intents.some(([intent]) => intent === 'closeMicrophone'),
    );
  });

  it('switches processing, and music mode brings it back', async () => {
    const { one, page, dialog } = await openDialog();
    const names = ['Echo cancellation', 'Noise suppression', 'Automatic volume'];
    const states = () =>
      Promise.all([...names, 'Music mode'].map((name) => dialog.getByRole('switch', { name }).isChecked()));
    expect(await states()).toEqual([true, true, true, false]);

    await dialog.getByRole('switch', { name: 'Noise suppression' }).uncheck();
    await dialog.getByRole('switch', { name: 'Music mode' }).check();
    expect(await states()).toEqual([false, false, false, true]);
    await dialog.getByRole('switch', { name: 'Music mode' }).uncheck();
    expect(await states()).toEqual([true, false, true, false]);
    for (const name of ['Echo cancellation', 'Automatic volume'])
      await dialog.getByRole('switch', { name }).uncheck();
    expect(await states()).toEqual([false, false, false, true]);
    expect(await one.intents('setAudioSettings')).toHaveLength(5);

    await dialog.getByRole('button', { name: 'Reset to defaults' }).click();
    expect(await states()).toEqual([true, true, true, false]);
    await page.getByText('All settings are as they were at first.').waitFor();
  });

  it('takes a STUN server, says what is wrong with one, and keeps what was typed', async () => {
    const { one, page, dialog } = await openDialog();
    const field = dialog.getByRole('textbox', { name: 'STUN server' });
    const save = dialog.getByRole('button', { name: 'Save' });
    await field.fill('turn:turn.example.org');
    await save.click();
    await dialog.getByText('This is a TURN server.').waitFor();
    expect(await field.inputValue()).toBe('turn:turn.example.org');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await hasFocus(field)).toBe(true);
    expect(await seriousProblems(page)).toEqual([]);
    expect(await one.intents('setStunServer')).toEqual([]);

    await field.fill('stun.example.org:3478');
    expect(await field.getAttribute('aria-invalid')).toBeNull();
    await field.press('Enter');
    await dialog.getByText('this server is asked').waitFor();
    expect(await field.inputValue()).toBe('stun:stun.example.org:3478');

    await page.reload();
    await one.renderRoom({});
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    expect(await field.inputValue()).toBe('stun:stun.example.org:3478');
    await field.fill('');
    await save.click();
    await dialog.getByText('the host’s servers are asked again').waitFor();
    expect(await one.intents('setStunServer')).toEqual([[null]]);
  });

  it('hides the own address where the host has something to hide it behind, and else says why not', async () => {
    const { one, page, dialog } = await openDialog();
    const hide = dialog.getByRole('switch', {
      name: 'Hide my address',
      description: /TURN server in place of yours/,
    });
    await hide.check();
    expect(await one.intents('setAddressHidden')).toEqual([[true]]);
    const inCall = { call: 'joined', microphone: LIVE, audio: AUDIO } as const;
    const shown = dialog.getByRole('switch', { name: 'Hide my address' });
    const says = (description: RegExp) =>
      dialog.getByRole('switch', { name: 'Hide my address', description }).waitFor();
    await one.renderRoom({ ...inCall, relays: 'none' });
    await says(/You are connected to nobody/);
    await shown.press('Space');
    expect(await shown.isChecked()).toBe(false);
    // From there on it can be reached and read, and not be turned.
    await says(/Off in this call/);
    for (const turn of [
      () => shown.press('Space'),
      () => dialog.getByText('Hide my address').click({ force: true }),
    ])
      await turn();
    expect([await shown.isChecked(), await hasFocus(shown)]).toEqual([false, true]);
    expect(await seriousProblems(page)).toEqual([]);
    await one.renderRoom({ ...inCall, relays: 'only' });
    await says(/The host hides everybody’s address/);
    await shown.press('Space');
    expect(await shown.isChecked()).toBe(true);
    expect(await one.intents('setAddressHidden')).toEqual([[true], [false]]);

    await one.renderRoom({ ...inCall, relays: 'some' });
    expect(await shown.isChecked()).toBe(false);
    await shown.press('Space');
    await page.reload();
    await one.renderRoom({});
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    expect(await shown.isChecked()).toBe(true);
  });

  it('speaks another language at once, in a call too, and remembers it', async () => {
    const { one, page, dialog } = await open();
    const chat = [chatMessage('Anna', 1)];
    await one.renderRoom({ call: 'joined', microphone: LIVE, participants: [person('Anna')], chat });
    expect(await page.locator('.message time').innerText()).toMatch(/ [AP]M$/);
    await page.locator('.message').evaluate((message) => message.setAttribute('data-seen', ''));
    await page.locator('#chat-emoji').click();
    await page.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await dialog.getByRole('radio', { name: 'Русский' }).check();

    const inRussian = page.getByRole('dialog', { name: 'Настройки' });
    await inRussian.getByRole('switch', { name: 'Подавление шума' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Выключить микрофон' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('В эфире');
    expect(await one.intents('leave')).toEqual([]);

    const message = page.getByRole('log', { name: 'Чат' }).locator('.message[data-seen]');
    expect(await message.locator('time').innerText()).toMatch(/^\d\d:\d\d$/);
    await message.getByRole('button', { name: 'Реакция' }).click();
    await page.getByRole('button', { name: 'Другие эмодзи' }).click();
    await page
      .getByRole('dialog', { name: 'Эмодзи' })
      .getByRole('button', { name: 'широко улыбается' })
      .waitFor();

    await page.reload();
    await one.renderRoom({});
    await page.getByRole('button', { name: 'Войти' }).waitFor();
  });

  it('says once, where one is, that the browser keeps no setting', async () => {
    const { one, page, button, dialog } = await openDialog();
    const told = page.getByRole('alert');
    await dialog.getByRole('switch', { name: 'Sounds for events' }).uncheck();
    expect(await told.count()).toBe(0);

    await fillStorage(one);
    const theme = dialog.getByRole('radio', { name: 'Dark' });
    await theme.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await theme.check();
    const bottomOf = async (element: Locator) => {
      const { y = 0, height = 0 } = (await element.boundingBox()) ?? {};
      return y + height;
    };
    expect(await bottomOf(told)).toBeLessThanOrEqual(await bottomOf(dialog));
    expect(await told.innerText()).toBe(
      'Your browser does not let this page keep settings. What you choose holds until you close or reload the page.',
    );
    const below = async () =>
      ((await told.boundingBox())?.y ?? 0) - ((await theme.boundingBox())?.y ?? Number.POSITIVE_INFINITY);
    expect(await below()).toBeGreaterThan(0);
    expect(await below()).toBeLessThan(80);
    expect(await seriousProblems(page)).toEqual([]);

    await dialog.getByRole('switch', { name: 'Push to talk' }).check();
    expect(await below()).toBeLessThan(80);
    await page.keyboard.press('Escape');
    await button.click();
    await dialog.getByRole('switch', { name: 'Noise suppression' }).uncheck();
    expect(await told.count()).toBe(0);
    expect(await dialog.getByRole('switch', { name: 'Push to talk' }).isChecked()).toBe(true);
    expect(await theme.isChecked()).toBe(true);
    expect(await one.intents('setAudioSettings')).toHaveLength(1);
  });

  it('says so in the language that was just chosen, and no more once the browser keeps it', async () => {
    const { one, page, dialog } = await openDialog();
    await fillStorage(one);
    await dialog.getByRole('radio', { name: 'Русский' }).check();
    const told = page.getByRole('alert');
    await told.getByText('Браузер не даёт странице хранить настройки.').waitFor();
    await page.evaluate(() => {
      const { contentWindow } = document.body.appendChild(document.createElement('iframe'));
      Storage.prototype.setItem = (contentWindow as typeof globalThis & Window).Storage.prototype.setItem;
    });
    await page.getByRole('switch', { name: 'Режим рации' }).check();
    expect(await told.count()).toBe(0);
  });

  it('shows the chosen theme from the first moment of the next visit', async () => {
    const { one, page, dialog } = await openDialog({ colorScheme: 'dark' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBeUndefined();
    await dialog.getByRole('radio', { name: 'Light' }).check();
    expect(await theme()).toBe('light');
    await page.reload();
    await one.renderRoom({});
    expect(await theme()).toBe('light');
    expect(await page.locator('meta[name="color-scheme"]').getAttribute('content')).toBe('light');

    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await dialog.getByRole('radio', { name: 'Auto' }).last().check();
    expect(await theme()).toBeUndefined();
  });

  it.each([
    { name: 'a narrow phone', viewport: { width: 320, height: 568 }, zoom: '' },
    { name: 'text of 200 %', viewport: { width: 640, height: 800 }, zoom: '200%' },
    { name: 'a narrow phone with text of 200 %', viewport: { width: 320, height: 568 }, zoom: '200%' },
  ])('fits $name, in Russian and with all that only the app has as well', async ({ viewport, zoom }) => {
    const { one, page } = await open({ viewport, query: '?lang=ru&app=macos&key=no-permission' });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), zoom);
    await page.getByRole('button', { name: 'Проверить микрофон и звук' }).click();
    await one.renderRoom({ microphone: LIVE, audio: AUDIO });
    await page.getByRole('meter').waitFor();
    expect(await overflow(page)).toEqual([0]);
    await page.getByRole('button', { name: 'Настройки', exact: true }).click();
    await page.getByRole('switch', { name: 'Режим рации' }).check();
    await page.getByRole('switch', { name: 'Рация поверх всех окон' }).check();
    await page.getByText('Нужно разрешение macOS').waitFor();
    expect(await overflow(page)).toEqual([0, 0]);
  });

  it.each(['dark', 'light'] as const)(
    'has no serious accessibility problem in the %s theme',
    async (colorScheme) => {
      // Colours on their way from one state to the next are nobody's to read.
      const { one, page, dialog } = await open({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      await page.getByRole('meter').waitFor();
      expect(await seriousProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await dialog.getByRole('switch', { name: 'Push to talk' }).check();
      expect(await seriousProblems(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await one.renderRoom({ call: 'joined', microphone: MUTED });
      await page.getByText('Hold “Space” to talk').waitFor();
      expect(await seriousProblems(page)).toEqual([]);
    },
  );
});
