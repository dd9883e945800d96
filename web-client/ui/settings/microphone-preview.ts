/** Owns the microphone's being open before joining: for as long as anybody looks at its level. */

import type { PageIntents } from '../intents.ts';

export type Looker = 'check' | 'settings';

export class MicrophoneLook {
  readonly #intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>;
  readonly #lookers = new Set<Looker>();

  constructor(intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>) {
    this.#intents = intents;
  }

  /** Also asks again, where the answer before was no. */
  begin(looker: Looker): void {
    this.#lookers.add(looker);
    this.#intents.openMicrophone();
  }

  end(looker: Looker): void {
    if (this.#lookers.delete(looker) && this.#lookers.size === 0) this.#intents.closeMicrophone();
  }
}
