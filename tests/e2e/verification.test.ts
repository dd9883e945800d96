/** Owns the proof that people can compare their verification code on the page, and what each answer does to the call. */

import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERIFICATION_EMOJI } from '../../main/common/i18n/emoji.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import type { Guest } from '../support/browser/guest.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 520;
const WORDS: readonly string[] = VERIFICATION_EMOJI.map(({ en }) => en);

/** The button on somebody's card that tells the trust, while it tells this. */
function trustButton({ page }: Guest, state: string, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${state}\\. .*${name}$`) });
}

function dialog({ page }: Guest, name: string): Locator {
  return page.getByRole('dialog', { name: `Verify ${name}` });
}

function answer(guest: Guest, name: string, text: 'They match' | 'They don’t'): Promise<void> {
  return dialog(guest, name).getByRole('button', { name: text, exact: true }).click();
}

/** Opens the dialog from the card and gives the words it shows, in order. */
async function openCode(guest: Guest, name: string, state = 'Sealed'): Promise<string[]> {
  await trustButton(guest, state, name).click();
  const list = dialog(guest, name).getByRole('list', { name: 'Seven emoji' });
  await list.waitFor();
  return list.getByRole('listitem').allInnerTexts();
}

function wordsOf(items: readonly string[]): string[] {
  return items.map((item) => item.split('\n').at(-1) ?? '');
}

/** One call for all, told in order. */
describe.skipIf(chromium === null)('verification in Chromium', () => {
  let stage: Stage;
  let anna: Guest;
  let boris: Guest;
  let enter: (name: string) => Promise<Guest>;
  let words: string[];

  beforeAll(async () => {
    stage = await Stage.create();
    const started = [stage.browser(TONE_HZ, chromium ?? ''), stage.host()] as const;
    const [browser, { invite }] = await Promise.all(started);
    enter = async (name) => {
      const guest = await stage.guest(browser, invite, name);
      await guest.join();
      return guest;
    };
    anna = await enter('Anna');
    boris = await enter('Boris');
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  it('shows both the same seven words, and whom each has verified', async () => {
    words = wordsOf(await openCode(anna, 'Boris'));
    expect(words).toHaveLength(7);
    expect(words.filter((word) => !WORDS.includes(word))).toEqual([]);
    expect(wordsOf(await openCode(boris, 'Anna'))).toEqual(words);

    await answer(anna, 'Boris', 'They match');
    await dialog(anna, 'Boris').waitFor({ state: 'hidden' });
    await anna.page.getByText('Boris: verified by you', { exact: true }).waitFor();
    await trustButton(anna, 'Verified by you', 'Boris').waitFor();
    expect(await trustButton(boris, 'Verified by you', 'Anna').count()).toBe(0);

    await answer(boris, 'Anna', 'They match');
    await trustButton(boris, 'Verified by you', 'Anna').waitFor();
    expect(wordsOf(await openCode(anna, 'Boris', 'Verified by you'))).toEqual(words);
    await dialog(anna, 'Boris').getByText('Verified by you', { exact: true }).waitFor();
    await anna.page.keyboard.press('Escape');
    await anna.hears(TONE_HZ);
  });

  it('forgets a person who reloads: the key is another', async () => {
    await boris.page.reload();
    await boris.showsStatus('Live');

    expect(wordsOf(await openCode(anna, 'Boris'))).not.toEqual(words);
    await anna.page.keyboard.press('Escape');
  });

  it('can be used by keyboard, and gives the focus back', async () => {
    const button = trustButton(anna, 'Sealed', 'Boris');
    const opened = dialog(anna, 'Boris');
    await button.focus();
    await anna.page.keyboard.press('Enter');
    await opened.getByRole('list').waitFor();
    await anna.page.keyboard.press('Escape');
    await opened.waitFor({ state: 'hidden' });
    expect(await hasFocus(button)).toBe(true);

    await anna.page.keyboard.press('Enter');
    const match = opened.getByRole('button', { name: 'They match' });
    await until(
      'the focus on “They match”',
      async () => {
        await anna.page.keyboard.press('Tab');
        return hasFocus(match);
      },
      (focused) => focused,
    );
    await anna.page.keyboard.press('Enter');
    const verified = trustButton(anna, 'Verified by you', 'Boris');
    await verified.waitFor();
    expect(await hasFocus(verified)).toBe(true);
  });

  it('closes the dialog and says so when the person leaves', async () => {
    await openCode(anna, 'Boris', 'Verified by you');

    await boris.leave();

    await dialog(anna, 'Boris').waitFor({ state: 'hidden' });
    await anna.page.getByText('Boris is gone, so there is nothing to compare').waitFor();
    const heading = anna.page.getByRole('heading', { name: 'Participants' });
    expect(await hasFocus(heading)).toBe(true);
  });

  it('leaves the call with a person whose emoji differ, and with nobody else', async () => {
    await boris.join();
    const vera = await enter('Vera');
    await vera.hears(TONE_HZ, TONE_HZ);
    await openCode(vera, 'Anna');
    await answer(vera, 'Anna', 'They match');
    await vera.page.getByText('1 of 2 verified', { exact: true }).waitFor();

    await openCode(vera, 'Boris');
    await answer(vera, 'Boris', 'They don’t');

    await dialog(vera, 'Boris').waitFor({ state: 'hidden' });
    await vera.page.getByText('Boris: the emoji differ, so the connection is closed').waitFor();
    const card = vera.participants.filter({ hasText: 'Boris' });
    await card.getByText('You saw different emoji: somebody may sit between you').waitFor();
    await vera.hears(TONE_HZ);
    await vera.isConnectedTo(1);
    await anna.hears(TONE_HZ, TONE_HZ);
    await boris.hears(TONE_HZ);

    await trustButton(vera, 'Could not be verified', 'Boris').click();
    await dialog(vera, 'Boris').getByText('You saw different emoji').waitFor();
    expect(await dialog(vera, 'Boris').getByRole('button').allInnerTexts()).toEqual(['Close']);
  });
});
