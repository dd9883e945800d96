/** Owns the proof that one joins as one has chosen, and that the check before joining shows what works and what does not. */

import { describe, expect, it } from 'vitest';
import { DEFAULT_AUDIO_SETTINGS } from '../../web-client/core/state/audio-state.ts';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { AUDIO, LIVE, useSettingsPages } from '../support/page/settings-pages.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('before joining, in Chromium', () => {
  const { open, openDialog, fillStorage, refuse } = useSettingsPages(chromium ?? '');

  it('joins as chosen, and remembers how', async () => {
    const { one, page } = await open();
    const name = page.getByRole('textbox', { name: 'Your name' });
    await name.fill('Anna');
    // The press is answered at once, whatever comes of it, and counts once.
    await page.getByRole('button', { name: 'Join', exact: true }).dblclick();
    await page.getByRole('button', { name: 'Joining…' }).waitFor();
    await one.renderRoom({});
    await page.getByRole('radio', { name: 'Just listen' }).check();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    expect(await one.intents('join')).toEqual([
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
    expect(await one.intents('join')).toEqual([['Anna', 'muted']]);
  });

  it('says in the check that the browser keeps no choice, and not again in the settings', async () => {
    const { one, page, button, dialog } = await open();
    await page.getByRole('button', { name: 'Check microphone and speaker' }).click();
    await one.renderRoom({ microphone: LIVE, audio: AUDIO });
    await fillStorage(one);
    const choice = page.getByRole('combobox', { name: 'Microphone' });
    await choice.selectOption('headset');
    const told = page.getByRole('alert');
    await told.getByText('Your browser does not let this page keep settings.').waitFor();
    expect(await choice.inputValue()).toBe('headset');
    await button.click();
    await dialog.getByRole('radio', { name: 'Dark' }).check();
    expect(await dialog.getByRole('alert').count()).toBe(0);
  });

  it('opens the microphone for the check only, and leaves the Join button where it is', async () => {
    const { one, page } = await open();
    const join = page.getByRole('button', { name: 'Join', exact: true });
    const check = page.getByRole('button', { name: 'Check microphone and speaker' });
    const place = await join.boundingBox();
    expect(await one.intents('openMicrophone')).toEqual([]);

    await check.click();
    await page.getByRole('combobox', { name: 'Microphone' }).waitFor();
    expect(await one.intents('openMicrophone')).toHaveLength(1);
    expect(await join.boundingBox()).toEqual(place);

    await check.click();
    expect(await one.intents('closeMicrophone')).toHaveLength(1);
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

  it('offers the devices there are, and asks for the chosen one', async () => {
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
    expect(await one.intents('setAudioSettings')).toEqual([
      [headset],
      [{ ...headset, speakerId: 'monitor' }],
    ]);
    expect(await one.intents('testSpeaker')).toHaveLength(1);

    await one.renderRoom({ microphone: LIVE, audio: { ...AUDIO, microphones: [], settings: headset } });
    expect(await microphone.getByRole('option', { selected: true }).textContent()).toContain('not connected');
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
    expect(await one.intents('openMicrophone')).toHaveLength(2);
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
    refuse(/\/lazy-chunk-/);
    const { page, button, dialog } = await open();
    await button.click();
    await page.getByText('The settings did not load').waitFor();
    refuse();
    await button.click();
    await dialog.waitFor();
  });
});
