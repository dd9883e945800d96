/** Owns the row of emoji that opens beside a message: six at hand, and the way to all others. */

import type { EmojiPicker } from '../emoji/emoji-picker.ts';
import { cloneTemplate, fillTexts, part, setAttribute } from '../shell/dom.ts';
import { Popover } from '../shell/popover.ts';
import { connectRowKeys } from '../shell/row-keys.ts';
import type { ChatContext } from './chat-context.ts';

const QUICK_EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

export class QuickReactions {
  readonly #context: ChatContext;
  readonly #picker: EmojiPicker;
  readonly #choose: (key: string, emoji: string) => void;
  readonly #element: HTMLElement;
  #popover: Popover | null = null;
  #key: string | null = null;

  constructor(context: ChatContext, picker: EmojiPicker, choose: (key: string, emoji: string) => void) {
    this.#context = context;
    this.#picker = picker;
    this.#choose = choose;
    this.#element = cloneTemplate(context.document, 'chat-quick-template');
    const more = part(this.#element, 'more', HTMLButtonElement);
    const quick = QUICK_EMOJI.map((emoji) => this.#createButton(emoji));
    part(this.#element, 'row', HTMLElement).append(...quick);
    more.addEventListener('click', () => this.#openPicker());
    connectRowKeys(this.#element, [...quick, more]);
  }

  handleLanguage(): void {
    const { t } = this.#context;
    fillTexts(this.#element, t);
    setAttribute(this.#element, 'aria-label', t('chat.react'));
    for (const button of this.#element.querySelectorAll('.quick-emoji'))
      setAttribute(button, 'aria-label', t('chat.react-with', { emoji: button.textContent ?? '' }));
  }

  /** Opens beside the button, or closes if it is open there. */
  toggle(key: string, anchor: HTMLElement): void {
    const same = this.#popover?.anchor === anchor;
    this.close();
    if (same) return;
    this.#key = key;
    this.#popover = new Popover(this.#context.overlays, {
      element: this.#element,
      anchor,
      within: anchor.closest('.chat'),
      onClose: () => {
        this.#popover = null;
      },
    });
  }

  /** The list was scrolled. */
  place(): void {
    this.#popover?.place();
  }

  close(): void {
    this.#popover?.dispose();
  }

  #createButton(emoji: string): HTMLButtonElement {
    const button = this.#context.document.createElement('button');
    button.type = 'button';
    button.className = 'quick-emoji';
    button.textContent = emoji;
    button.addEventListener('click', () => this.#finish(emoji));
    return button;
  }

  #finish(emoji: string): void {
    const key = this.#key;
    this.close();
    if (key !== null) this.#choose(key, emoji);
  }

  #openPicker(): void {
    const anchor = this.#popover?.anchor;
    const key = this.#key;
    this.close();
    if (anchor !== undefined && key !== null) {
      this.#picker.open(anchor, (emoji) => this.#choose(key, emoji));
    }
  }
}
