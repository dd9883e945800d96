/** Owns the list of messages: one node each, kept in place; where it is scrolled to, and what is new below. */

import type { EmojiPicker } from '../emoji/emoji-picker.ts';
import { byId, cloneTemplate, fillTexts, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { ChatChanges } from './chat-changes.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatNames, NameChanges } from './chat-names.ts';
import { type ChatRow, chatRows } from './chat-rows.ts';
import { MessageClock } from './message-clock.ts';
import { MessageItem } from './message-item.ts';
import type { MentionContext } from './message-pieces.ts';
import { QuickReactions } from './quick-reactions.ts';
import { ReadOut } from './read-out.ts';
import { holdReadingPlace } from './reading-place.ts';
import type { Unread } from './unread.ts';
import { clockOf, WorkSlices } from './work-slices.ts';

/** As near to the end as this counts as there. */
const END_PX = 32;

export interface LogContent {
  readonly changes: ChatChanges;
  readonly nameChanges: NameChanges;
  readonly names: ChatNames;
  readonly unread: Unread;
  readonly invite: string | null;
  /** Whether the list is there to be read out as it grows. */
  readonly open: boolean;
}

export interface LogHandler {
  /** The newest message came into sight, or went out of it. */
  readonly handleEnd: () => void;
  /** So many came that were not read out one by one. */
  readonly announceMany: (count: number) => void;
}

export class MessageLog {
  readonly #context: ChatContext;
  readonly #log: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #cut: HTMLElement;
  readonly #jump: HTMLButtonElement;
  readonly #jumpText: HTMLElement;
  readonly #divider: HTMLElement;
  readonly #clock: MessageClock;
  readonly #quick: QuickReactions;
  readonly #handler: LogHandler;
  readonly #readOut: ReadOut;
  readonly #items = new Map<string, MessageItem>();
  readonly #itemOf = new WeakMap<Element, MessageItem>();
  /** Those that stand and read otherwise now. */
  readonly #changed: WorkSlices<MessageItem>;
  #names: ChatNames | null = null;
  #rows: readonly ChatRow[] = [];
  #dividerKey: string | null = null;
  #reachable: MessageItem | null = null;
  #atEnd = true;
  /** Where the list was scrolled to when it was last at its end. */
  #endTop = 0;

  constructor(context: ChatContext, picker: EmojiPicker, handler: LogHandler) {
    const { document: root, language, intents, timers } = context;
    this.#context = context;
    this.#handler = handler;
    this.#log = byId(root, 'chat-log', HTMLElement);
    this.#empty = byId(root, 'chat-empty', HTMLElement);
    this.#cut = byId(root, 'chat-cut', HTMLElement);
    this.#jump = byId(root, 'chat-jump', HTMLButtonElement);
    this.#jumpText = byId(root, 'chat-jump-text', HTMLElement);
    this.#divider = cloneTemplate(root, 'chat-divider-template');
    // Scrolled by keys as well.
    this.#log.tabIndex = 0;
    this.#clock = new MessageClock(language, root.defaultView?.navigator.languages ?? []);
    this.#quick = new QuickReactions(context, picker, (key, emoji) =>
      intents.setChatReaction(key, emoji, true),
    );
    this.#changed = new WorkSlices(clockOf(root), timers, (items) =>
      this.#hold(() => this.#renderItems(items)),
    );
    this.#readOut = new ReadOut(timers, handler.announceMany);
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
      if (this.#staysAtEnd()) this.scrollToEnd();
    }).observe(this.#log);
  }

  /** Whether the newest message is in sight, as far as the list itself is. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Touches the messages that came, changed or were forgotten, and those that name somebody called otherwise now. */
  render(content: LogContent): void {
    this.#hold(() => this.#renderContent(content));
  }

  #renderContent({ changes, nameChanges, names, unread, invite, open }: LogContent): void {
    const standing = this.#rows;
    this.#names = names;
    this.#rows = chatRows(standing, changes, unread.dividerKey);
    this.#drop(changes);
    const mentionContext = { people: names.present, selfId: names.selfId, invite };
    const added: Node[] = [];
    const changed: MessageItem[] = [];
    for (const [index, row] of this.#rows.entries()) {
      if (row === standing[changes.dropped.length + index]) continue;
      const known = this.#items.get(row.message.key);
      if (known === undefined) added.push(this.#create(row, mentionContext, open).element);
      else changed.push(known.take(row));
    }
    this.#log.append(...added);
    this.#putDivider(unread.dividerKey);
    if (nameChanges.ids.size > 0)
      for (const item of this.#items.values()) if (item.isNaming(nameChanges, names)) changed.push(item);
    this.#changed.add(changed);
    setHidden(this.#empty, this.#rows.length > 0);
    if (!this.#log.contains(this.#context.document.activeElement) || this.#reachable === null)
      this.#reachable = this.#reach(this.#items.get(this.#rows.at(-1)?.message.key ?? '') ?? null);
    this.#quick.place();
    this.renderJump(unread.count);
  }

  /** Whether the message, as it stands in the list, mentions oneself. */
  mentionsSelf(key: string): boolean {
    return this.#items.get(key)?.mentionsSelf === true;
  }

  /** All texts are of another language now. */
  handleLanguage(): void {
    fillTexts(this.#divider, this.#context.t);
    this.#clock.handleLanguage();
    const items = [...this.#items.values()];
    for (const item of items) item.handleLanguage();
    this.#hold(() => this.#renderItems(items));
    this.#quick.handleLanguage();
  }

  renderJump(count: number): void {
    setHidden(this.#jump, this.#atEnd);
    setHidden(this.#jumpText, count === 0);
    setText(this.#jumpText, count === 0 ? '' : this.#context.t('chat.jump', { count }));
    setAttribute(this.#jump, 'aria-label', count === 0 ? this.#context.t('chat.latest') : null);
  }

  scrollToEnd(): void {
    // An empty list is at its end: to ask it has the whole page laid out on the spot.
    if (this.#items.size === 0) {
      this.#setAtEnd(true, 0);
      return;
    }
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

  closeOverlays(): void {
    this.#quick.close();
  }

  #renderItems(items: readonly MessageItem[]): void {
    if (this.#names !== null) for (const item of items) item.render(this.#names);
  }

  /** Who reads goes on reading: further up where they are, at the end what is newest. */
  #hold(change: () => void): void {
    if (this.#staysAtEnd()) {
      change();
      this.scrollToEnd();
    } else {
      holdReadingPlace(this.#log, '.message', change);
      if (this.#items.size === 0) this.scrollToEnd();
    }
  }

  /** Whoever has just scrolled up is not to be brought back before the browser tells of it. */
  #staysAtEnd(): boolean {
    const { size } = this.#items;
    if (this.#atEnd && size > 0 && this.#log.scrollTop < this.#endTop - END_PX) this.#noteEnd();
    return this.#atEnd;
  }

  #create(row: ChatRow, mentionContext: MentionContext, open: boolean): MessageItem {
    const { message } = row;
    const item = new MessageItem({
      context: this.#context,
      row,
      clock: this.#clock,
      mentionContext,
      readOut: open && !message.own && this.#readOut.take(),
      react: (key, button) => this.#quick.toggle(key, button),
    });
    this.#items.set(message.key, item);
    this.#itemOf.set(item.element, item);
    this.#renderItems([item]);
    return item;
  }

  /** What is forgotten while others stay is told; a list of another call starts whole. */
  #drop({ dropped, messages, added }: ChatChanges): void {
    for (const { key } of dropped) {
      const item = this.#items.get(key);
      item?.element.remove();
      this.#items.delete(key);
      if (this.#reachable === item) this.#reachable = null;
    }
    if (dropped.length > 0) setHidden(this.#cut, messages.length === added.length);
  }

  #putDivider(key: string | null): void {
    if (key === this.#dividerKey) return;
    this.#dividerKey = key;
    const below = key === null ? undefined : this.#items.get(key);
    if (below === undefined) this.#divider.remove();
    else below.element.before(this.#divider);
  }

  #handleScroll(): void {
    this.#quick.place();
    this.#noteEnd();
  }

  #noteEnd(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // A list that is not shown has no height, and keeps its place.
    if (clientHeight === 0) return;
    this.#setAtEnd(scrollHeight - scrollTop - clientHeight <= END_PX, scrollTop);
  }

  #setAtEnd(atEnd: boolean, top: number): void {
    if (atEnd) this.#endTop = top;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#handler.handleEnd();
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
    if (item === this.#reachable) return item;
    if (this.#reachable !== null) this.#reachable.react.tabIndex = -1;
    if (item !== null) item.react.tabIndex = 0;
    return item;
  }
}
