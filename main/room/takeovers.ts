/** Owns takeovers: newcomers that wait until it is clear whether the holder of their resume is still there. */

import type { Member } from './members.ts';
import type { RoomEvent, SocketId } from './room-events.ts';

export type Entry = Extract<RoomEvent, { readonly type: 'entered' }> & {
  /** Whether it is the host's own page. */
  readonly isHost: boolean;
};

/** A newcomer with a known resume whose holder's socket may still be alive; one a holder. */
export interface Takeover {
  readonly entry: Entry;
  readonly holder: Member;
  readonly deadlineMs: number;
}

export class Takeovers {
  /** By the newcomer's socket. */
  readonly #waiting = new Map<SocketId, Takeover>();

  add(takeover: Takeover): void {
    this.#waiting.set(takeover.entry.socket, takeover);
  }

  /** Returns whether that socket waited. */
  delete(socket: SocketId): boolean {
    return this.#waiting.delete(socket);
  }

  withKey(key: string): Takeover | undefined {
    return this.#all().find(({ entry }) => entry.identity.key === key);
  }

  isAwaited(holder: Member): boolean {
    return this.#all().some((takeover) => takeover.holder === holder);
  }

  /** Ends the wait for this holder; returns the newcomer, if there is one. */
  takeFor(holder: Member): Entry | undefined {
    const entry = this.#all().find((takeover) => takeover.holder === holder)?.entry;
    if (entry) this.#waiting.delete(entry.socket);
    return entry;
  }

  /** Ends the waits that have lasted long enough, and returns them. */
  takeDue(nowMs: number): readonly Takeover[] {
    const due = this.#all().filter(({ deadlineMs }) => deadlineMs <= nowMs);
    for (const { entry } of due) this.#waiting.delete(entry.socket);
    return due;
  }

  deadlines(): readonly number[] {
    return this.#all().map(({ deadlineMs }) => deadlineMs);
  }

  #all(): readonly Takeover[] {
    return [...this.#waiting.values()];
  }
}
