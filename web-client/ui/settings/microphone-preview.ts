/** Owns the microphone's being open before joining: for as long as anybody looks at its level. */

import type { PageIntents } from '../intents.ts';

export type PreviewUser = 'check' | 'settings';

export class MicrophonePreview {
  readonly #intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>;
  readonly #lookers = new Set<PreviewUser>();

  constructor(intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>) {
    this.#intents = intents;
  }

  /** Also asks again, where the answer before was no. */
  begin(looker: PreviewUser): void {
    this.#lookers.add(looker);
    this.#intents.openMicrophone();
  }

  end(looker: PreviewUser): void {
    if (this.#lookers.delete(looker) && this.#lookers.size === 0) this.#intents.closeMicrophone();
  }
}
