/** Owns the list of messages: one node each, kept in place; where it is scrolled to, and what is new below. */

import type { ChatMessage } from '../../core/chat-state.ts';
import { byId, cloneTemplate, fillTexts, setAttribute, setHidden, setText } from '../dom.ts';
import type { EmojiPicker } from '../emoji/emoji-picker.ts';
import type { ChatContext } from './chat-context.ts';
import { chatRows } from './chat-rows.ts';
import { MessageClock } from './message-clock.ts';
import { MessageItem } from './message-item.ts';
import type { Surroundings } from './message-pieces.ts';
import type { NameBook } from './name-book.ts';
import { QuickReactions } from './quick-reactions.ts';
import type { Unread } from './unread.ts';

/** Messages in the document; older ones are scrolled to by nobody in a call. */
const SHOWN_MAX = 300;
/** While somebody reads further up, nothing is taken away under their eyes so soon. */
const SHOWN_READING_MAX = 600;

/** As near to the end as this counts as there. */
const END_PX = 32;

export interface LogContent {
  readonly messages: readonly ChatMessage[];
  readonly names: NameBook;
  readonly unread: Unread;
  readonly invite: string | null;
}

export class MessageLog {
  readonly #context: ChatContext;
  readonly #log: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #jump: HTMLButtonElement;
  readonly #jumpText: HTMLElement;
  readonly #divider: HTMLElement;
  readonly #clock: MessageClock;
  readonly #quick: QuickReactions;
  readonly #handleEnd: () => void;
  readonly #items = new Map<string, MessageItem>();
  readonly #itemOf = new WeakMap<Element, MessageItem>();
  #reachable: MessageItem | null = null;
  #atEnd = true;

