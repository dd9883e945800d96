/** Owns the proof that the page's own controls are heard: each is used as a person would, and measured at the other end. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { OutputListener } from '../support/sound/output-listener.ts';
import { installOutputProbe } from '../support/sound/output-probe.ts';
import { installToneMicrophones, MICROPHONE_TONES_HZ } from '../support/sound/tone-microphones.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const [DEFAULT_HZ, , SECOND_HZ] = MICROPHONE_TONES_HZ;
const AMPLITUDE = 0.1;
const UNUSED_HZ = 300;

/** Anna talks, Boris came to listen; one call for all, each test leaves it as it was. */
describe.skipIf(chromium === null)('the controls of the page', () => {
  let stage: Stage;
  let anna: Page;
  let boris: Page;
  let annaListener: OutputListener;
  let borisListener: OutputListener;
  const faults: string[] = [];

  beforeAll(async () => {
    stage = await Stage.create();
    const [browser, { invite }] = await Promise.all([
      stage.browser(UNUSED_HZ, chromium ?? ''),
      stage.host({ flags: ['--mode', '1x1'] }),
    ]);
    const join = async (name: string, mode: string) => {
      const context = await browser.newContext({ locale: 'en-US' });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => faults.push(message));
      await page.addInitScript(installToneMicrophones, {
        tonesHz: MICROPHONE_TONES_HZ,
        amplitude: AMPLITUDE,
      });
      await page.addInitScript(installOutputProbe);
      await page.goto(invite);
      await page.getByRole('textbox', { name: 'Your name' }).fill(name);
      await page.getByRole('radio', { name: mode }).check();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page
        .getByRole('status')
        .filter({ hasText: /^Live$/ })
        .waitFor();
      return page;
    };
    [anna, boris] = await Promise.all([join('Anna', 'Talk'), join('Boris', 'Just listen')]);
    annaListener = new OutputListener(anna);
    borisListener = new OutputListener(boris);
  });
  afterAll(async () => {
    expect(faults).toEqual([]);
    await stage.clear();
    await stage.end();
  });

  it('let one listen without being heard', async () => {
    await borisListener.hears(DEFAULT_HZ);
    await annaListener.hearsNothing();
    await boris.getByText('Listening only').first().waitFor();
    await anna
      .getByRole('listitem')
      .filter({ hasText: 'Boris' })
      .filter({ hasText: 'No microphone' })
      .waitFor();
  });

  it('set the volume of a person, from silence to the double', async () => {
    const volume = boris.getByRole('slider', { name: 'Volume of Anna' });
    const asItCame = await borisListener.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'element');
    await volume.press('Home');
    await borisListener.hearsNothing();
    await volume.press('End');
    const double = await borisListener.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'graph');
    expect(double.levelDb - asItCame.levelDb).toBeCloseTo(6, 0);
    await boris.getByRole('button', { name: '200%: put Anna back to 100%' }).click();
    const back = await borisListener.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'element');
    expect(back.levelDb - asItCame.levelDb).toBeCloseTo(0, 0);
  });

  it('mute and unmute by the key M', async () => {
    await anna.keyboard.press('m');
    await borisListener.hearsNothing();
    await anna.keyboard.press('m');
    await borisListener.hears(DEFAULT_HZ);
  });

  it('let a voice through while Space is held, where push to talk is on', async () => {
    const settings = anna.getByRole('dialog', { name: 'Settings' });
    const pushToTalk = settings.getByRole('switch', { name: 'Push to talk' });
    await anna.getByRole('button', { name: 'Settings', exact: true }).click();
    await pushToTalk.check();
    await anna.keyboard.press('Escape');
    await borisListener.hearsNothing();
    await anna.keyboard.down('Space');
    await borisListener.hears(DEFAULT_HZ);
    await anna.keyboard.up('Space');
    await borisListener.hearsNothing();

    await anna.getByRole('button', { name: 'Settings', exact: true }).click();
    await pushToTalk.uncheck();
    await anna.keyboard.press('Escape');
    await anna.keyboard.press('m');
    await borisListener.hears(DEFAULT_HZ);
  });

  it('change the microphone in the middle of the call', async () => {
    await anna.getByRole('button', { name: 'Settings', exact: true }).click();
    const microphone = anna
      .getByRole('dialog', { name: 'Settings' })
      .getByRole('combobox', { name: 'Microphone' });
    await microphone.selectOption({ label: 'Fake Audio Input 2' });
    await borisListener.hears(SECOND_HZ);
    await microphone.selectOption({ label: 'As the system chooses' });
    await borisListener.hears(DEFAULT_HZ);
  });
});
