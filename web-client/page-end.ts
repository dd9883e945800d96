/**
 * Owns the page's end: who is told of it first, while there is still everything, and who then gives up what the page has.
 * A browser calls the listeners of a window in the order in which they came, whatever phase they ask for.
 */

import { type Disposable, toDisposable } from '../main/common/lifecycle.ts';

export interface PageEndTarget {
  addEventListener(type: 'pagehide', listener: () => void): void;
}

export class PageEnd {
  readonly #keepers = new Set<() => void>();

  /** @param giveUp is called last */
  constructor(target: PageEndTarget, giveUp: () => void) {
    target.addEventListener('pagehide', () => {
      for (const keep of this.#keepers) keep();
      giveUp();
    });
  }

  /** For what is to be kept beyond the page, however late its code came. */
  onGoing(keep: () => void): Disposable {
    this.#keepers.add(keep);
    return toDisposable(() => this.#keepers.delete(keep));
  }
}
