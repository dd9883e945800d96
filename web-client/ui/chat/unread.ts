/** Owns where reading stopped: how many messages of others came since, and above which one the line stands. */

import type { ChatMessage } from '../../core/chat-state.ts';

export interface Unread {
  readonly count: number;
  /** The message above which the line "New" stands; null: there is none. */
  readonly dividerKey: string | null;
}

export class UnreadMarker {
  /** The last message that was on the screen; null: none yet. */
  #readKey: string | null = null;
  #dividerKey: string | null = null;
  /** Whether the line stands above what is still unread. */
  #running = false;

  /** `reading`: the newest message is on a screen that somebody can see. */
  update(messages: readonly ChatMessage[], reading: boolean): Unread {
    // Whoever writes has read what stands above.
    const lastOwn = messages.findLastIndex(({ own }) => own);
    const from = this.#indexAfterRead(messages);
    if (lastOwn >= from) {
      this.#running = false;
      this.#dividerKey = null;
    }
    const unread = messages.slice(Math.max(from, lastOwn + 1));

    if (reading) {
      this.#readKey = messages.at(-1)?.key ?? null;
      this.#running = false;
      return { count: 0, dividerKey: this.#kept(messages) };
    }
    const [first] = unread;
    if (first === undefined) this.#running = false;
    else if (!this.#running) {
      this.#running = true;
      this.#dividerKey = first.key;
    }
    return { count: unread.length, dividerKey: this.#kept(messages) };
  }

  /** What was read may be gone from the list, with a change of the call: then all of the list is new. */
  #indexAfterRead(messages: readonly ChatMessage[]): number {
    if (this.#readKey === null) return 0;
    return messages.findLastIndex(({ key }) => key === this.#readKey) + 1;
  }

  #kept(messages: readonly ChatMessage[]): string | null {
    return messages.some(({ key }) => key === this.#dividerKey) ? this.#dividerKey : null;
  }
}
