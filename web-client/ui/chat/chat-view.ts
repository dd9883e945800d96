/** Owns the chat's panel: a column beside the room, or a sheet over it; what of it was seen, and who is told. */

import '../../styles/chat.css';
import '../../styles/messages.css';
import '../../styles/composer.css';
import '../../styles/emoji.css';
import type { ChatMessage } from '../../core/chat-state.ts';
import type { RoomState } from '../../core/room-state.ts';
import { byId, setAttribute, setHidden, setText } from '../dom.ts';
import { EmojiPicker } from '../emoji/emoji-picker.ts';
import type { ChatContext } from './chat-context.ts';
import { Composer } from './composer.ts';
import { isMentioned } from './mentions.ts';
import { MessageLog } from './message-log.ts';
import { isolated, NameBook, namesSignature, spokenName } from './name-book.ts';
import { type Unread, UnreadMarker } from './unread.ts';

/** From here on the chat stands beside the room; styles/chat.css knows the same width. */
const COLUMN = '(min-width: 1000px)';

const TITLE_COUNT = /^\(\d+\) /;

export class ChatView {
  readonly #context: ChatContext;
  readonly #picker: EmojiPicker;
  readonly #stage: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #count: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #title: HTMLElement;
  readonly #news: HTMLElement;
  readonly #log: MessageLog;
  readonly #composer: Composer;
  readonly #unread = new UnreadMarker();
  readonly #column: MediaQueryList | null;
  #room: RoomState | null = null;
  #invite: string | null = null;
  #names: NameBook | null = null;
  #signature = '';
  #messages: readonly ChatMessage[] = [];
  #open = false;

