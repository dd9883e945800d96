/** Owns what was said about files and got lost, as a pair keeps so much only while no way carries: it is said again once one does. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

const LOOK_MS = 1_000;
/** In that time, to one person: with all that the pair kept itself that is fewer than any page takes. */
const WORDS_AT_ONCE = 16;
/** To one person, of whom all that is lost is said again; of more the oldest go. */
const LOST_MAX = 512;

export interface LostWordsOptions {
  readonly timers: TimersLike;
  /** Whether a word reaches this person now. */
  readonly canTalk: (person: string) => boolean;
  /** Says how that stands of which this was said. */
  readonly sayAgain: (person: string, body: FileBody) => void;
}

interface WordsTo {
  /** By their numbers in the pair's stream, until each is settled. */
  readonly onTheWay: Map<number, FileBody>;
  /** The last of each kind and file. */
  readonly lost: Map<string, FileBody>;
}

export class LostWords implements Disposable {
  readonly #options: LostWordsOptions;
  readonly #people = new Map<string, WordsTo>();
  readonly #look: Timeout;

  constructor(options: LostWordsOptions) {
    this.#options = options;
    this.#look = new Timeout(options.timers);
  }

  /** @param seq null: it was not taken, by somebody who is not there */
  handleSaid(person: string, seq: number | null, body: FileBody): void {
    // Links see for themselves whether they come about.
    if (seq === null || body.kind === 'file-link') return;
    const known = this.#people.get(person) ?? { onTheWay: new Map(), lost: new Map() };
    this.#people.set(person, known);
    known.onTheWay.set(seq, body);
    known.lost.delete(keyOf(body));
  }

  /** It was taken, or given up. */
  handleSettled(person: string, seq: number, delivered: boolean): void {
    const known = this.#people.get(person);
    const body = known?.onTheWay.get(seq);
    if (known === undefined || body === undefined) return;
    known.onTheWay.delete(seq);
    if (delivered) return;
    const key = keyOf(body);
    // Said again since then, it may arrive yet.
    if ([...known.onTheWay.values()].some((other) => keyOf(other) === key)) return;
    known.lost.set(key, body);
    const [oldest] = known.lost.keys();
    if (known.lost.size > LOST_MAX && oldest !== undefined) known.lost.delete(oldest);
    this.#lookSoon();
  }

  /** Nothing is said again to who has left. */
  keep(people: ReadonlySet<string>): void {
    for (const person of this.#people.keys()) if (!people.has(person)) this.#people.delete(person);
  }

  dispose(): void {
    this.#look.dispose();
  }

  #lookSoon(): void {
    if (!this.#look.pending) this.#look.set(() => this.#sayAgain(), LOOK_MS);
  }

  #sayAgain(): void {
    for (const [person, { lost }] of this.#people) {
      if (!this.#options.canTalk(person)) continue;
      for (const [key, body] of [...lost].slice(0, WORDS_AT_ONCE)) {
        lost.delete(key);
        this.#options.sayAgain(person, body);
      }
    }
    if ([...this.#people.values()].some(({ lost }) => lost.size > 0)) this.#lookSoon();
  }
}

function keyOf(body: FileBody): string {
  return `${body.kind} ${'id' in body ? body.id : 'resume' in body ? body.resume : ''}`;
}
