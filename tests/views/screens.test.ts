/** Owns what every screen of the guest page owes its reader: nothing serious for axe, all in reach on small screens and in large letters. */

import type { CDPSession } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../main/common/translate.ts';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { containerSurroundings } from '../support/browser/container-surroundings.ts';
import { lostInForcedColors } from '../support/browser/forced-colors.ts';
import { screenProblems } from '../support/browser/screen-problems.ts';
import { screenShape } from '../support/browser/screen-shape.ts';
import { GUEST_SCREEN_LIMITS } from '../support/page/guest-screens.ts';
import { type PageScene, showScene } from '../support/page/page-scene.ts';
import { PAGE_SCENES } from '../support/page/page-scenes.ts';
import { PageViews, type ViewPage } from '../support/page/page-view.ts';

const chromium = findChromium();
type Size = readonly [width: number, height: number];
const PHONE: Size = [390, 844];
const NARROW: Size = [320, 568];
/** As wide as a narrow phone, less the bar beside it that a desktop's window scrolls by; what fits this fits that. */
const BARRED: Size = [308, 568];
const LOW: Size = [480, 320];
/** What fits 568×320 fits the phones between that and 844×390, which have the same layout. */
const SIDEWAYS: readonly Size[] = [LOW, [568, 320], [844, 390]];
/** A window of 1280×1024 at 400 %, which is WCAG's measure of reflow. */
const ZOOMED: Size = [320, 256];
const DESKTOP: Size = [1280, 800];

/** Of what is measured and not looked at: laid out the same, and drawn at less cost. */
const DRAWN_SCALE = 0.1;

const NORMAL_PX = 16;
interface Pass {
  /** The size that a browser's letters are set to; what is measured in them and the media queries follow. */
  readonly letterPx: number;
  readonly sizes: readonly Size[];
}
/** Where words have the least room: what has the same parts there has enough of it at the others. */
const TIGHT: readonly Size[] = [NARROW, BARRED, LOW];
/** Russian has the longest words and meets every size; English the narrowest, and the lowest in large letters. */
const PASSES: Readonly<Record<Language, readonly Pass[]>> = {
  ru: [
    { letterPx: NORMAL_PX, sizes: [PHONE, NARROW, ...SIDEWAYS, ZOOMED, DESKTOP] },
    { letterPx: 2 * NORMAL_PX, sizes: [BARRED, LOW, DESKTOP] },
  ],
  en: [
    { letterPx: NORMAL_PX, sizes: [NARROW] },
    { letterPx: 2 * NORMAL_PX, sizes: [LOW] },
  ],
};

describe.skipIf(chromium === null)('every screen of the guest page', () => {
  let views: PageViews;
  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  afterAll(() => views.end());

  /** Of what stands around a size container, on all screens. */
  const displays = new Map<string, Set<string>>();

  describe.each(['en', 'ru'] as const)('in %s', (language) => {
    let view: ViewPage;
    let devtools: CDPSession;
    let seat: string | null = null;
    /** The page is opened anew only between those in a browser and those in the app. */
    async function sit(query: string): Promise<void> {
      if (query === seat) return;
      if (seat !== null) await view.close();
      seat = query;
      view = await views.open({ query, reducedMotion: 'reduce', hasTouch: true });
      devtools = await view.page.context().newCDPSession(view.page);
    }
    afterAll(() => view.close());

    const resize = ([width, height]: Size, scale = 1) =>
      devtools.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 1,
        scale,
        mobile: false,
      });
    const setLetters = (letterPx: number) =>
      devtools.send('Page.setFontSizes', { fontSizes: { standard: letterPx, fixed: letterPx } });

    const isOwn = ({ ownDoor }: PageScene) => ownDoor !== undefined;
    const checked = PAGE_SCENES.filter(({ pictured }) => pictured !== true);
    const inOrder = [...checked.filter((scene) => !isOwn(scene)), ...checked.filter(isOwn)];
    /** What stands in the page; nothing sure, where a scene was not shown to its end. */
    let shown: PageScene | undefined;
    it.each(inOrder.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
      const { follows, ...alone } = scene;
      const isNext = follows !== undefined && shown === inOrder[inOrder.indexOf(scene) - 1];
      shown = undefined;
      await sit(`?lang=${language}${isOwn(scene) ? '&app=linux' : ''}`);
      const { page } = view;
      await setLetters(NORMAL_PX);
      await resize(PHONE);
      await page.emulateMedia({ colorScheme: 'dark' });
      const before = scene.wordsOnly && isNext ? await screenShape(page) : null;
      await showScene(view, isNext ? scene : alone);
      shown = scene;
      if (before !== null) expect(await screenShape(page), 'the same parts').toBe(before);
      else if (language === 'en') {
        expect(await seriousProblems(page), 'dark').toEqual([]);
        await page.emulateMedia({ colorScheme: 'light' });
        expect(await seriousProblems(page, 'color-contrast'), 'light').toEqual([]);
        expect(await lostInForcedColors(page), 'forced colours').toEqual([]);
      }
      const problems: string[] = [];
      for (const { letterPx, sizes } of PASSES[language]) {
        await setLetters(letterPx);
        for (const size of scene.wordsOnly ? sizes.filter((one) => TIGHT.includes(one)) : sizes) {
          await resize(size, DRAWN_SCALE);
          for (const problem of await screenProblems(page, GUEST_SCREEN_LIMITS))
            problems.push(`${size.join('×')}, letters of ${letterPx} px: ${problem}`);
          if (size !== PHONE && size !== DESKTOP) continue;
          for (const [element, display] of await containerSurroundings(page))
            displays.set(element, (displays.get(element) ?? new Set()).add(display));
        }
      }
      expect(problems).toEqual([]);
      expect(view.faults).toEqual([]);
    });
  });

  it('has around each size container boxes that stay of their kind', () => {
    expect([...displays].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
  });

  it('is not looked at before it is whole, however late the views of a call come', async () => {
    const view = await views.open();
    const scene = PAGE_SCENES.find(({ name }) => name === 'door-waiting');
    if (scene === undefined) throw new Error('no such scene');
    const markup = /call-[^/]*\.html/;
    let release = () => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    await view.page.route(markup, async (route) => {
      await released;
      await route.continue();
    });
    const shown = showScene(view, scene).then(() => 'shown');
    await view.page.locator('#stage[data-call="joining"]').waitFor();
    expect(await Promise.race([shown, view.page.evaluate(() => 'not yet')])).toBe('not yet');
    release();
    await shown;
    expect(await view.page.locator('#door').isVisible()).toBe(true);
    await view.page.unroute(markup);
    await view.close();
  });
});
