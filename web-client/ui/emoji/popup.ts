/** Owns a small layer above the page: where it stands, and what closes it: Esc, a press outside, a change of size. */

import { type Disposable, DisposableStore, toDisposable } from '../../../main/common/lifecycle.ts';
import { setAttribute } from '../dom.ts';

/** Kept free to the edges of the window. */
const EDGE_PX = 8;

export interface PopupOptions {
  readonly element: HTMLElement;
  /** What opened it: it stands beside it, and gives the focus back to it. */
  readonly anchor: HTMLElement;
  /** It stays inside of this, as far as there is room; the window, if nothing is named. */
  readonly within?: Element | null;
  readonly handleClosed: () => void;
}

export class Popup implements Disposable {
  readonly anchor: HTMLElement;
  readonly #element: HTMLElement;
  readonly #within: Element | null;
  readonly #handleClosed: () => void;
  readonly #listeners = new DisposableStore();

  constructor({ element, anchor, within = null, handleClosed }: PopupOptions) {
    this.anchor = anchor;
    this.#element = element;
    this.#within = within;
    this.#handleClosed = handleClosed;
    // The element's own document is, until it is put in, that of its template.
    const { ownerDocument: root } = anchor;
    root.body.append(element);
    this.place();
    setAttribute(anchor, 'aria-expanded', 'true');

    const listen = (target: EventTarget, type: string, listener: (event: Event) => void) => {
      target.addEventListener(type, listener, true);
      this.#listeners.add(toDisposable(() => target.removeEventListener(type, listener, true)));
    };
    listen(root, 'pointerdown', (event) => this.#handlePress(event));
    listen(element, 'keydown', (event) => this.#handleKey(event));
    listen(anchor, 'keydown', (event) => this.#handleKey(event));
    const { defaultView } = root;
    if (defaultView !== null) listen(defaultView, 'resize', () => this.place());
    // The keyboard of a phone covers the page and does not make it smaller.
    if (defaultView?.visualViewport) listen(defaultView.visualViewport, 'resize', () => this.place());
  }

  /** Above the anchor if there is room, else below it, and within the window in any case. */
  place(): void {
    const { documentElement } = this.#element.ownerDocument;
    const { clientWidth, clientHeight } = documentElement;
    const { offsetWidth, offsetHeight } = this.#element;
    const anchor = this.anchor.getBoundingClientRect();
    const above = anchor.top - offsetHeight - EDGE_PX;
    const top =
      above >= EDGE_PX ? above : Math.min(anchor.bottom + EDGE_PX, clientHeight - offsetHeight - EDGE_PX);
    const right = Math.min(clientWidth, this.#within?.getBoundingClientRect().right ?? clientWidth);
    const left = Math.min(anchor.left, right - offsetWidth - EDGE_PX);
    const seen = this.#element.ownerDocument.defaultView?.visualViewport;
    const covered = seen == null ? 0 : clientHeight - seen.height - seen.offsetTop;
    this.#element.style.setProperty('--popup-bottom', `${Math.max(0, covered)}px`);
    this.#element.style.setProperty('--popup-height', `${seen?.height ?? clientHeight}px`);
    this.#element.style.setProperty('--popup-top', `${Math.max(EDGE_PX, top)}px`);
    this.#element.style.setProperty('--popup-left', `${Math.max(EDGE_PX, left)}px`);
  }

  /** Gives the focus back if it is inside, or if it is nowhere. */
  dispose(): void {
    if (this.#listeners.disposed) return;
    this.#listeners.dispose();
    const { activeElement, body } = this.#element.ownerDocument;
    const hadFocus = activeElement === body || this.#element.contains(activeElement);
    this.#element.remove();
    setAttribute(this.anchor, 'aria-expanded', 'false');
    if (hadFocus) this.anchor.focus();
    this.#handleClosed();
  }

  #handlePress({ target }: Event): void {
    if (!(target instanceof Node) || this.#element.contains(target) || this.anchor.contains(target)) return;
    this.dispose();
  }

  #handleKey(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || event.isComposing) return;
    // The layer below stays.
    event.preventDefault();
    event.stopPropagation();
    this.dispose();
  }
}
