/** Owns a popover, the overlay beside what opened it: in the document while it is open, and placed. */

import { type Disposable, DisposableStore, toDisposable } from '../../../main/common/lifecycle.ts';
import type { Overlays } from './overlays.ts';

/** Kept free to the edges of the window. */
const EDGE_PX = 8;

export interface PopoverOptions {
  readonly element: HTMLElement;
  /** What opened it: it stands beside it, and gives the focus back to it. */
  readonly anchor: HTMLElement;
  /** It stays inside of this, as far as there is room; the window, if nothing is named. */
  readonly within?: Element | null;
  readonly onClose: () => void;
}

/** Open from its making on; closed by `dispose` and by all that closes an overlay. */
export class Popover implements Disposable {
  readonly anchor: HTMLElement;
  readonly #overlays: Overlays;
  readonly #element: HTMLElement;
  readonly #within: Element | null;
  readonly #listeners = new DisposableStore();

  constructor(overlays: Overlays, { element, anchor, within = null, onClose }: PopoverOptions) {
    this.anchor = anchor;
    this.#overlays = overlays;
    this.#element = element;
    this.#within = within;
    // The element's own document is, until it is put in, that of its template.
    const { body, defaultView } = anchor.ownerDocument;
    body.append(element);
    overlays.open(element, {
      anchor,
      floating: true,
      onClose: () => {
        this.#listeners.dispose();
        element.remove();
        onClose();
      },
    });
    this.place();
    // The keyboard of a phone covers the page and does not make it smaller.
    for (const target of [defaultView, defaultView?.visualViewport ?? null]) {
      const place = () => this.place();
      target?.addEventListener('resize', place);
      this.#listeners.add(toDisposable(() => target?.removeEventListener('resize', place)));
    }
  }

  /** Above the anchor if there is room, else below it, and within the window in any case. */
  place(): void {
    const { documentElement } = this.#element.ownerDocument;
    const { clientWidth, clientHeight } = documentElement;
    const { offsetWidth, offsetHeight } = this.#element;
    const anchor = this.anchor.getBoundingClientRect();
    const above = anchor.top - offsetHeight - EDGE_PX;
    const beside = above >= EDGE_PX ? above : anchor.bottom + EDGE_PX;
    const top = Math.min(beside, clientHeight - offsetHeight - EDGE_PX);
    const right = Math.min(clientWidth, this.#within?.getBoundingClientRect().right ?? clientWidth);
    const left = Math.min(anchor.left, right - offsetWidth - EDGE_PX);
    const seen = this.#element.ownerDocument.defaultView?.visualViewport;
    const covered = seen == null ? 0 : clientHeight - seen.height - seen.offsetTop;
    this.#element.style.setProperty('--layer-bottom', `${Math.max(0, covered)}px`);
    this.#element.style.setProperty('--layer-height', `${seen?.height ?? clientHeight}px`);
    this.#element.style.setProperty('--layer-top', `${Math.max(EDGE_PX, top)}px`);
    this.#element.style.setProperty('--layer-left', `${Math.max(EDGE_PX, left)}px`);
  }

  dispose(): void {
    this.#overlays.close(this.#element);
  }
}
