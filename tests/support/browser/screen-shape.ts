/** Owns what a screen consists of, its words aside: two with the same shape differ for whoever reads them, and not for what lays them out. */

import type { Page } from 'playwright';

/** Runs in the page. What is for the ear alone belongs to it. */
async function findShape(): Promise<string> {
  // What goes by the window's size has followed it by the next picture.
  await new Promise(requestAnimationFrame);
  const WORDS = ['aria-label', 'alt', 'href', 'placeholder', 'title', 'value'];
  const lines: string[] = [];
  const add = (element: Element, depth: number) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return;
    const attributes = [...element.attributes]
      .map(({ name, value }) =>
        WORDS.includes(name) && element.localName !== 'use' ? name : `${name}="${value}"`,
      )
      .sort();
    const hasWords = [...element.childNodes].some(
      ({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim(),
    );
    lines.push(`${' '.repeat(depth)}${[element.localName, ...attributes].join(' ')}${hasWords ? ' …' : ''}`);
    for (const child of element.children) add(child, depth + 1);
  };
  add(document.body, 0);
  return lines.join('\n');
}

/** One line for each element that is shown. */
export function screenShape(page: Page): Promise<string> {
  return page.evaluate(findShape);
}
