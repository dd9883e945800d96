/** Owns the display numbers of people and invitations: whoever has one keeps it, and nobody gets it after them. */

/** So that a number typed a moment too late never means somebody else. */
export class DisplayNumbers<Id> {
  readonly #ids: Id[] = [];

  /** Counts from 1, in the order in which ids are first asked for. */
  numberOf(id: Id): number {
    const index = this.#ids.indexOf(id);
    return index < 0 ? this.#ids.push(id) : index + 1;
  }

  idOf(number: number): Id | undefined {
    return this.#ids[number - 1];
  }
}
