/** Owns loading the settings' code once, for the dialog and for the check; a failed try may be repeated. */

type Later = typeof import('./lazy-chunk.ts');

export class LazySettings {
  #loading: Promise<Later> | null = null;

  /** Rejects when the host's computer does not answer. */
  load(): Promise<Later> {
    this.#loading ??= import('./lazy-chunk.ts').catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }
}
