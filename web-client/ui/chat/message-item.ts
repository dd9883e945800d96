/** Owns the item of one message: author, time, text, state and reactions, each written only when it changed. */

import { isolated } from '../../../main/common/names/visible-text.ts';
import type { ChatMessage } from '../../core/state/chat-state.ts';
import { spokenName } from '../people/participant-rows.ts';
import { renderBadge } from '../shell/badge.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { ChatContext } from './chat-context.ts';
import { type ChatName, type ChatNames, type KnownName, knownName, type NameChanges } from './chat-names.ts';
import type { ChatRow } from './chat-rows.ts';
import type { MessageClock } from './message-clock.ts';
import { type MentionContext, type MessagePiece, messagePieces } from './message-pieces.ts';
import { ReactionList } from './reaction-list.ts';
import { isEmojiAlone } from './sanitize-text.ts';

/** Names that are counted up; beyond them it is said shortly. */
const MISSED_NAMES_MAX = 3;

const NOBODY: ReadonlySet<string> = new Set();

export interface MessageItemOptions {
  readonly context: ChatContext;
  readonly row: ChatRow;
  readonly clock: MessageClock;
  readonly mentionContext: MentionContext;
  /** Whether a screen reader reads it as it comes. */
  readonly readOut: boolean;
  /** The person wants to react; the button is where the choice opens. */
  readonly react: (key: string, button: HTMLElement) => void;
}

export class MessageItem {
  readonly element: HTMLElement;
  readonly key: string;
  readonly mentionsSelf: boolean;
  readonly react: HTMLButtonElement;
  readonly #context: ChatContext;
  readonly #clock: MessageClock;
  readonly #time: HTMLTimeElement;
  readonly #atMs: number;
  readonly #badge: HTMLElement;
  readonly #head: HTMLElement;
  readonly #author: HTMLElement;
  readonly #shortId: HTMLElement;
  readonly #spoken: HTMLElement;
  readonly #state: HTMLElement;
  readonly #reactions: ReactionList;
  /** As the author was called when it came; null: as they are called today. */
  readonly #then: KnownName | null;
  /** As it stands here. */
  #called: ChatName | null = null;
  /** Who is named besides the author. */
  #named: ReadonlySet<string> = NOBODY;
  #row: ChatRow;

  constructor({ context, row, clock, mentionContext, readOut, react }: MessageItemOptions) {
    const { message } = row;
    const { document: root, intents } = context;
    this.#context = context;
    this.#row = row;
    this.#clock = clock;
    this.#atMs = message.atMs;
    this.#then = message.authorName === null ? null : knownName(message.authorName);
    this.key = message.key;
    this.element = cloneTemplate(root, 'chat-message-template');
    this.#time = part(this.element, 'time', HTMLTimeElement);
    this.handleLanguage();
    this.#badge = part(this.element, 'badge', HTMLElement);
    this.#head = part(this.element, 'head', HTMLElement);
    this.#author = part(this.element, 'author', HTMLElement);
    this.#shortId = part(this.element, 'short-id', HTMLElement);
    this.#spoken = part(this.element, 'spoken', HTMLElement);
    this.#state = part(this.element, 'state', HTMLElement);
    this.#reactions = new ReactionList(context, part(this.element, 'reactions', HTMLElement), (emoji, on) =>
      intents.setChatReaction(message.key, emoji, on),
    );
    this.react = part(this.element, 'react', HTMLButtonElement);
    this.react.addEventListener('click', () => react(message.key, this.react));

