/** Owns the overlays: one open at a time, closed by Esc or by turning elsewhere, the focus brought back. */

import { setAttribute, setHidden } from './dom.ts';

export interface OverlayOptions {
  /** What opened it: it is told so by `aria-expanded`, and gets the focus back. */
  readonly anchor: HTMLElement;
  /** Called once when the overlay has closed, whatever closed it. */
  readonly onClose?: () => void;
  /** The element is a `<dialog>`: the page below rests until it is closed. */
  readonly modal?: boolean;
  /** It stands above the page wherever that is scrolled to, so nothing is scrolled for it. */
  readonly floating?: boolean;
}

interface OpenOverlay extends OverlayOptions {
  readonly element: HTMLElement;
  readonly finish: () => void;
}

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

/**
 * An overlay is an element of the markup that is `hidden` while closed; where it stands is for its styles. Opening one closes
 * the other; so does a press or the focus outside, and a dialog that opens by itself, for it takes the focus. The first
 * thing inside gets the focus, or the element itself where it has a `tabindex`. Nobody's focus is moved when one has gone
 * elsewhere by hand.
 */
export class Overlays {
  readonly #document: Document;
  #open: OpenOverlay | null = null;

  constructor(root: Document) {
    this.#document = root;
    root.addEventListener('keydown', (event) => this.#handleKey(event), true);
    root.addEventListener('pointerdown', (event) => this.#handleElsewhere(event.target), true);
    root.addEventListener('focusin', (event) => this.#handleElsewhere(event.target));
  }

  isOpen(element: HTMLElement): boolean {
    return this.#open?.element === element;
  }

  open(element: HTMLElement, options: OverlayOptions): void {
    if (this.isOpen(element)) return;
    this.#end(false);
    const finish = () => this.close(element);
    this.#open = { ...options, element, finish };
    setAttribute(options.anchor, 'aria-expanded', 'true');
    if (options.modal === true && element instanceof HTMLDialogElement) {
      element.addEventListener('close', finish, { once: true });
      element.showModal();
      return;
    }
    setHidden(element, false);
    const first = element.hasAttribute('tabindex') ? element : element.querySelector<HTMLElement>(FOCUSABLE);
    first?.focus({ preventScroll: options.floating === true });
    if (options.floating !== true) element.scrollIntoView({ block: 'nearest' });
  }

  /** Does nothing if the element is not the open one. */
  close(element: HTMLElement): void {
    if (this.isOpen(element)) this.#end(true);
  }

  #end(giveBack: boolean): void {
    const overlay = this.#open;
    if (overlay === null) return;
    this.#open = null;
    const { element, anchor, finish } = overlay;
    const hadFocus = this.#document.activeElement === this.#document.body || element.matches(':focus-within');
    setAttribute(anchor, 'aria-expanded', 'false');
    if (overlay.modal === true && element instanceof HTMLDialogElement) {
      element.removeEventListener('close', finish);
      element.close();
    } else setHidden(element, true);
    if (giveBack && hadFocus && anchor.isConnected) anchor.focus();
    overlay.onClose?.();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || this.#open === null || this.#open.modal === true)
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#end(true);
  }

  #handleElsewhere(target: EventTarget | null): void {
    if (this.#open === null || this.#open.modal === true || !(target instanceof Node)) return;
    if (!this.#open.element.contains(target) && !this.#open.anchor.contains(target)) this.#end(false);
  }
}
