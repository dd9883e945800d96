/** Owns toasts, shown for a while and read out politely, and announcements, which are only read out. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { Cooldown } from './cooldown.ts';
import { byId, cloneTemplate, fillTexts, part, setText } from './dom.ts';
import { type Toast, ToastQueue } from './toast-queue.ts';

/** What is only read out is read out to its end before the next. */
const ANNOUNCEMENT_GAP_MS = 1_500;

export class Announcer {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #region: HTMLElement;
  readonly #politeRegion: HTMLElement;
  readonly #queue: ToastQueue;
  readonly #politeCooldown: Cooldown;
  #politeText = '';
  readonly #shown = new Map<number, HTMLElement>();

  constructor(root: Document, t: Translate<TextKey>, timers: TimersLike) {
    this.#document = root;
    this.#t = t;
    this.#region = byId(root, 'announcer', HTMLElement);
    this.#politeRegion = byId(root, 'polite', HTMLElement);
    this.#queue = new ToastQueue(timers, (toasts) => this.#render(toasts));
    this.#politeCooldown = new Cooldown(timers, ANNOUNCEMENT_GAP_MS, () =>
      setText(this.#politeRegion, this.#politeText),
    );
    const hold = () => this.#queue.setHeld(this.#region.matches(':hover, :focus-within'));
    for (const type of ['pointerenter', 'pointerleave', 'focusin']) this.#region.addEventListener(type, hold);
    // What loses the focus still matches when it is told so.
    this.#region.addEventListener('focusout', ({ relatedTarget }) => {
      const stays = relatedTarget instanceof Node && this.#region.contains(relatedTarget);
      this.#queue.setHeld(stays || this.#region.matches(':hover'));
    });
  }

  showToast(text: string): void {
    this.#queue.add(text);
  }

  /** For what can be seen elsewhere on the page. Of many in a short time the latest is read out. */
  announce(text: string): void {
    this.#politeText = text;
    this.#politeCooldown.request();
  }

  #render(toasts: readonly Toast[]): void {
    const standing = new Set(toasts.map(({ id }) => id));
    for (const [id, element] of this.#shown) {
      if (standing.has(id)) continue;
      this.#shown.delete(id);
      element.remove();
    }
    // What is removed under the pointer or with the focus tells nobody that it left.
    if (toasts.length === 0) this.#queue.setHeld(false);
    for (const toast of toasts) {
      if (this.#shown.has(toast.id)) continue;
      const element = this.#create(toast);
      this.#shown.set(toast.id, element);
      this.#region.append(element);
    }
  }

  #create({ id, text }: Toast): HTMLElement {
    const element = cloneTemplate(this.#document, 'toast-template');
    fillTexts(element, this.#t);
    setText(part(element, 'text', HTMLElement), text);
    part(element, 'dismiss', HTMLButtonElement).addEventListener('click', () => this.#queue.dismiss(id));
    return element;
  }
}
