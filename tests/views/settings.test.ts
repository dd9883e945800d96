/** Owns the proof that settings, the check before joining and the keys work in a browser, under the page's own policy. */

import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_AUDIO_SETTINGS } from '../../web-client/core/audio-settings.ts';
import type { RoomState } from '../../web-client/core/room-state.ts';
import { seriousProblems } from '../support/accessibility.ts';
import { chatMessage } from '../support/chat-messages.ts';
import { findChromium } from '../support/chromium.ts';
import { type PageViewOptions, PageViews, type ViewPage } from '../support/page-view.ts';
import { person } from '../support/room-states.ts';

const chromium = findChromium();

const AUDIO: RoomState['audio'] = {
  settings: DEFAULT_AUDIO_SETTINGS,
  microphones: [
    { id: 'built-in', label: 'Built-in microphone' },
    { id: 'headset', label: '' },
  ],
  speakers: [{ id: 'monitor', label: 'Monitor' }],
  refused: null,
};
const LIVE: RoomState['microphone'] = { phase: 'live', muted: false, hint: null };
const MUTED: RoomState['microphone'] = { phase: 'live', muted: true, hint: null };

const overflow = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
const hasFocus = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

describe.skipIf(chromium === null)('settings in Chromium', () => {
  let pages: PageViews;
  let shown: ViewPage[] = [];

  beforeAll(async () => {
    pages = await PageViews.start(chromium ?? '');
  });
  afterEach(async () => {
    const faults = shown.flatMap((one) => one.faults);
    await Promise.all(shown.map((one) => one.close()));
    shown = [];
    expect(faults).toEqual([]);
  });
  afterAll(() => pages.end());

  async function open(options?: PageViewOptions) {
    const one = await pages.open({ query: '', ...options });
    shown.push(one);
    await one.renderRoom({});
    const { page } = one;
    const button = page.getByRole('button', { name: 'Settings', exact: true });
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    return { one, page, button, dialog };
  }

  async function openDialog(options?: PageViewOptions) {
    const all = await open(options);
    await all.button.click();
    await all.dialog.waitFor();
    return all;
  }

  describe('before joining', () => {
    it('joins as chosen, and remembers how', async () => {
      const { one, page } = await open();
      const name = page.getByRole('textbox', { name: 'Your name' });
      await name.fill('Anna');
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('radio', { name: 'Just listen' }).check();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      expect(await one.wishes('join')).toEqual([
        ['Anna', 'talk'],
        ['Anna', 'listen'],
      ]);

      await page.reload();
      await one.renderRoom({});
      expect(await name.inputValue()).toBe('Anna');
      expect(await page.getByRole('radio', { name: 'Just listen' }).isChecked()).toBe(true);
      await page.getByText('The microphone stays out of it').waitFor();
    });

    it('comes in muted where the key to talk opens the microphone', async () => {
      const { one, page, dialog } = await openDialog();
      await dialog.getByRole('switch', { name: 'Push to talk' }).check();
      await page.keyboard.press('Escape');
      await page.getByText('You are heard while you hold “Space”.').waitFor();

      await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      expect(await one.wishes('join')).toEqual([['Anna', 'muted']]);
    });

    it('opens the microphone for the check only, and leaves the Join button where it is', async () => {
      const { one, page } = await open();
      const join = page.getByRole('button', { name: 'Join', exact: true });
      const check = page.getByRole('button', { name: 'Check microphone and speaker' });
      const place = await join.boundingBox();
      expect(await one.wishes('openMicrophone')).toEqual([]);

      await check.click();
      await page.getByRole('combobox', { name: 'Microphone' }).waitFor();
      expect(await one.wishes('openMicrophone')).toHaveLength(1);
      expect(await join.boundingBox()).toEqual(place);

      await check.click();
      expect(await one.wishes('closeMicrophone')).toHaveLength(1);
      expect(await page.getByRole('combobox', { name: 'Microphone' }).isVisible()).toBe(false);
    });

    it('shows the level, as a picture and in words', async () => {
      const { one, page } = await open();
      await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      const meter = page.getByRole('meter', { name: 'Microphone level' });
      await page.getByText('Say something').waitFor();

      await one.showLevel(0.52);
      await page.getByText('Your microphone works.').waitFor();
      expect(await meter.getAttribute('aria-valuetext')).toBe('50 %');
      const width = (await meter.boundingBox())?.width ?? 0;
      await page.waitForFunction(
        ([whole]) => {
          const bar = document.querySelector('.meter-bar')?.getBoundingClientRect().width ?? 0;
          return Math.abs(bar / (whole ?? 0) - 0.52) < 0.02;
        },
        [width],
      );

      await one.renderRoom({ microphone: { ...LIVE, hint: 'silent' }, audio: AUDIO });
      await page.getByText('Nothing comes from this microphone.').waitFor();
    });

    it('offers the devices there are, and wishes for the chosen one', async () => {
      const { one, page } = await open();
      await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
      const microphone = page.getByRole('combobox', { name: 'Microphone' });
      await page.getByText('The speaker is the one your system has chosen.').waitFor();

      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      expect(await microphone.getByRole('option').allTextContents()).toEqual([
        'As the system chooses',
        'Built-in microphone',
        'Microphone 2',
      ]);
      await microphone.selectOption('headset');
      await page.getByRole('combobox', { name: 'Speaker' }).selectOption('Monitor');
      await page.getByRole('button', { name: 'Play a test sound' }).click();
      const headset = { ...DEFAULT_AUDIO_SETTINGS, microphoneId: 'headset' };
      expect(await one.wishes('setAudioSettings')).toEqual([
        [headset],
        [{ ...headset, speakerId: 'monitor' }],
      ]);
      expect(await one.wishes('testSpeaker')).toHaveLength(1);

      await one.renderRoom({ microphone: LIVE, audio: { ...AUDIO, microphones: [], settings: headset } });
      expect(await microphone.getByRole('option', { selected: true }).textContent()).toContain(
        'not connected',
      );
    });

    it.each([
      ['denied', 'Allow the microphone in the site settings'],
      ['absent', 'Plug in a microphone'],
      ['busy', 'Close the program that uses the microphone'],
      ['failed', 'Check that the microphone works elsewhere'],
    ] as const)('says what to do when the microphone is %s', async (reason, text) => {
      const { one, page } = await open();
      await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
      await one.renderRoom({ microphone: { phase: 'none', reason } });
      await page.getByText(new RegExp(`^${text}`)).waitFor();
      expect(await seriousProblems(page)).toEqual([]);

      await page.getByRole('button', { name: 'Try again' }).click();
      expect(await one.wishes('openMicrophone')).toHaveLength(2);
    });

    it('says when another microphone could not be had, and that the one before goes on', async () => {
      const { one, page } = await open();
      await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
      await one.renderRoom({ microphone: LIVE, audio: { ...AUDIO, refused: 'busy' } });
      await page.getByText('The microphone is busy').waitFor();
      await page.getByText('So the one before goes on').waitFor();
      expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(false);
      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      expect(await page.getByText('The microphone is busy').isVisible()).toBe(false);
    });

    it('ends the check with joining', async () => {
      const { one, page } = await open();
      const check = page.getByRole('button', { name: 'Check microphone and speaker' });
      await check.click();
      await one.renderRoom({ call: 'joining' });
      expect(await check.isVisible()).toBe(false);
      await one.renderRoom({ call: 'out' });
      expect(await check.getAttribute('aria-expanded')).toBe('false');
    });

    it('says so when the host does not give the settings, and tries again when asked to', async () => {
      pages.refused.push(/\/later-/);
      const { page, button, dialog } = await open();
      await button.click();
      await page.getByText('The settings did not load').waitFor();
      pages.refused.length = 0;
      await button.click();
      await dialog.waitFor();
    });
  });

  describe('the dialog', () => {
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
      expect(await one.wishes('openMicrophone')).toEqual([]);
      await dialog.getByRole('button', { name: 'Check the microphone' }).click();
      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      await dialog.getByRole('meter').waitFor();
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => window.pageView.wishes.some(([wish]) => wish === 'closeMicrophone'));
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
      expect(await one.wishes('setAudioSettings')).toHaveLength(5);

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
      expect(await one.wishes('setStunServer')).toEqual([]);

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
      expect(await one.wishes('setStunServer')).toEqual([[null]]);
    });

    it('speaks another language at once, in a call too, and remembers it', async () => {
      const { one, page, dialog } = await open();
      const chat = [chatMessage('Anna', 1)];
      await one.renderRoom({ call: 'joined', microphone: LIVE, participants: [person('Anna')], chat });
      expect(await page.locator('.message time').innerText()).toMatch(/ [AP]M$/);
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
      expect(await one.wishes('leave')).toEqual([]);

      const message = page.getByRole('log', { name: 'Чат' }).locator('.message');
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
    ])('fits $name, in Russian as well', async ({ viewport, zoom }) => {
      const { one, page } = await open({ viewport, query: '?lang=ru' });
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), zoom);
      await page.getByRole('button', { name: 'Проверить микрофон и звук' }).click();
      await one.renderRoom({ microphone: LIVE, audio: AUDIO });
      await page.getByRole('meter').waitFor();
      expect(await overflow(page)).toEqual([0]);
      await page.getByRole('button', { name: 'Настройки', exact: true }).click();
      await page.getByRole('switch', { name: 'Режим рации' }).check();
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

  describe('the keys', () => {
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

      expect(await one.wishes('setMicrophoneMuted')).toEqual([[true], [false]]);
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
      expect(await one.wishes('setMicrophoneMuted')).toEqual([[true]]);
      await page.keyboard.press('Escape');
      const leave = page.getByRole('button', { name: 'Leave', exact: true });
      await leave.focus();

      await page.keyboard.down('Space');
      await page.keyboard.down('Space');
      expect(await one.wishes('setTalkKeyHeld')).toEqual([[true]]);
      await page.keyboard.up('Space');
      expect(await one.wishes('setTalkKeyHeld')).toEqual([[true], [false]]);
      expect(await one.wishes('leave')).toEqual([]);
      expect(await page.evaluate(() => scrollY)).toBe(0);

      await page.keyboard.press('Enter');
      expect(await one.wishes('leave')).toHaveLength(1);
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
        () => window.pageView.wishes.filter(([wish]) => wish === 'setTalkKeyHeld').length === 2,
      );
      await page.keyboard.up('Space');
      expect(await one.wishes('setTalkKeyHeld')).toEqual([[true], [false]]);
    });

    it('let go when the call is over', async () => {
      const { one, page } = await pushing();
      await page.keyboard.press('Escape');
      await page.keyboard.down('Space');
      await one.renderRoom({ call: 'out' });
      await page.keyboard.up('Space');
      expect(await one.wishes('setTalkKeyHeld')).toEqual([[true], [false]]);
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

      expect(await one.wishes('leave')).toHaveLength(1);
      expect(await one.wishes('setTalkKeyHeld')).toEqual([]);
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
      expect(await one.wishes('setTalkKeyHeld')).toEqual([[true], [false]]);
    });

    it('do not press the button again with the end of Space as the new key', async () => {
      const { page, dialog } = await pushing();
      await dialog.getByRole('button', { name: 'Change the key to talk, now “Space”' }).click();
      await page.keyboard.press('Space');
      await dialog.getByRole('button', { name: 'Change the key to talk, now “Space”' }).waitFor();
      expect(await dialog.getByRole('button', { name: 'Press a key…' }).isVisible()).toBe(false);
    });
  });
});
