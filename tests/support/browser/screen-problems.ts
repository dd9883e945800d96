/** Owns what geometry tells of a screen: words broken inside, things out of reach, covered, too small or too wide. */

export interface ScreenLimits {
  /** Least width and height of what is pressed. */
  readonly targetPx: number;
  /** The same for the call's controls at the bottom, which thumbs meet. */
  readonly dockTargetPx: number;
  /** Least share of the window's height that what always stands leaves to what scrolls. */
  readonly readingShare: number;
  /** Which elements these are, as selectors; a screen without the one or other leaves it at NONE. */
  readonly parts: ScreenParts;
}

export interface ScreenParts {
  /** What people or machines wrote: it may be as long as it likes, and is cut with dots or broken anywhere. */
  readonly foreign: string;
  /** What Esc closes, or passes by itself: it may lie over the rest. */
  readonly layers: string;
  /** What stays in its place while the rest scrolls. */
  readonly standing: string;
  readonly dock: string;
  /** The chat, while it is shown; as `chatSheet` it lies over the rest. */
  readonly chat: string;
  readonly chatSheet: string;
}

/** Matches nothing. */
export const NONE = ':not(*)';

/** Runs in the page. Scrolls to each thing as a browser does for the focus, and asks what lies there. */
async function findProblems({
  targetPx,
  dockTargetPx,
  readingShare,
  parts,
}: ScreenLimits): Promise<string[]> {
  const TOLERANCE_PX = 1;
  const SCROLLBAR_PX = 20;
  const { layers } = parts;
  /** What stands for the ear alone is not seen at all. */
  const FOREIGN = `${parts.foreign}, option, .visually-hidden, noscript, script, style, template, [aria-hidden="true"]`;
  const CONTROLS = 'button, a[href], input, select, textarea, [role="option"], [tabindex="0"]';
  // Layers and the chat find their place anew once the window has another size, which in Firefox may be told later than it has it.
  if (document.querySelector(`${layers}, ${parts.chat}`) !== null) {
    do await new Promise(requestAnimationFrame);
    while (Math.abs((visualViewport?.height ?? innerHeight) - innerHeight) > SCROLLBAR_PX);
    await new Promise(requestAnimationFrame);
  }
  const problems = new Set<string>();
  const dialogs = [...document.querySelectorAll<HTMLElement>('dialog[open]')];
  const root = dialogs.at(-1) ?? document.body;
  const sheet = document.querySelector(parts.chatSheet);
  const layerOf = (element: Element) => element.closest(layers);

  const nameOf = (element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 24);
    return `${element.tagName.toLowerCase()}${element.id === '' ? `.${element.classList[0] ?? ''}` : `#${element.id}`} "${words}"`;
  };
  /** As for the focus; twice where what was not drawn yet turns out to be of another height. */
  const bringIntoView = (element: Element) => {
    const where = { block: 'nearest', inline: 'nearest', behavior: 'instant' } as const;
    element.scrollIntoView(where);
    if (element.matches('.emoji-cell, .emoji-heading')) element.scrollIntoView(where);
  };
  const heard = new Map<Element, boolean>();
  const isForTheEar = (element: Element): boolean => {
    const known = heard.get(element);
    if (known !== undefined) return known;
    const { parentElement } = element;
    const found =
      getComputedStyle(element).clipPath === 'inset(50%)' ||
      (parentElement !== null && isForTheEar(parentElement));
    heard.set(element, found);
    return found;
  };
  /** Behind a sheet, or for the ear alone. */
  const isAway = (element: Element) => {
    if (isForTheEar(element)) return true;
    return (
      root === document.body &&
      sheet !== null &&
      !sheet.contains(element) &&
      element.closest('.emoji, .quick') === null
    );
  };
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true }) && !isAway(element)
    );
  };
  /** Of a thousand emoji the first rows and the last one speak for all. */
  const isSpokenFor = (element: Element) =>
    element.matches('.emoji-cell') &&
    !(
      element.parentElement?.parentElement?.matches('.emoji-section:is(:first-child, :last-child)') &&
      element.matches(':nth-child(-n + 10), :last-child')
    );

  const within = (x: number, y: number, { left, right, top, bottom }: DOMRect) =>
    x >= left && x <= right && y >= top && y <= bottom;
  /** What keeps a finger, or with `seen` an eye, from this point of an element. */
  const cover = (x: number, y: number, wanted: Element, seen: boolean): string | null => {
    const hit = document.elementFromPoint(x, y);
    if (hit === null) return 'lies outside of the window';
    if (wanted.contains(hit) || hit.contains(wanted)) return null;
    if (hit.closest('label')?.contains(wanted)) return null;
    // What a finger meets is larger than what is drawn, or not drawn at all.
    if (seen && (!within(x, y, hit.getBoundingClientRect()) || getComputedStyle(hit).opacity === '0'))
      return null;
    // What Esc closes, or passes by itself, may lie over the rest.
    if (layerOf(hit) !== null && layerOf(hit) !== layerOf(wanted)) return null;
    return `is covered by ${nameOf(hit)}`;
  };

  if (document.documentElement.scrollWidth > innerWidth)
    problems.add(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const dialog of dialogs)
    if (dialog.scrollWidth > dialog.clientWidth) problems.add(`${nameOf(dialog)} scrolls sideways`);

  for (const element of root.querySelectorAll<HTMLElement>(CONTROLS)) {
    if (isSpokenFor(element) || !isShown(element)) continue;
    bringIntoView(element);
    const rect = element.getBoundingClientRect();
    const isDock = element.closest(parts.dock) !== null;
    const least = isDock ? dockTargetPx : targetPx;
    const isInText = getComputedStyle(element).display === 'inline';
    if (!isInText && (rect.width < least - 0.5 || rect.height < least - 0.5))
      problems.add(`${nameOf(element)} is ${Math.round(rect.width)}×${Math.round(rect.height)}`);
    if (rect.left < -TOLERANCE_PX || rect.right > innerWidth + TOLERANCE_PX)
      problems.add(`${nameOf(element)} sticks out sideways`);
    const isTall = rect.height > innerHeight;
    if (!isTall && (rect.top < -TOLERANCE_PX || rect.bottom > innerHeight + TOLERANCE_PX))
      problems.add(`${nameOf(element)} cannot be scrolled to`);
    const rows = isTall ? [0.5] : [0.25, 0.5, 0.75];
    for (const row of rows) {
      const fault = cover(rect.left + rect.width / 2, rect.top + rect.height * row, element, false);
      if (fault !== null) problems.add(`${nameOf(element)} ${fault}`);
    }
  }

  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    const parent = node.parentElement;
    if (
      parent === null ||
      text.trim() === '' ||
      isSpokenFor(parent) ||
      parent.closest(FOREIGN) !== null ||
      !isShown(parent)
    )
      continue;
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
    if (lines.size > 1)
      for (const match of text.matchAll(/[\p{L}\p{M}\p{N}’']+/gu)) {
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const rows = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        if (rows.size > 1) problems.add(`"${match[0]}" is broken in ${nameOf(parent)}`);
      }
    range.selectNodeContents(node);
    bringIntoView(parent);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 1);
    const isTall = parent.getBoundingClientRect().height > innerHeight / 2;
    for (const rect of rects) {
      if (rect.left < -TOLERANCE_PX || rect.right > innerWidth + TOLERANCE_PX)
        problems.add(`the words of ${nameOf(parent)} stick out sideways`);
    }
    if (isTall || getComputedStyle(parent).pointerEvents === 'none') continue;
    for (const rect of [rects[0], rects.at(-1)]) {
      if (rect === undefined) continue;
      const fault = cover(rect.left + rect.width / 2, rect.top + rect.height / 2, parent, true);
      if (fault !== null) problems.add(`the words of ${nameOf(parent)} ${fault}`);
    }
    for (let box: Element | null = parent; box !== null && box !== root; box = box.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(box);
      if (overflowX === 'visible') continue;
      if (box.scrollWidth > box.clientWidth + TOLERANCE_PX)
        problems.add(
          `the words of ${nameOf(parent)} are cut by ${nameOf(box)}${textOverflow === 'ellipsis' ? ' with dots' : ''}`,
        );
      break;
    }
  }

  if (dialogs.length === 0) {
    let standing = 0;
    for (const element of document.querySelectorAll(parts.standing)) {
      const place = getComputedStyle(element).position;
      if (isShown(element) && (place === 'sticky' || place === 'fixed'))
        standing += element.getBoundingClientRect().height;
    }
    if (standing > innerHeight * (1 - readingShare))
      problems.add(`what stands takes ${Math.round(standing)} px of ${innerHeight}`);
  }
  const panel = document.querySelector(parts.chat);
  const log = panel?.querySelector('.chat-body');
  if (log && panel && isShown(log) && dialogs.length === 0) {
    const share =
      log.getBoundingClientRect().height / Math.min(innerHeight, panel.getBoundingClientRect().height);
    if (share < readingShare) problems.add(`the chat leaves ${Math.round(share * 100)} % to its messages`);
  }
  scrollTo(0, 0);
  return [...problems];
}

/** Playwright's page as well as Puppeteer's. */
interface ScreenPage {
  evaluate(pageFunction: typeof findProblems, limits: ScreenLimits): Promise<string[]>;
}

/** What a screen owes and does not give; empty where all is well. */
export function screenProblems(page: ScreenPage, limits: ScreenLimits): Promise<string[]> {
  return page.evaluate(findProblems, limits);
}
