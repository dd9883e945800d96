/** Owns the unread marker: how many messages of others came since, and above which one the line stands. */

import type { ChatChanges } from './chat-changes.ts';

export interface Unread {
  readonly count: number;
  /** The message above which the line "New" stands; null: there is none. */
  readonly dividerKey: string | null;
}

export class UnreadMarker {
  #count = 0;
  #dividerKey: string | null = null;

  /** `reading`: the newest message is on a screen that somebody can see. */
  update({ messages, dropped, added }: ChatChanges, reading: boolean): Unread {
    if (dropped.some(({ key }) => key === this.#dividerKey)) this.#dividerKey = null;
    for (const { own, key } of added) {
      // Whoever writes has read what stands above.
      if (own) {
        this.#count = 0;
        this.#dividerKey = null;
      } else if (!reading) {
        if (this.#count === 0) this.#dividerKey = key;
        this.#count++;
      }
    }
    this.#count = reading ? 0 : Math.min(this.#count, messages.length);
    return this.unread;
  }

  /** The newest message was seen. The line stays until something else is new. */
  handleRead(): Unread {
    this.#count = 0;
    return this.unread;
  }

  get unread(): Unread {
    return { count: this.#count, dividerKey: this.#dividerKey };
  }
}
