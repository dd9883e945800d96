/** Owns what every screen of the window owes its reader: nothing for axe, all in reach small, large and in forced colours. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { windowTexts } from '../../renderer/i18n/texts.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { lostInForcedColors } from '../support/browser/forced-colors.ts';
import { NONE, type ScreenLimits, screenProblems } from '../support/browser/screen-problems.ts';
import { describeDesktop, projectRoot } from '../support/host/electron.ts';
import { ShownWindow, type WindowSize } from '../support/host/shown-window.ts';
import { showWindowScene, WINDOW_SCENES } from '../support/host/window-scenes.ts';
import { windowStates } from '../support/host/window-states.ts';

const SMALLEST = { width: 360, height: 480 } as const;
const USUAL = { width: 920, height: 740 } as const;
/** The usual one last: the next screen begins with it. */
const SIZES: Readonly<Record<string, WindowSize>> = {
  'usual size at 200 %': { ...USUAL, zoom: 2 },
  'smallest size': SMALLEST,
  'usual size': USUAL,
};
const LIMITS: ScreenLimits = {
  targetPx: 24,
  dockTargetPx: 24,
  readingShare: 0.75,
  parts: {
    foreign: 'bdi, .invite-link, .others-origin, .invitation-mark, .relay-path',
    layers: NONE,
    standing: '.header',
    dock: NONE,
    chat: NONE,
    chatSheet: NONE,
  },
};

describeDesktop('every screen of the window', () => {
  let window: ShownWindow;
  beforeAll(async () => {
    window = await ShownWindow.launch();
    await window.page.evaluate(
      readFileSync(path.join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8'),
    );
  });
  afterAll(() => window.dispose());

  /** Settles once all is drawn in it: what still changes its colours has the contrast of neither. */
  async function showIn(colorScheme: 'dark' | 'light'): Promise<void> {
    await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await window.page.waitForFunction(
      (scheme) =>
        matchMedia(`(prefers-color-scheme: ${scheme}) and (forced-colors: none)`).matches &&
        document.getAnimations().every(({ playState }) => playState !== 'running'),
      colorScheme,
    );
  }

  /** What axe says of all, or of these rules. */
  async function complaints(...rules: string[]): Promise<unknown> {
    return window.page.evaluate(async (only) => {
      const axe = Reflect.get(globalThis, 'axe') as typeof import('axe-core');
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(only.length === 0 ? {} : { runOnly: only }),
      });
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    }, rules);
  }

  /** How far what is in the element sticks out of it, in pixels. */
  function overflow(selector: string): Promise<number> {
    return window.page
      .locator(selector)
      .evaluate((element) => element.scrollWidth - Math.min(element.clientWidth, innerWidth));
  }

  for (const language of ['en', 'ru'] as const) {
    const t = windowTexts[language];

    it.each(WINDOW_SCENES.map((scene) => [scene.name, scene] as const))(
      `%s, ${language}`,
      async (_, scene) => {
        const { page } = window;
        await window.resize(USUAL);
        await showWindowScene(window, scene, language);
        // Neither what the parts are nor their colours change with the language; how long the words are does.
        if (language === 'en') {
          await showIn('dark');
          expect(await complaints(), 'dark').toEqual([]);
          await showIn('light');
          expect(await complaints('color-contrast'), 'light').toEqual([]);
          expect(await lostInForcedColors(page), 'forced colours').toEqual([]);
        }
        const problems: string[] = [];
        for (const [name, size] of Object.entries(SIZES)) {
          await window.resize(size);
          expect(await overflow('html'), name).toBeLessThanOrEqual(0);
          problems.push(...(await screenProblems(page, LIMITS)).map((problem) => `${name}: ${problem}`));
        }
        expect(problems).toEqual([]);
      },
    );

    it.each(['app.settings', 'privacy.title'] as const)(
      `gives the focus back when the sheet closes: %s, ${language}`,
      async (title) => {
        const { page } = window;
        await window.resize(USUAL);
        await showWindowScene(window, { name: 'live', snapshot: windowStates.live }, language);
        const opener = page.getByRole('button', { name: t(title) });
        await opener.click();
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(await hasFocus(opener)).toBe(true);
      },
    );

    it(`leaves the focus on the button whose command fails, ${language}`, async () => {
      const { page } = window;
      await window.resize(USUAL);
      await showWindowScene(window, { name: 'live', snapshot: windowStates.live }, language);
      const invite = page.getByRole('button', { name: t('invitations.one-time') });
      await invite.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await hasFocus(invite)).toBe(true);

      await page.getByRole('button', { name: t('invite.new') }).click();
      const confirm = page.getByRole('button', { name: t('invite.new-confirm') });
      await confirm.press('Enter');
      await page.getByRole('alertdialog').getByRole('alert').waitFor();
      expect(await hasFocus(confirm)).toBe(true);
    });

    it(`starts each question where nothing happens, whole at the smallest size, and gives the focus back, ${language}`, async () => {
      const { page } = window;
      const { inviting } = windowStates;
      const longest = inviting.status.participants.at(-1)?.name ?? '';
      await showWindowScene(window, { name: 'inviting', snapshot: inviting }, language);
      await window.resize(SMALLEST);
      for (const name of [t('invite.new'), longest]) {
        const button = page.getByRole('button', { name });
        await button.click();
        const question = page.getByRole('alertdialog');
        await question.waitFor();
        expect(await overflow('dialog[open]')).toBeLessThanOrEqual(0);
        const cancel = question.getByRole('button', { name: t('app.cancel') });
        expect(await hasFocus(cancel)).toBe(true);
        await page.keyboard.press('Escape');
        await question.waitFor({ state: 'hidden' });
        expect(await hasFocus(button)).toBe(true);
      }
    });
  }
});
