/** Owns the proof that what is written, shown, raised, given, asked and answered in one page arrives in another, through the page's own controls. */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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

  it('carries files: one accepted and saved byte for byte, one declined, one cancelled', async () => {
    const host = await stage.host();
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(browser, host.invite, 'Boris');
    await anna.join();
    await boris.join();
    await anna.isConnectedTo(1);
    const entry = ({ page }: Guest, name: string) =>
      page.getByRole('region', { name: 'Files' }).getByRole('listitem').filter({ hasText: name });
    const press = (guest: Guest, name: string, act: string) =>
      entry(guest, name).getByRole('button', { name: act, exact: true }).click();

    const plan = randomBytes(3_000_007);
    const [chooser] = await Promise.all([
      anna.page.waitForEvent('filechooser'),
      anna.page.getByRole('button', { name: 'Send file' }).click(),
    ]);
    const words = { mimeType: 'text/plain', buffer: Buffer.from('words') };
    await chooser.setFiles([
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: plan },
      { ...words, name: 'no.txt' },
      { ...words, name: 'late.txt' },
    ]);

    await press(boris, 'plan.pdf', 'Accept');
    await press(boris, 'no.txt', 'Decline');
    await entry(anna, 'no.txt').getByText('Declined.').waitFor();
    await entry(boris, 'late.txt').getByRole('button', { name: 'Accept', exact: true }).waitFor();
    await press(anna, 'late.txt', 'Cancel');
    await entry(boris, 'late.txt').getByText('The sender cancelled it.').waitFor();

    await entry(anna, 'plan.pdf').getByText('It has arrived whole.').waitFor();
    const [download] = await Promise.all([
      boris.page.waitForEvent('download'),
      press(boris, 'plan.pdf', 'Save'),
    ]);
    expect(download.suggestedFilename()).toBe('plan.pdf');
    expect((await readFile(await download.path())).equals(plan)).toBe(true);
    await entry(boris, 'plan.pdf').getByText('It went to your downloads').waitFor();
  });

  it('asks each before their voice is recorded, and shows to all who records for as long as it lasts', async () => {
    const host = await stage.host({ flags: ['--capacity', '3'] });
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(browser, host.invite, 'Boris');
    await anna.join();
    await boris.join();
    await anna.isConnectedTo(1);
    const button = ({ page }: Guest, name: string) => page.getByRole('button', { name, exact: true });
    const records = ({ page }: Guest, who: string) =>
      page.getByRole('status').filter({ hasText: `Recording: ${who}` });
    const isTold = (text: string) =>
      anna.page.getByRole('list', { name: 'Recordings' }).getByText(text).waitFor();
    const question = ({ page }: Guest) => page.getByRole('dialog', { name: 'May Anna record?' });

    await button(anna, 'Record').click();
    const choice = anna.page.getByRole('dialog', { name: 'Record this call?' });
    await choice.getByRole('button', { name: 'Everyone in one track' }).click();
    await records(anna, 'you').waitFor();
    await records(boris, 'Anna').waitFor();
    await isTold('In it: you. Not answered yet: Boris.');
    await question(boris).getByRole('button', { name: 'Agree' }).click();
    await isTold('In it: you, Boris.');

    const clara = await stage.guest(browser, host.invite, 'Clara');
    await clara.join();
    await records(clara, 'Anna').waitFor();
    await isTold('In it: you, Boris. Not answered yet: Clara.');
    await button(boris, 'Stop recording me: Anna').click();
    await question(clara).getByRole('button', { name: 'Agree' }).click();
    await isTold('In it: you, Clara. Not in it: Boris.');

    await button(anna, 'Stop recording').click();
    for (const guest of [boris, clara]) await records(guest, 'Anna').waitFor({ state: 'hidden' });
    await anna.page.getByText('Your recording is ready').waitFor();
    const download = anna.page.waitForEvent('download');
    await button(anna, 'Save').click();
    expect((await download).suggestedFilename()).toMatch(/\.(?:webm|txt)$/);
    await button(anna, 'Done').click();
    await anna.page.getByText('Your recording is ready').waitFor({ state: 'hidden' });
  });
});
