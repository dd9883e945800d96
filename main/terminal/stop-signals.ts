/** Owns what a signal means: the first one stops in order, echoes of it count once, a later one forces the end. */

import type { ClockMs } from '../common/platform.ts';

/** A terminal sends Ctrl-C to the whole process group, and npm passes the same signal on again. */
const ECHO_MS = 1_000;

/** What ends the program: a person, who ends the call as well, or the system, which does not. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export class StopSignals {
  readonly #clock: ClockMs;
  #firstAtMs: number | null = null;

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  handleSignal(): 'stop' | 'echo' | 'force' {
    const nowMs = this.#clock();
    if (this.#firstAtMs === null) {
      this.#firstAtMs = nowMs;
      return 'stop';
    }
    return nowMs - this.#firstAtMs < ECHO_MS ? 'echo' : 'force';
  }
}
