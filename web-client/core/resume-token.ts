/** Owns the token that lets a page back to its place, over a lost socket and over a reload of the tab, and whose it is. */

import { fromBase64Url } from '../../main/common/bytes.ts';
import { PUBLIC_KEY_BYTES, RESUME_BYTES } from '../../main/common/protocol/limits.ts';
import type { StorageLike } from './browser-api.ts';

const STORAGE_KEY = 'secret-call.resume';

interface Kept {
  readonly token: string;
  /** Of the host that gave it. */
  readonly hostKey: string;
}

/** Kept in memory as well: storage may be full or forbidden, and is copied with a duplicated tab. */
export class ResumeToken {
  readonly #storage: StorageLike;
  #kept: Kept | null = null;

  constructor(storage: StorageLike) {
    this.#storage = storage;
  }

  /** The host that gave the token in this page load; null before. */
  get hostKey(): string | null {
    return this.#kept?.hostKey ?? null;
  }

  /** The token, whoever is asked; only a ticket is ever made of it. */
  peek(): string | null {
    return (this.#kept ?? this.#stored())?.token ?? null;
  }

  /** base64url, for no other host than the one that gave it; a damaged one is left out: the server would close the socket. */
  read(hostKey: string): string | null {
    const kept = this.#kept ?? this.#stored();
    return kept?.hostKey === hostKey ? kept.token : null;
  }

  keep(token: string, hostKey: string): void {
    this.#kept = { token, hostKey };
    try {
      this.#storage.setItem(STORAGE_KEY, `${token}.${hostKey}`);
    } catch {
      // Then only a reload loses its place, for the time the server keeps it.
    }
  }

  forget(): void {
    this.#kept = null;
    try {
      this.#storage.removeItem(STORAGE_KEY);
    } catch {
      // What could not be written is not there.
    }
  }

  #stored(): Kept | null {
    try {
      const [token = '', hostKey = ''] = (this.#storage.getItem(STORAGE_KEY) ?? '').split('.');
      const whole =
        fromBase64Url(token)?.length === RESUME_BYTES && fromBase64Url(hostKey)?.length === PUBLIC_KEY_BYTES;
      return whole ? { token, hostKey } : null;
    } catch {
      return null;
    }
  }
}
