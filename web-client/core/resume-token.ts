/** Owns the token that lets a page back to its place, over a lost socket and over a reload of the tab. */

import { fromBase64Url } from '../../main/common/bytes.ts';
import { RESUME_BYTES } from '../../main/common/protocol/limits.ts';
import type { StorageLike } from './browser-api.ts';

const STORAGE_KEY = 'secret-call.resume';

/** Kept in memory as well: storage may be full or forbidden, and is copied with a duplicated tab. */
export class ResumeToken {
  readonly #storage: StorageLike;
  #token: string | null = null;

  constructor(storage: StorageLike) {
    this.#storage = storage;
  }

  /** base64url; one that is damaged is left out, for the server would close the socket over it. */
  read(): string | null {
    return this.#token ?? this.#stored();
  }

  keep(token: string): void {
    this.#token = token;
    try {
      this.#storage.setItem(STORAGE_KEY, token);
    } catch {
      // Then only a reload loses its place, for the time the server keeps it.
    }
  }

  forget(): void {
    this.#token = null;
    try {
      this.#storage.removeItem(STORAGE_KEY);
    } catch {
      // What could not be written is not there.
    }
  }

  #stored(): string | null {
    try {
      const token = this.#storage.getItem(STORAGE_KEY);
      return token !== null && fromBase64Url(token)?.length === RESUME_BYTES ? token : null;
    } catch {
      return null;
    }
  }
}
