/** Owns the chat's panel: a column beside the room, or a sheet over it; what was read, and what is announced. */

import '../../styles/chat.css';
import '../../styles/messages.css';
import '../../styles/composer.css';
import '../../styles/emoji.css';
import { isolated } from '../../../main/common/names/visible-text.ts';
import type { ChatMessage } from '../../core/state/chat-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { EmojiPicker } from '../emoji/emoji-picker.ts';
import { spokenName } from '../people/participant-rows.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { shortCount } from '../shell/page-title.ts';
import { ChatAnnouncer } from './chat-announcer.ts';
import { chatChanges, nextPortion, stillStanding } from './chat-changes.ts';
import type { ChatContext } from './chat-context.ts';
import { ChatNames, knownName } from './chat-names.ts';
import { Composer } from './composer.ts';
import { MessageLog } from './message-log.ts';
import { type Unread, UnreadMarker } from './unread.ts';
import { clockOf, PacedWork } from './work-slices.ts';

/** From here on the chat stands beside the room; styles/chat.css knows the same width. */
const COLUMN = '(min-width: 1000px)';

export class ChatView {
  readonly #context: ChatContext;
  readonly #picker: EmojiPicker;
  readonly #stage: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #count: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #title: HTMLElement;
  readonly #announcer: ChatAnnouncer;
  readonly #log: MessageLog;
  readonly #composer: Composer;
  readonly #unread = new UnreadMarker();
  readonly #column: MediaQueryList | null;
  readonly #names = new ChatNames();
  /** Those that are drawn. */
  #messages: readonly ChatMessage[] = [];
  /** What is to be drawn; null where there is no call. */
  #latest: { readonly room: RoomState; readonly invite: string | null } | null = null;
  /** Of new messages. */
  readonly #portions: PacedWork;
  #open = false;

  constructor(context: ChatContext) {
    const { document: root, t, language, storage, timers, overlays, announce } = context;
    this.#context = context;
    this.#portions = new PacedWork(clockOf(root), timers, () => this.#drawPortion());
    this.#stage = byId(root, 'stage', HTMLElement);
    this.#bar = byId(root, 'chat-bar', HTMLElement);
    this.#toggle = byId(root, 'chat-toggle', HTMLButtonElement);
    this.#count = byId(root, 'chat-count', HTMLElement);
    this.#panel = byId(root, 'chat', HTMLElement);
    this.#title = byId(root, 'chat-title', HTMLElement);
    this.#announcer = new ChatAnnouncer(byId(root, 'chat-news', HTMLElement), t, timers);
    this.#picker = new EmojiPicker({
      document: root,
      t,
      language,
      storage,
      timers,
      overlays,
      announce,
    });
    this.#log = new MessageLog(context, this.#picker, {
      handleEnd: () => this.#handleSeen(),
      announceMany: (count) => this.#announcer.announce(count, null),
    });
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
    this.#latest = room === null ? null : { room, invite };
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

    // Who rests from new messages still shows what became of those that stand.
    if (this.#portions.resting) this.#draw(room, invite, stillStanding(this.#messages, room.chat));
    else this.#portions.begin();
    if (wasHidden) this.#handleSeen();
    this.#composer.render(room, this.#names);
    this.#renderUnseen(this.#unread.unread);
  }

  /** The texts are those of another language now. */
  handleLanguage(): void {
    this.#log.handleLanguage();
    this.#picker.handleLanguage();
    this.#renderUnread(this.#unread.unread);
  }

  get #isSheet(): boolean {
    return this.#column?.matches !== true;
  }

  /** Whether somebody can see the newest message. */
  get #reading(): boolean {
    const visible = this.#context.document.visibilityState === 'visible';
    return visible && !this.#panel.hidden && this.#log.atEnd;
  }

  /** Whether there are more. */
  #drawPortion(): boolean {
    if (this.#latest === null) return false;
    const { room, invite } = this.#latest;
    const messages = nextPortion(this.#messages, room.chat);
    this.#draw(room, invite, messages);
    return messages !== room.chat;
  }

  #draw(room: RoomState, invite: string | null, messages: readonly ChatMessage[]): void {
    const changes = chatChanges(this.#messages, messages);
    const nameChanges = this.#names.update(room, changes);
    if (messages === this.#messages && nameChanges.ids.size === 0) return;
    this.#messages = messages;
    const unread = this.#unread.update(changes, this.#reading);
    const names = this.#names;
    this.#log.render({ changes, nameChanges, names, unread, invite, open: !this.#panel.hidden });
    this.#renderUnread(unread);
    this.#handleSeen();
    this.#announce(changes.added.filter(({ own }) => !own));
  }

  /** Tells of what came: by a sound, and in words while the list cannot be read out, because it is closed. */
  #announce(added: readonly ChatMessage[]): void {
    const newest = added.at(-1);
    if (newest === undefined) return;
    const mention = added.findLast(({ key }) => this.#log.mentionsSelf(key));
    this.#context.playCue(mention === undefined ? 'message' : 'mention');
    const { author, authorName } = mention ?? newest;
    const called = this.#names.nameOf(author, authorName === null ? null : knownName(authorName));
    if (mention !== undefined) this.#context.tellMention(called.name, mention.text);
    if (!this.#panel.hidden) return;
    if (mention !== undefined) this.#context.announce('chat.mentioned', called.name);
    else
      this.#announcer.announce(added.length, isolated(spokenName(called, this.#context.t('name.unknown'))));
  }

  #handleSeen(): void {
    this.#renderUnread(this.#reading ? this.#unread.handleRead() : this.#unread.unread);
  }

  #renderUnread(unread: Unread): void {
    const { count } = unread;
    const { t } = this.#context;
    this.#log.renderJump(count);
    setHidden(this.#count, count === 0);
    setText(this.#count, count === 0 ? '' : shortCount(count));
    setAttribute(this.#toggle, 'aria-label', count === 0 ? null : t('chat.toggle', { count }));
    this.#renderUnseen(unread);
  }

  #renderUnseen({ count }: Unread): void {
    const seen = this.#context.document.visibilityState === 'visible' && !this.#panel.hidden;
    this.#context.setUnseen(seen ? 0 : count);
  }

  #renderPanel(): void {
    const here = this.#stage.hasAttribute('data-chat');
    const sheet = this.#isSheet;
    setHidden(this.#panel, !here || (sheet && !this.#open));
    setAttribute(this.#toggle, 'aria-expanded', String(this.#open));
    const covers = here && sheet && this.#open;
    this.#panel.classList.toggle('chat-sheet', sheet);
    // What the sheet covers is neither read out nor reached by the tab key.
    for (const covered of this.#covered()) if (covered.inert !== covers) covered.inert = covers;
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
    if (!open) this.#log.closeOverlays();
    const hadFocus = this.#panel.contains(this.#context.document.activeElement);
    this.#renderPanel();
    if (open) {
      this.#log.scrollToUnread();
      this.#handleSeen();
      // A phone would open its keyboard over what one came to read.
      if (this.#context.document.defaultView?.matchMedia('(pointer: coarse)').matches) this.#title.focus();
      else this.#composer.focus();
    } else if (hadFocus) this.#toggle.focus();
    this.#announcer.clear();
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
