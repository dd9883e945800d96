/** Owns asking where the focus is. */

import type { Locator } from 'playwright';

export const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);
