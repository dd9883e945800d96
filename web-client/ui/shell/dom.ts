/** Owns the DOM helpers: typed look-ups that throw, texts that are only ever text. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';

type ElementClass<Kind extends Element> = new () => Kind;

/** The element of that id, of exactly that kind; the page's markup and code belong together, so a miss throws. */
export function byId<Kind extends Element>(root: Document, id: string, kind: ElementClass<Kind>): Kind {
  return expectKind(root.getElementById(id), `#${id}`, kind);
}

/** The element marked `data-part="name"` under `root`. */
export function part<Kind extends Element>(root: ParentNode, name: string, kind: ElementClass<Kind>): Kind {
  return expectKind(root.querySelector(`[data-part="${name}"]`), `part ${name}`, kind);
}

/** A fresh copy of the single element inside the template of that id. */
export function cloneTemplate(root: Document, id: string): HTMLElement {
  const copy = byId(root, id, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  return expectKind(copy instanceof Element ? copy : null, `template #${id}`, HTMLElement);
}

function expectKind<Kind extends Element>(
  element: Element | null,
  what: string,
  kind: ElementClass<Kind>,
): Kind {
  if (element instanceof kind) return element;
  throw new Error(`page markup: ${what} is not a ${kind.name}`);
}

/** Writes only what differs, so that a screen reader is not told the same thing twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Tells whether it differed. */
export function setAttribute(element: Element, name: string, value: string | null): boolean {
  if (element.getAttribute(name) === value) return false;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
  return true;
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** A control or a whole group of them. */
export function setDisabled(element: HTMLButtonElement | HTMLFieldSetElement, disabled: boolean): void {
  if (element.disabled !== disabled) element.disabled = disabled;
}

/** Opens a modal dialog or closes it, whichever is not yet so; the browser gives the focus back. */
export function setOpen(dialog: HTMLDialogElement, open: boolean): void {
  if (open === dialog.open) return;
  if (open) dialog.showModal();
  else dialog.close();
}

/** Fills every `data-text` (content) and `data-label` (accessible name) under `root` from the catalogue. */
export function fillTexts(root: ParentNode, t: Translate<TextKey>): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    setText(element, t(textKey(element.dataset.text)));
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    setAttribute(element, 'aria-label', t(textKey(element.dataset.label)));
  }
}

/** That each name is a key of the catalogue is tested over the whole markup. */
function textKey(name: string | undefined): TextKey {
  if (name !== undefined) return name as TextKey;
  throw new Error('page markup: no text');
}
