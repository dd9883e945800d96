/** Owns who was asked whether they may be recorded, under which number, and what they said. Pure. */

import type { AskedPerson, RecordAnswer } from '../state/recording-state.ts';

interface Asked {
  readonly ask: number;
  answer: RecordAnswer;
}

export class Consents {
  /** Never begins anew: an answer to a recording of before is none to this one. */
  #lastAsk = 0;
  readonly #people = new Map<string, Asked>();

  get people(): readonly AskedPerson[] {
    return [...this.#people].map(([id, { answer }]) => ({ id, answer }));
  }

  /** The number under which the person was asked last; null: not at all. */
  askOf(id: string): number | null {
    return this.#people.get(id)?.ask ?? null;
  }

  hasAgreed(id: string): boolean {
    return this.#people.get(id)?.answer === 'agreed';
  }

  /** Asks anew: what the person said before does not count any more. */
  ask(id: string): number {
    const ask = ++this.#lastAsk;
    this.#people.set(id, { ask, answer: 'none' });
    return ask;
  }

  /** Whether it answers what this person was asked last. */
  answer(id: string, ask: number, agree: boolean): boolean {
    const asked = this.#people.get(id);
    if (asked?.ask !== ask) return false;
    asked.answer = agree ? 'agreed' : 'refused';
    return true;
  }

  /** The person is gone; whether they had been asked. */
  drop(id: string): boolean {
    return this.#people.delete(id);
  }

  clear(): void {
    this.#people.clear();
  }
}
