/** Owns the microphone preview: open before joining, for as long as something shows its level. */

import type { PageIntents } from '../intents.ts';

export type PreviewUser = 'check' | 'settings';

export class MicrophonePreview {
  readonly #intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>;
  readonly #users = new Set<PreviewUser>();

  constructor(intents: Pick<PageIntents, 'openMicrophone' | 'closeMicrophone'>) {
    this.#intents = intents;
  }

  /** Also asks again, where the answer before was no. */
  begin(user: PreviewUser): void {
    this.#users.add(user);
    this.#intents.openMicrophone();
  }

  end(user: PreviewUser): void {
    if (this.#users.delete(user) && this.#users.size === 0) this.#intents.closeMicrophone();
  }
}