    const pieces = messagePieces(message.text, mentionContext);
    const mentioned = pieces.some((piece) => piece.kind === 'mention' && piece.self);
    this.mentionsSelf = !message.own && mentioned;
    this.#writeText(part(this.element, 'text', HTMLElement), pieces);
    this.element.classList.toggle('message-own', message.own);
    this.element.classList.toggle('message-mention', this.mentionsSelf);
    // What mentions one does not wait for its turn.
    if (!readOut) setAttribute(this.element, 'aria-live', 'off');
    else if (this.mentionsSelf) setAttribute(this.element, 'aria-live', 'assertive');
  }

  /** What is to stand here from the next drawing on. */
  take(row: ChatRow): this {
    this.#row = row;
    return this;
  }

  render(names: ChatNames): void {
    const { message, startsGroup } = this.#row;
    const { t } = this.#context;
    const author = names.nameOf(message.author, this.#then);
    this.#called = author;
    this.#named = new Set([...message.missedBy, ...message.reactions.flatMap(({ by }) => by)]);
    const called = author.name ?? t('name.unknown');
    this.element.classList.toggle('message-first', startsGroup);
    setHidden(this.#head, !startsGroup);
    renderBadge(this.#badge, message.author, called);
    setText(this.#author, message.own ? t('chat.you') : called);
    setAttribute(this.#author, 'title', called);
    setText(this.#shortId, author.ambiguous && !message.own ? author.shortId : '');
    setText(this.#spoken, this.#spokenAuthor(message, author, startsGroup));
    this.#renderState(message, names);
    this.#reactions.render(message.reactions, names);
  }

  /** Whether a name stands here that reads otherwise now. */
  isNaming(changes: NameChanges, names: ChatNames): boolean {
    const { author } = this.#row.message;
    if (this.#then === null ? changes.ids.has(author) : changes.keys.has(this.#then.key)) {
      const is = names.nameOf(author, this.#then);
      if (is.name !== this.#called?.name || is.ambiguous !== this.#called.ambiguous) return true;
    }
    for (const id of changes.ids) if (this.#named.has(id)) return true;
    return false;
  }

  /** What stands here from the beginning is of another language now; `render` writes the rest. */
  handleLanguage(): void {
    fillTexts(this.element, this.#context.t);
    this.#clock.write(this.#time, this.#atMs);
  }

  /** What is to be seen from its place in the list must be said where it is only heard. */
  #spokenAuthor(message: ChatMessage, author: ChatName, startsGroup: boolean): string {
    const { t } = this.#context;
    const name = message.own ? t('chat.you') : spokenName(author, t('name.unknown'));
    if (this.mentionsSelf) return `${name} ${t('chat.mentions-you')}: `;
    return startsGroup ? '' : `${name}: `;
  }

  #renderState({ delivery, missedBy }: ChatMessage, names: ChatNames): void {
    setHidden(this.#state, delivery === null);
    setAttribute(this.#state, 'data-delivery', delivery);
    if (delivery !== null) setText(this.#state, this.#stateText(delivery, missedBy, names));
  }

  #stateText(
    delivery: NonNullable<ChatMessage['delivery']>,
    missedBy: readonly string[],
    names: ChatNames,
  ): string {
    const { t } = this.#context;
    if (delivery !== 'not-delivered') return t(`chat.${delivery}`);
    const missed = missedBy.map((id) => isolated(spokenName(names.nameOf(id), t('name.unknown'))));
    return missed.length === 0 || missed.length > MISSED_NAMES_MAX
      ? t('chat.not-delivered-some')
      : t('chat.not-delivered', { names: missed.join(', ') });
  }

  #writeText(text: HTMLElement, pieces: readonly MessagePiece[]): void {
    const { document: root, t } = this.#context;
    if (pieces.length === 0) {
      text.classList.add('message-unseen');
      setText(text, t('chat.unseen'));
      return;
    }
    text.classList.toggle('message-emoji', isEmojiAlone(pieces.map((piece) => piece.text).join('')));
    text.append(...pieces.map((piece) => writePiece(root, piece)));
  }
}

function writePiece(root: Document, piece: MessagePiece): Node {
  if (piece.kind === 'text') return root.createTextNode(piece.text);
  if (piece.kind === 'mention') {
    const mention = root.createElement('bdi');
    mention.className = piece.self ? 'mention mention-self' : 'mention';
    mention.textContent = piece.text;
    return mention;
  }
  const link = root.createElement('a');
  link.className = 'message-link';
  link.href = piece.href;
  link.rel = 'noopener noreferrer nofollow';
  link.target = '_blank';
  link.dir = 'ltr';
  link.textContent = piece.text;
  if (piece.host !== null) {
    const host = root.createElement('span');
    host.className = 'message-link-host';
    host.textContent = `[${piece.host}]`;
    link.append(' ', host);
  }
  return link;
}
