/** Owns where the region of files stands: above the chat where that is a column beside the room, else in the room below the people. */

import { byId } from '../shell/dom.ts';

/** The column of the chat (styles/chat.css), where it is high enough for both. */
const ABOVE_CHAT = '(min-width: 1000px) and (min-height: 44rem)';

export class FilesPlace {
  readonly #section: HTMLElement;
  readonly #people: HTMLElement;
  readonly #chat: HTMLElement;
  readonly #room: MediaQueryList | null;

  /** `onChange` is called when the chat opens or closes, or the window has another size. */
  constructor(root: Document, onChange: () => void) {
    this.#section = byId(root, 'files', HTMLElement);
    this.#people = byId(root, 'people', HTMLElement);
    this.#chat = byId(root, 'chat', HTMLElement);
    this.#room = root.defaultView?.matchMedia(ABOVE_CHAT) ?? null;
    this.#room?.addEventListener('change', onChange);
    new MutationObserver(onChange).observe(this.#chat, { attributeFilter: ['hidden', 'class'] });
  }

  /** Whether the chat, and what one writes in, is to be seen. */
  get composing(): boolean {
    return !this.#chat.hidden;
  }

  /** The chat lies over it. */
  get covered(): boolean {
    return (
      this.composing && !this.#chat.contains(this.#section) && this.#chat.classList.contains('chat-sheet')
    );
  }

  put(): void {
    const above = this.#room?.matches === true && this.composing;
    const place = above ? this.#chat : this.#people.parentElement;
    if (place === null || this.#section.parentElement === place) return;
    if (above) this.#chat.prepend(this.#section);
    else this.#people.after(this.#section);
  }
}
