/** Owns giving the focus to what is still to be drawn, whichever drawing that comes with. */

import { useCallback, useLayoutEffect, useReducer, useRef } from 'react';

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
