/** Owns the question of what kind of box stands around each size container: those that change theirs lose what is in it, in some browsers. */

import type { Page } from 'playwright';

/** Each element around a container, and its `display`; those that are not shown have no box to change. */
export function containerSurroundings(page: Page): Promise<(readonly [element: string, display: string])[]> {
  return page.evaluate(() => {
    const around = new Set<Element>();
    for (const element of document.querySelectorAll('body *')) {
      if (getComputedStyle(element).containerType === 'normal') continue;
      for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) around.add(outer);
    }
    return [...around]
      .map((element) => [`${element.tagName} ${element.id}`, getComputedStyle(element).display] as const)
      .filter(([, display]) => display !== 'none');
  });
}
