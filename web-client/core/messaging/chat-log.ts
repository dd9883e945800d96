/** Owns the chat log: who wrote what, what became of the own messages, and the emoji put to them. */

import type { ChatBody, ChatReactionBody } from '../../../main/common/protocol/bodies.ts';
import type { ChatMessage, ChatReaction, DeliveryState } from '../state/chat-state.ts';

/** Older ones are forgotten. */
export const CHAT_KEPT_MAX = 500;
/** Different emoji on one message. */
export const CHAT_REACTIONS_MAX = 20;

export interface ChatLogOptions {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly onChange: () => void;
}

/** A message that somebody has still to take. */
interface Underway {
  readonly key: string;
  /** How many have still to take it. */
  waiting: number;
}

export class ChatLog {
  readonly #options: ChatLogOptions;
  #messages: readonly ChatMessage[] = [];
  /** Where each message stands, counted from the first there ever was. */
  readonly #places = new Map<string, number>();
  #added = 0;
  #lastOwnNumber = 0;
  /** The highest number each author has used. */
  readonly #lastNumbers = new Map<string, number>();
  /** By whom has to take it and the number it went under. */
  readonly #underway = new Map<string, Underway>();

  constructor(options: ChatLogOptions) {
    this.#options = options;
  }

  /** First to last; the same array as long as nothing changed, and in it the same message as long as that did not. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /**
   * Keeps an own message and sends it.
   * @param send hands it to everyone there is; whom it was meant for, each with the number it goes under, or null where it
   *   could not be taken
   */
  write(
    author: string,
    authorName: string,
    text: string,
    send: (body: ChatBody) => ReadonlyMap<string, number | null>,
  ): void {
    const id = ++this.#lastOwnNumber;
    const key = keyOf(author, id);
    const missedBy: string[] = [];
    const underway: Underway = { key, waiting: 0 };
    for (const [recipient, seq] of send({ id, text })) {
      if (seq === null) missedBy.push(recipient);
      else {
        underway.waiting++;
        this.#underway.set(sentKeyOf(recipient, seq), underway);
      }
    }
    this.#add({
      key,
      author,
      authorName,
      own: true,
      text,
      atMs: this.#options.wallClock(),
      // With nobody there it reaches nobody, and says so.
      delivery: underway.waiting > 0 ? 'sending' : 'not-delivered',
      missedBy,
      reactions: [],
    });
  }

  /** Takes what somebody wrote; a number that is not above the author's last is no new message. */
  handleMessage(author: string, authorName: string | null, { id, text }: ChatBody): void {
    if (id <= (this.#lastNumbers.get(author) ?? 0)) return;
    this.#lastNumbers.set(author, id);
    this.#add({
      key: keyOf(author, id),
      author,
      authorName,
      own: false,
      text,
      atMs: this.#options.wallClock(),
      delivery: null,
      missedBy: [],
      reactions: [],
    });
  }

  /** What was sent to `recipient` under `seq` was taken, or given up; numbers of other things are passed over. */
  handleSettled(recipient: string, seq: number, delivered: boolean): void {
    const sentKey = sentKeyOf(recipient, seq);
    const underway = this.#underway.get(sentKey);
    if (underway === undefined) return;
    this.#underway.delete(sentKey);
    underway.waiting--;
    this.#change(underway.key, (message) => {
      const missedBy = delivered ? message.missedBy : [...message.missedBy, recipient];
      const settled: DeliveryState = missedBy.length > 0 ? 'not-delivered' : 'sent';
      const delivery = underway.waiting > 0 ? message.delivery : settled;
      const same = delivery === message.delivery && delivered;
      return same ? message : { ...message, missedBy, delivery };
    });
  }

  /** Puts an own emoji to a message or takes it away; what the others are to be told, null where nothing changed. */
  react(own: string, key: string, emoji: string, on: boolean): ChatReactionBody | null {
    const message = this.#messages[this.#placeOf(key)];
    if (message === undefined || !this.#setReaction(own, key, emoji, on)) return null;
    return { kind: 'chat-reaction', author: message.author, id: numberOf(key), emoji, on };
  }

  handleReaction(from: string, { author, id, emoji, on }: ChatReactionBody): void {
    this.#setReaction(from, keyOf(author, id), emoji, on);
  }

  #setReaction(by: string, key: string, emoji: string, on: boolean): boolean {
    return this.#change(key, (message) => {
      const reactions = withReaction(message.reactions, by, emoji, on);
      return reactions === message.reactions ? message : { ...message, reactions };
    });
  }

  #add(message: ChatMessage): void {
    this.#places.set(message.key, this.#added++);
    const forgotten = this.#messages.length < CHAT_KEPT_MAX ? undefined : this.#messages[0];
    if (forgotten !== undefined) this.#places.delete(forgotten.key);
    this.#messages = [...this.#messages.slice(forgotten === undefined ? 0 : 1), message];
    this.#options.onChange();
  }

  #change(key: string, change: (message: ChatMessage) => ChatMessage): boolean {
    const place = this.#placeOf(key);
    const before = this.#messages[place];
    if (before === undefined) return false;
    const after = change(before);
    if (after === before) return false;
    const messages = [...this.#messages];
    messages[place] = after;
    this.#messages = messages;
    this.#options.onChange();
    return true;
  }

  /** -1 for what is not kept. */
  #placeOf(key: string): number {
    const place = this.#places.get(key);
    return place === undefined ? -1 : place - (this.#added - this.#messages.length);
  }
}

function withReaction(
  reactions: readonly ChatReaction[],
  by: string,
  emoji: string,
  on: boolean,
): readonly ChatReaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if ((known?.by.includes(by) ?? false) === on) return reactions;
  if (known === undefined)
    return reactions.length < CHAT_REACTIONS_MAX ? [...reactions, { emoji, by: [by] }] : reactions;
  const changed = { emoji, by: on ? [...known.by, by] : known.by.filter((id) => id !== by) };
  return reactions
    .map((reaction) => (reaction === known ? changed : reaction))
    .filter((reaction) => reaction.by.length > 0);
}

function sentKeyOf(recipient: string, seq: number): string {
  return `${recipient}:${seq}`;
}

function keyOf(author: string, number: number): string {
  return `${author}:${number}`;
}

function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
