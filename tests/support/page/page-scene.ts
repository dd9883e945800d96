/** Owns what an example of a screen is, and how it is shown. */

import type { Page } from 'playwright';
import type { OwnDoor } from '../../../main/common/call-api/commands.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import type { PagePreferences } from '../../../web-client/ui/preferences/preference-store.ts';
import type { ViewPage } from './page-view.ts';

export interface PageScene {
  readonly name: string;
  /** Shown one after the other; the last one stays. */
  readonly states: readonly PageState[];
  /**
   * Shown in the page of the scene before, which leaves nothing there that the states do not replace: at once, or when Esc
   * has closed what one opened there. A page that is loaded anew costs as much as looking at it in eight sizes.
   */
  readonly follows?: true | 'by-escape';
  /** Follows one that has the same parts and other words: measured where words have the least room. */
  readonly wordsOnly?: true;
  /** Laid out as another one is: for pictures alone. */
  readonly pictured?: true;
  /** What the browser remembers that one chose before. */
  readonly preferences?: Partial<PagePreferences>;
  /** Only in the app: how the own room's door stands there. */
  readonly ownDoor?: OwnDoor;
  /** What one does then, by ids and so in any language. */
  readonly act?: (page: Page) => Promise<void>;
}

export const click = (selector: string) => (page: Page) => page.locator(selector).click();

/** Leaves the focus, which a key has made visible, nowhere. */
async function closeByEscape(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
}

/** Shows the scene in a page that remembers nothing of the one before, but where it follows that: then it is to be shown right after it. */
export async function showScene(
  view: ViewPage,
  { states, follows, preferences, ownDoor, act }: PageScene,
): Promise<void> {
  if (follows === undefined) await view.reload(preferences);
  if (follows === 'by-escape') await closeByEscape(view.page);
  for (const state of states) await view.show(state);
  if (ownDoor !== undefined) await view.showOwnDoor(ownDoor);
  await act?.(view.page);
}