  constructor(context: ChatContext) {
    const { document: root, t, language, storage, timers, layers, announce } = context;
    this.#context = context;
    this.#stage = byId(root, 'stage', HTMLElement);
    this.#bar = byId(root, 'chat-bar', HTMLElement);
    this.#toggle = byId(root, 'chat-toggle', HTMLButtonElement);
    this.#count = byId(root, 'chat-count', HTMLElement);
    this.#panel = byId(root, 'chat', HTMLElement);
    this.#title = byId(root, 'chat-title', HTMLElement);
    this.#news = byId(root, 'chat-news', HTMLElement);
    this.#picker = new EmojiPicker({
      document: root,
      t,
      language,
      storage,
      timers,
      layers,
      announce,
    });
    this.#log = new MessageLog(context, this.#picker, () => this.#handleSeen());
    this.#composer = new Composer(context, this.#picker, () => this.#log.scrollToEnd());
    this.#column = root.defaultView?.matchMedia(COLUMN) ?? null;

    this.#toggle.addEventListener('click', () => this.#setOpen(!this.#open));
    byId(root, 'chat-close', HTMLButtonElement).addEventListener('click', () => this.#setOpen(false));
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !this.#isSheet) return;
      event.preventDefault();
      this.#setOpen(false);
    });
    this.#column?.addEventListener('change', () => this.#handleLayout());
    root.addEventListener('visibilitychange', () => this.#handleSeen());
    root.defaultView?.visualViewport?.addEventListener('resize', () => this.#fitToKeyboard());
    root.defaultView?.visualViewport?.addEventListener('scroll', () => this.#fitToKeyboard());
  }

  render(room: RoomState | null, invite: string | null): void {
    this.#room = room;
    this.#invite = invite;
    const here = room !== null && (room.call === 'joined' || room.chat.length > 0);
    setAttribute(this.#stage, 'data-chat', here ? '' : null);
    setHidden(this.#bar, !here);
    if (!here) this.#setOpen(false);
    const wasHidden = this.#panel.hidden;
    this.#renderPanel();
    if (!here) {
      this.#renderUnread({ count: 0, dividerKey: null });
      return;
    }

    const signature = namesSignature(room);
    if (room.chat !== this.#messages || signature !== this.#signature || this.#names === null) {
      this.#renderMessages(room, signature);
    } else if (wasHidden) this.#handleSeen();
    this.#composer.render(room, this.#names ?? new NameBook(room));
    this.#renderTitle();
  }

  /** The texts are those of another language now; drawn with the next room. */
  handleLanguage(): void {
    this.#names = null;
    this.#log.handleLanguage();
    this.#picker.handleLanguage();
  }

  get #isSheet(): boolean {
    return this.#column?.matches !== true;
  }

  /** Whether somebody can see the newest message. */
  get #reading(): boolean {
    const visible = this.#context.document.visibilityState === 'visible';
    return visible && !this.#panel.hidden && this.#log.atEnd;
  }

  #renderMessages(room: RoomState, signature: string): void {
    const before = this.#messages;
    this.#names = new NameBook(room);
    this.#signature = signature;
    this.#messages = room.chat;
    const unread = this.#unread.update(room.chat, this.#reading);
    this.#log.render({ messages: room.chat, names: this.#names, unread, invite: this.#invite });
    this.#renderUnread(this.#unread.update(room.chat, this.#reading));
    this.#tell(room, before);
  }

  /** Tells of what came: by a sound, and in words while the list cannot be read out, because it is closed. */
  #tell(room: RoomState, before: readonly ChatMessage[]): void {
    if (this.#names === null) return;
    const known = new Set(before.map(({ key }) => key));
    const newest = room.chat.findLast(({ own, key }) => !own && !known.has(key));
    if (newest === undefined) return;
    const author = this.#names.nameOf(newest.author, newest.authorName);
    const mentioned = isMentioned(newest.text, room.self, this.#names.present.slice(1));
    this.#context.playCue(mentioned ? 'mention' : 'message');
    if (!this.#panel.hidden) return;
    if (mentioned) this.#context.announce('chat.mentioned', author.name);
    else {
      const name = isolated(spokenName(author, this.#context.t('name.unknown')));
      // A new node each time: the same words once more are to be read once more.
      const line = this.#context.document.createElement('p');
      line.textContent = this.#context.t('chat.from', { name });
      this.#news.replaceChildren(line);
    }
  }

  #handleSeen(): void {
    if (this.#room === null || this.#names === null) return;
    this.#renderUnread(this.#unread.update(this.#messages, this.#reading));
  }

  #renderUnread({ count }: Unread): void {
    const { t } = this.#context;
    this.#log.renderJump(count);
    setHidden(this.#count, count === 0);
    setText(this.#count, count === 0 ? '' : String(count));
    setAttribute(this.#toggle, 'aria-label', count === 0 ? null : t('chat.toggle', { count }));
    this.#renderTitle(count);
  }

  /** The number of what nobody saw yet, before the title the page has. */
  #renderTitle(count = Number(this.#count.textContent)): void {
    const { document: root } = this.#context;
    const base = root.title.replace(TITLE_COUNT, '');
    const seen = root.visibilityState === 'visible' && !this.#panel.hidden;
    const title = count === 0 || seen ? base : `(${count}) ${base}`;
    if (root.title !== title) root.title = title;
  }

  #renderPanel(): void {
    const here = this.#stage.hasAttribute('data-chat');
    const sheet = this.#isSheet;
    setHidden(this.#panel, !here || (sheet && !this.#open));
    setAttribute(this.#toggle, 'aria-expanded', String(this.#open));
    const covers = here && sheet && this.#open;
    this.#panel.classList.toggle('chat-sheet', sheet);
    // What the sheet covers is neither read out nor reached by the tab key.
    for (const covered of this.#covered()) covered.inert = covers;
    if (covers) this.#fitToKeyboard();
  }

  *#covered(): Iterable<HTMLElement> {
    const { children } = this.#stage;
    for (const child of [...children, ...(this.#stage.parentElement?.children ?? [])]) {
      if (!(child instanceof HTMLElement) || child === this.#panel || child === this.#stage) continue;
      if (!child.hasAttribute('aria-live')) yield child;
    }
  }

  #setOpen(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    if (!open) this.#log.closeLayers();
    const hadFocus = this.#panel.contains(this.#context.document.activeElement);
    this.#renderPanel();
    if (open) {
      this.#log.scrollToUnread();
      this.#handleSeen();
      // A phone would open its keyboard over what one came to read.
      if (this.#context.document.defaultView?.matchMedia('(pointer: coarse)').matches) this.#title.focus();
      else this.#composer.focus();
    } else if (hadFocus) this.#toggle.focus();
    this.#news.replaceChildren();
  }

  #handleLayout(): void {
    this.#renderPanel();
    this.#log.scrollToUnread();
    this.#handleSeen();
  }

  /** The keyboard of a phone covers the page and does not make it smaller; the sheet stays above it. */
  #fitToKeyboard(): void {
    const viewport = this.#context.document.defaultView?.visualViewport;
    if (viewport == null || !this.#isSheet || !this.#open) return;
    this.#panel.style.setProperty('--chat-top', `${viewport.offsetTop}px`);
    this.#panel.style.setProperty('--chat-height', `${viewport.height}px`);
  }
}