  /** `handleEnd`: the newest message came into sight, or went out of it. */
  constructor(context: ChatContext, picker: EmojiPicker, handleEnd: () => void) {
    const { document: root, language, intents } = context;
    this.#context = context;
    this.#handleEnd = handleEnd;
    this.#log = byId(root, 'chat-log', HTMLElement);
    this.#empty = byId(root, 'chat-empty', HTMLElement);
    this.#jump = byId(root, 'chat-jump', HTMLButtonElement);
    this.#jumpText = byId(root, 'chat-jump-text', HTMLElement);
    this.#divider = cloneTemplate(root, 'chat-divider-template');
    // Scrolled by keys as well.
    this.#log.tabIndex = 0;
    this.#clock = new MessageClock(language, root.defaultView?.navigator.languages ?? []);
    this.#quick = new QuickReactions(context, picker, (key, emoji) =>
      intents.setChatReaction(key, emoji, true),
    );
    this.handleLanguage();
    this.#log.addEventListener('scroll', () => this.#handleScroll(), { passive: true });
    this.#log.addEventListener('keydown', (event) => this.#handleKey(event));
    this.#log.addEventListener('focusin', ({ target }) => this.#handleFocus(target));
    this.#jump.addEventListener('click', () => {
      this.scrollToEnd();
      this.#log.focus();
    });
    // The keyboard of a phone, a growing field or a turned screen leave the newest message in sight.
    new ResizeObserver(() => {
      if (this.#atEnd) this.scrollToEnd();
    }).observe(this.#log);
  }

  /** Whether the newest message is in sight, as far as the list itself is. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  render({ messages, names, unread, invite }: LogContent): void {
    const rows = chatRows(messages, this.#atEnd ? SHOWN_MAX : SHOWN_READING_MAX, unread.dividerKey);
    setHidden(this.#empty, rows.length > 0);
    this.#drop(new Set(rows.map(({ message }) => message.key)));
    const surroundings = { people: names.present, selfId: names.selfId, invite };
    let previous: Element | null = null;
    for (const row of rows) {
      const { message } = row;
      if (message.key === unread.dividerKey) previous = this.#put(this.#divider, previous);
      const item = this.#items.get(message.key) ?? this.#create(message, surroundings);
      item.render(row, names);
      this.#put(item.element, previous);
      previous = item.element;
    }
    if (!rows.some(({ message }) => message.key === unread.dividerKey)) this.#divider.remove();
    if (!this.#log.contains(this.#context.document.activeElement) || this.#reachable === null) {
      this.#reachable = this.#reach(this.#items.get(rows.at(-1)?.message.key ?? '') ?? null);
    }
    if (this.#atEnd && rows.length > 0) this.scrollToEnd();
    this.#quick.place();
    this.renderJump(unread.count);
  }

  /** What `render` does not write is of another language now. */
  handleLanguage(): void {
    fillTexts(this.#divider, this.#context.t);
    this.#clock.handleLanguage();
    for (const item of this.#items.values()) item.handleLanguage();
    this.#quick.handleLanguage();
  }

  renderJump(count: number): void {
    setHidden(this.#jump, this.#atEnd);
    setHidden(this.#jumpText, count === 0);
    setText(this.#jumpText, count === 0 ? '' : this.#context.t('chat.jump', { count }));
    setAttribute(this.#jump, 'aria-label', count === 0 ? this.#context.t('chat.latest') : null);
  }

  scrollToEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#noteEnd();
  }

  /** To the first unread message, or to the end. */
  scrollToUnread(): void {
    if (this.#divider.isConnected) {
      this.#log.scrollTop +=
        this.#divider.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
      this.#noteEnd();
    } else this.scrollToEnd();
  }

  closeLayers(): void {
    this.#quick.close();
  }

  /** Puts the node after `previous`, if it is not there already; what stands is not touched. */
  #put(element: HTMLElement, previous: Element | null): HTMLElement {
    const standing = previous === null ? this.#log.firstElementChild : previous.nextElementSibling;
    if (standing !== element) this.#log.insertBefore(element, standing);
    return element;
  }

  #create(message: ChatMessage, surroundings: Surroundings): MessageItem {
    const item = new MessageItem({
      context: this.#context,
      message,
      clock: this.#clock,
      surroundings,
      react: (key, button) => this.#quick.toggle(key, button),
    });
    this.#items.set(message.key, item);
    this.#itemOf.set(item.element, item);
    return item;
  }

  #drop(shown: ReadonlySet<string>): void {
    for (const [key, item] of this.#items) {
      if (shown.has(key)) continue;
      item.element.remove();
      this.#items.delete(key);
      if (this.#reachable === item) this.#reachable = null;
    }
  }

  #handleScroll(): void {
    this.#quick.place();
    this.#noteEnd();
  }

  #noteEnd(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // A list that is not shown has no height, and keeps its place.
    if (clientHeight === 0) return;
    const atEnd = scrollHeight - scrollTop - clientHeight <= END_PX;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#handleEnd();
  }

  /** The arrows go from message to message, so that the tab key need not. */
  #handleKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    const items = [...this.#log.children].flatMap((element) => this.#itemAround(element) ?? []);
    const current = items.findIndex(({ element }) => element.contains(this.#context.document.activeElement));
    const next = current < 0 ? items.at(-1) : items[current + step];
    if (next === undefined) return;
    event.preventDefault();
    next.react.focus({ preventScroll: true });
    next.element.scrollIntoView({ block: 'nearest' });
  }

  #handleFocus(target: EventTarget | null): void {
    const item = target instanceof Element ? this.#itemAround(target) : null;
    if (item !== null) this.#reachable = this.#reach(item);
  }

  #itemAround(element: Element): MessageItem | null {
    const around = element.closest('.message');
    return around === null ? null : (this.#itemOf.get(around) ?? null);
  }

  /** Makes one message's button the only one the tab key meets. */
  #reach(item: MessageItem | null): MessageItem | null {
    if (this.#reachable !== null) this.#reachable.react.tabIndex = -1;
    if (item !== null) item.react.tabIndex = 0;
    return item;
  }
}
