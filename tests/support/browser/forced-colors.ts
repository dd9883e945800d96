/** Owns what a screen loses in forced colours, where every background is the same and no shadow is drawn. */

import type { Page } from 'playwright';

/** Runs in the page. */
function findLost(): string[] {
  const lost = new Set<string>();
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.backgroundColor = 'Canvas';
  const ground = getComputedStyle(probe).backgroundColor;
  probe.remove();
  /** The share by which a background covers what is behind it stays as it was. */
  const coverOf = (color: string) => Number(/rgba\(.*, ([\d.]+)\)/.exec(color)?.[1] ?? 1);
  const isGround = (color: string) => color.replace(/^rgba\((.*), [\d.]+\)$/, 'rgb($1)') === ground;
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? element.id}`;
  const hasEdge = ({ borderBlockStartStyle, borderBlockStartWidth, outlineStyle }: CSSStyleDeclaration) =>
    outlineStyle !== 'none' || (borderBlockStartStyle !== 'none' && borderBlockStartWidth !== '0px');

  for (const element of document.querySelectorAll('body *')) {
    const { width, height } = element.getBoundingClientRect();
    const isShown = width > 1 && height > 0 && element.checkVisibility({ visibilityProperty: true });
    if (!isShown || element.closest('option, select') !== null) continue;
    for (const pseudo of [null, '::before', '::after']) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo !== null && (style.content === 'none' || style.content === 'normal')) continue;
      const { backgroundColor } = style;
      const isFilled = isGround(backgroundColor) && coverOf(backgroundColor) > 0;
      if (style.forcedColorAdjust === 'none' || !isFilled || hasEdge(style)) continue;
      const isEmpty =
        pseudo === null
          ? element.childNodes.length === 0 && !element.matches('input, textarea, img, svg *')
          : style.content === '""';
      const isShape = style.borderTopLeftRadius !== '0px' && style.borderTopLeftRadius !== '';
      if (isEmpty || isShape) lost.add(`${nameOf(element)}${pseudo ?? ''} is not seen`);
    }
  }

  for (const spinner of document.querySelectorAll('.spinner')) {
    const { borderTopColor, borderBottomColor } = getComputedStyle(spinner);
    if (borderTopColor === borderBottomColor) lost.add(`${nameOf(spinner)} is a ring that does not turn`);
  }

  const drawn = (element: Element) => {
    const { backgroundColor, borderColor, borderStyle, outline, textDecorationLine } =
      getComputedStyle(element);
    return [backgroundColor, borderColor, borderStyle, outline, textDecorationLine].join();
  };
  for (const chosen of document.querySelectorAll('[aria-pressed="true"], [aria-selected="true"]')) {
    if (!chosen.checkVisibility()) continue;
    const state = chosen.hasAttribute('aria-pressed') ? 'aria-pressed' : 'aria-selected';
    const before = drawn(chosen);
    chosen.setAttribute(state, 'false');
    if (drawn(chosen) === before) lost.add(`${nameOf(chosen)} looks as if it was not chosen`);
    chosen.setAttribute(state, 'true');
  }
  for (const input of document.querySelectorAll<HTMLInputElement>('input:checked')) {
    const shown = input.closest('.segment, .choice');
    if (shown === null || !shown.checkVisibility()) continue;
    const before = drawn(shown);
    input.checked = false;
    if (drawn(shown) === before) lost.add(`${nameOf(shown)} looks as if it was not chosen`);
    input.checked = true;
  }
  return [...lost];
}

/** What nobody sees there; empty where all is well. Leaves the page in its own colours. */
export async function lostInForcedColors(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' });
  const lost = await page.evaluate(findLost);
  await page.emulateMedia({ forcedColors: 'none' });
  return lost;
}
