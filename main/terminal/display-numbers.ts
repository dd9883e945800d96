/** Owns the display numbers of people and invitations: whoever has one keeps it, and nobody gets it after them. */

import { DISPLAY_NUMBERS_MAX } from '../common/protocol/limits.ts';

/** So that a number typed a moment too late never means somebody else. */
export class DisplayNumbers<Id> {
  /** The one not shown for longest first. */
  readonly #numbers = new Map<Id, number>();
  #last = 0;

  /** Counts from 1, in the order in which ids are first asked for. */
  numberOf(id: Id): number {
    const number = this.#numbers.get(id) ?? ++this.#last;
    this.#numbers.delete(id);
    this.#numbers.set(id, number);
    const [oldest] = this.#numbers.keys();
    if (this.#numbers.size > DISPLAY_NUMBERS_MAX && oldest !== undefined) this.#numbers.delete(oldest);
    return number;
  }

  idOf(number: number): Id | undefined {
    return [...this.#numbers].find(([, other]) => other === number)?.[0];
  }
}
