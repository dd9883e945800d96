/** Owns the emoji picker: one for the whole page, opened beside what asks for an emoji, its code got on first use. */

import type { TextKey } from '../../i18n/en.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';
import { Popover } from '../shell/popover.ts';
import type { ViewContext } from '../shell/view-context.ts';
import type { EmojiPanel } from './emoji-panel.ts';

/** The language is that of the emoji's names as well. */
export interface EmojiPickerOptions extends ViewContext {
  /** Where the emoji used last are remembered. */
  readonly storage: PageStorage;
  readonly announce: (text: TextKey) => void;
}

/** Gets one emoji, or one after another while Shift is held: the picker then stays open and keeps the focus. */
export type EmojiUse = (emoji: string, staysOpen: boolean) => void;

export class EmojiPicker {
  readonly #options: EmojiPickerOptions;
  #panel: EmojiPanel | null = null;
  #popover: Popover | null = null;
  #onPick: EmojiUse = () => {};
  /** What it is to open at once its code is there. */
  #awaited: HTMLElement | null = null;

  constructor(options: EmojiPickerOptions) {
    this.#options = options;
  }

  /** Opens beside the anchor, or closes if it is open there. */
  open(anchor: HTMLElement, onPick: EmojiUse): void {
    const same = this.#popover?.anchor === anchor;
    this.close();
    if (same) return;
    this.#onPick = onPick;
    this.#awaited = anchor;
    this.#getPanel().then(
      (panel) => this.#show(panel, anchor),
      () => {
        this.#awaited = null;
        this.#options.announce('emoji.failed');
      },
    );
  }

  close(): void {
    this.#awaited = null;
    this.#popover?.dispose();
  }

  /** The panel of the other language comes when it is opened next. */
  handleLanguage(): void {
    this.close();
    this.#panel = null;
  }

  #show(panel: EmojiPanel, anchor: HTMLElement): void {
    if (this.#awaited !== anchor) return;
    this.#awaited = null;
    this.#popover = new Popover(this.#options.overlays, {
      element: panel.element,
      anchor,
      within: anchor.closest('.chat'),
      onClose: () => {
        this.#popover = null;
      },
    });
    const { defaultView } = this.#options.document;
    panel.show(defaultView?.matchMedia('(pointer: coarse)').matches !== true);
  }

  #handlePick(emoji: string, keepOpen: boolean): void {
    if (!keepOpen) this.close();
    this.#onPick(emoji, keepOpen);
  }

  async #getPanel(): Promise<EmojiPanel> {
    if (this.#panel !== null) return this.#panel;
    const { createEmojiPanel } = await import('./emoji-assembly.ts');
    const { document, t, language, storage, timers } = this.#options;
    this.#panel ??= createEmojiPanel({
      document,
      t,
      language: language(),
      storage,
      timers,
      pick: (emoji, keepOpen) => this.#handlePick(emoji, keepOpen),
      close: () => this.close(),
    });
    return this.#panel;
  }
}
