/** Owns the proof that what is written, shown and raised in one page arrives in another, through the page's own controls. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('the talk beside the voice', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(440, chromium ?? '');
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.end());

  const log = ({ page }: Guest) => page.getByRole('log', { name: 'Chat' });
  async function write({ page }: Guest, text: string): Promise<void> {
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill(text);
    await field.press('Enter');
  }

  it('carries messages, reactions, a hand and the state of the microphone', async () => {
    const host = await stage.host();
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(browser, host.invite, 'Boris');
    await anna.join();
    await boris.join();
    await anna.isConnectedTo(1);

    await write(anna, 'Hello @Boris, see https://example.org/');
    await log(boris).getByText('Hello').waitFor();
    await log(boris).getByRole('link', { name: 'https://example.org/' }).waitFor();
    await log(anna).getByText('Sending').waitFor({ state: 'hidden' });
    await write(boris, 'Seen');
    await log(anna).getByText('Seen').waitFor();

    await log(boris).getByText('Hello').hover();
    await log(boris).getByRole('button', { name: 'React', exact: true }).first().click();
    await boris.page.getByRole('button', { name: 'React with 👍' }).click();
    await log(anna)
      .getByRole('button', { name: /👍.*Boris/ })
      .waitFor();

    await anna.page.getByRole('button', { name: 'Raise hand', exact: true }).click();
    await anna.page.getByRole('button', { name: 'Mute microphone', exact: true }).click();
    const card = boris.participants.filter({ hasText: 'Anna' });
    await card.getByText('Hand raised').waitFor({ state: 'attached' });
    await card.getByText('Microphone muted').waitFor({ state: 'attached' });
    expect(await log(boris).getByText('Hello').count()).toBe(1);
  });
});
