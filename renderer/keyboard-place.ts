/** Owns the keyboard's place: when what has the focus goes away, the heading of the part around it takes over; what is still to be drawn has it once it is. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from 'react';

const PART = '[aria-labelledby]';

/** Keeps the focus wherever it was in the window; `main` takes it where no part is left. */
export function useKeptFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    /** What had the focus last, and the parts around it from the inside out. */
    let last: { readonly element: Element; readonly parts: readonly Element[] } | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = { element: target, parts: partsAround(target) };
    };
    const restore = () => {
      if (!last || isStanding(last.element) || hasPlace(document.activeElement)) return;
      const heading = last.parts.filter(isStanding).map(headingOf).find(Boolean);
      const place = heading ?? main.current;
      if (!place) return;
      place.tabIndex = -1;
      place.focus();
    };
    // Views go with the next snapshot, or with an answer; a question goes by its attribute. Looked at in a task of its
    // own: as the browser gives a focus back, there is a moment at which nothing has it.
    let look: ReturnType<typeof setTimeout> | undefined;
    const changes = new MutationObserver(() => {
      clearTimeout(look);
      look = setTimeout(restore);
    });
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['open'] });
    document.addEventListener('focusin', remember);
    return () => {
      changes.disconnect();
      clearTimeout(look);
      document.removeEventListener('focusin', remember);
    };
  }, [main]);
}

type Find = () => HTMLElement | null | undefined;

/** What comes of it is called with how to find the element; it has the focus as soon as it is there. */
export function useComingFocus(): (find: Find) => void {
  const awaited = useRef<Find | null>(null);
  const [, draw] = useReducer((times: number) => times + 1, 0);
  useLayoutEffect(() => {
    const element = awaited.current?.();
    if (!element) return;
    awaited.current = null;
    element.focus();
  });
  return useCallback((find) => {
    awaited.current = find;
    draw();
  }, []);
}

const isStanding = (element: Element) => element.isConnected && element.checkVisibility();

/** What is in a closed question keeps the focus by name until the next picture is drawn. */
const hasPlace = (active: Element | null) =>
  active !== null && active !== document.body && isStanding(active);

function partsAround(element: Element): Element[] {
  const part = element.parentElement?.closest(PART);
  return part ? [part, ...partsAround(part)] : [];
}

function headingOf(part: Element): HTMLElement | null {
  return part.querySelector<HTMLElement>(`#${CSS.escape(part.getAttribute('aria-labelledby') ?? '')}`);
}
