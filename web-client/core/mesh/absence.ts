/** Owns absence: since when nobody of those who tell whom they reach has had a channel to somebody. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { ABSENT_MS } from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export interface AbsenceOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly onGone: (id: string) => void;
}

export class Absence implements Disposable {
  readonly #options: AbsenceOptions;
  readonly #sinceMs = new Map<string, number>();
  readonly #due: Timeout;

  constructor(options: AbsenceOptions) {
    this.#options = options;
    this.#due = new Timeout(options.timers);
  }

  /** @param missed whom nobody has a channel to now */
  update(missed: readonly string[]): void {
    for (const id of this.#sinceMs.keys()) if (!missed.includes(id)) this.#sinceMs.delete(id);
    for (const id of missed) if (!this.#sinceMs.has(id)) this.#sinceMs.set(id, this.#options.clock());
    this.#arm();
  }

  dispose(): void {
    this.#sinceMs.clear();
    this.#due.clear();
  }

  #arm(): void {
    const [first] = this.#sinceMs.values();
    if (first === undefined) this.#due.clear();
    else if (!this.#due.pending)
      this.#due.set(() => this.#tell(), Math.max(0, first + ABSENT_MS - this.#options.clock()));
  }

  #tell(): void {
    const nowMs = this.#options.clock();
    const gone = [...this.#sinceMs].filter(([, sinceMs]) => nowMs - sinceMs >= ABSENT_MS);
    for (const [id] of gone) this.#sinceMs.delete(id);
    this.#arm();
    for (const [id] of gone) this.#options.onGone(id);
  }
}
