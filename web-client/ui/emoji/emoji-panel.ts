/** Owns the emoji panel: categories, search, and a note while there is nothing to show. */

import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { ViewContext } from '../shell/view-context.ts';
import type { DrawableEmoji } from './drawable.ts';
import { EmojiGrid } from './emoji-grid.ts';
import { type EmojiEntry, type EmojiStore, recallRecent, rememberRecent } from './emoji-store.ts';

/** The numbers are the database's; the emoji stands for its category. */
const CATEGORIES: readonly { readonly group: number; readonly text: TextKey; readonly emoji: string }[] = [
  { group: 0, text: 'emoji.smileys', emoji: '😀' },
  { group: 1, text: 'emoji.people', emoji: '👋' },
  { group: 3, text: 'emoji.nature', emoji: '🐻' },
  { group: 4, text: 'emoji.food', emoji: '🍎' },
  { group: 5, text: 'emoji.travel', emoji: '🚗' },
  { group: 6, text: 'emoji.activities', emoji: '⚽' },
  { group: 7, text: 'emoji.objects', emoji: '💡' },
  { group: 8, text: 'emoji.symbols', emoji: '💯' },
  { group: 9, text: 'emoji.flags', emoji: '🏁' },
];

const SEARCH_DELAY_MS = 120;
const FOUND_MAX = 160;

export interface EmojiPanelOptions extends Pick<ViewContext, 'document' | 't' | 'timers'> {
  readonly storage: PageStorage;
  readonly openStore: () => Promise<EmojiStore>;
  readonly createDrawable: () => DrawableEmoji;
  readonly pick: (emoji: string, keepOpen: boolean) => void;
  readonly close: () => void;
}

export class EmojiPanel {
  readonly element: HTMLElement;
  readonly #options: EmojiPanelOptions;
  readonly #search: HTMLInputElement;
  readonly #tabs: HTMLElement;
  readonly #words: HTMLElement;
  readonly #retry: HTMLButtonElement;
  readonly #grid: EmojiGrid;
  #store: EmojiStore | null = null;
  #groups: readonly (readonly EmojiEntry[])[] = [];
  #drawable: DrawableEmoji | null = null;
  readonly #searching: Timeout;
  /** Only the answer to the last question counts. */
  #question = 0;

  constructor(options: EmojiPanelOptions) {
    const { document: root, t } = options;
    this.#options = options;
    this.#searching = new Timeout(options.timers);
    this.element = cloneTemplate(root, 'emoji-template');
    fillTexts(this.element, t);
    setAttribute(this.element, 'aria-label', t('emoji.title'));
    this.#search = part(this.element, 'search', HTMLInputElement);
    this.#tabs = part(this.element, 'tabs', HTMLElement);
    this.#words = part(this.element, 'words', HTMLElement);
    this.#retry = part(this.element, 'retry', HTMLButtonElement);
    this.#grid = new EmojiGrid(root, part(this.element, 'cells', HTMLElement), (emoji, keepOpen) =>
      this.#handlePick(emoji, keepOpen),
    );
    setAttribute(this.#search, 'placeholder', t('emoji.search'));
    this.#search.addEventListener('input', () => this.#searching.set(() => this.#show(), SEARCH_DELAY_MS));
    this.#search.addEventListener('keydown', (event) => this.#handleSearchKey(event));
    this.#retry.addEventListener('click', () => this.#load());
    part(this.element, 'close', HTMLButtonElement).addEventListener('click', () => options.close());
  }

  /** It stands in the document now. */
  show(typing: boolean): void {
    this.#search.value = '';
    const first = typing ? this.#search : this.element;
    first.focus({ preventScroll: true });
    if (this.#store === null) this.#load();
    else this.#show();
  }

  #load(): void {
    this.#showNote('emoji.loading');
    this.#options.openStore().then(
      (store) => this.#handleStore(store),
      () => this.#handleFailure(),
    );
  }

  async #handleStore(store: EmojiStore): Promise<void> {
    try {
      this.#drawable ??= this.#options.createDrawable();
      const groups = await Promise.all(CATEGORIES.map(({ group }) => store.readGroup(group)));
      this.#groups = groups.map((entries) => entries.filter((entry) => this.#isDrawn(entry)));
      this.#store = store;
      this.#show();
    } catch {
      this.#handleFailure();
    }
  }

  #handleFailure(): void {
    this.#showNote('emoji.failed');
    setHidden(this.#retry, false);
  }

  #show(): void {
    const query = this.#search.value.trim();
    const question = ++this.#question;
    if (this.#store === null) return;
    if (query === '') {
      this.#showAll();
      return;
    }
    this.#store.search(query).then(
      (found) => {
        if (question === this.#question) this.#showFound(found.filter((entry) => this.#isDrawn(entry)));
      },
      () => this.#handleFailure(),
    );
  }

  #showAll(): void {
    const { t, storage } = this.#options;
    this.#showNote(null);
    this.#grid.clear();
    const names = new Map(this.#groups.flat().map(({ emoji, name }) => [emoji, name]));
    const recent = recallRecent(storage).flatMap((emoji) => {
      const name = names.get(emoji);
      return name === undefined ? [] : [{ emoji, name }];
    });
    if (recent.length > 0) this.#grid.add({ title: t('emoji.recent'), emoji: recent });
    const sections = CATEGORIES.map(({ text }, at) =>
      this.#grid.add({ title: t(text), emoji: this.#groups[at] ?? [] }),
    );
    this.#tabs.replaceChildren(...CATEGORIES.map((category, at) => this.#createTab(category, sections[at])));
  }

  #showFound(found: readonly EmojiEntry[]): void {
    const { t } = this.#options;
    this.#grid.clear();
    this.#showNote(found.length === 0 ? 'emoji.nothing' : null);
    if (found.length === 0) return;
    const title = t('emoji.found', { count: found.length });
    this.#grid.add({ title, emoji: found.slice(0, FOUND_MAX) });
    setText(this.#words, title);
  }

  #createTab(
    { text, emoji }: (typeof CATEGORIES)[number],
    section: HTMLElement | undefined,
  ): HTMLButtonElement {
    const { document: root, t } = this.#options;
    const tab = root.createElement('button');
    tab.type = 'button';
    tab.className = 'emoji-tab';
    tab.textContent = emoji;
    tab.title = t(text);
    setAttribute(tab, 'aria-label', t(text));
    tab.addEventListener('click', () => {
      section?.scrollIntoView({ block: 'start' });
      section?.querySelector<HTMLElement>('.emoji-cell')?.focus({ preventScroll: true });
    });
    return tab;
  }

  /** In the place of the emoji; null: there are some. */
  #showNote(text: TextKey | null): void {
    setHidden(this.#retry, true);
    setAttribute(this.element, 'data-empty', text === null ? null : '');
    setText(this.#words, text === null ? '' : this.#options.t(text));
    setHidden(this.#tabs, this.#search.value.trim() !== '' || this.#store === null);
  }

  #handleSearchKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') {
      if (this.#grid.focusFirst()) event.preventDefault();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const first = this.#search.value.trim() === '' ? null : this.#grid.first;
      if (first !== null) this.#handlePick(first, event.shiftKey);
    }
  }

  #handlePick(emoji: string, keepOpen: boolean): void {
    rememberRecent(this.#options.storage, emoji);
    this.#options.pick(emoji, keepOpen);
  }

  #isDrawn(entry: EmojiEntry): boolean {
    return this.#drawable?.has(entry) ?? true;
  }
}
