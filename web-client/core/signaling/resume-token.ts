/** Owns the resume token, which lets a page back to its place over a lost socket, a reload and a crash, and whose it is. */

import { fromBase64Url } from '../../../main/common/bytes.ts';
import { PUBLIC_KEY_BYTES, RESUME_BYTES } from '../../../main/common/protocol/limits.ts';
import type { StorageLike } from '../browser-api.ts';

const STORAGE_KEY = 'secret-call.resume';

interface Kept {
  readonly token: string;
  /** Of the host that gave it. */
  readonly hostKey: string;
}

/** Kept in memory as well: storage may be full or forbidden, and is shared with other tabs. */
export class ResumeToken {
  readonly #storages: readonly StorageLike[];
  #kept: Kept | null = null;

  /** @param storages in the order in which they are believed: the tab's, then the browser's, which outlives a crash */
  constructor(storages: readonly StorageLike[]) {
    this.#storages = storages;
  }

  /** The host that gave the token in this page load; null before. */
  get hostKey(): string | null {
    return this.#kept?.hostKey ?? null;
  }

  /** The tab's own token, whoever is asked; only a ticket is ever made of it. The browser's may well be another room's. */
  peek(): string | null {
    return this.#known[0]?.token ?? null;
  }

  /** base64url, for no other host than the one that gave it; a damaged one is left out: the server would close the socket. */
  read(hostKey: string): string | null {
    return this.#known.find((kept) => kept?.hostKey === hostKey)?.token ?? null;
  }

  keep(token: string, hostKey: string): void {
    this.#kept = { token, hostKey };
    this.#eachStorage((storage) => storage.setItem(STORAGE_KEY, `${token}.${hostKey}`));
  }

  forget(): void {
    this.#kept = null;
    this.#eachStorage((storage) => storage.removeItem(STORAGE_KEY));
  }

  get #known(): readonly (Kept | null)[] {
    return this.#kept === null ? this.#storages.map(stored) : [this.#kept];
  }

  /** What cannot be kept is lost to a reload or a crash, for the time the server keeps the place. */
  #eachStorage(use: (storage: StorageLike) => void): void {
    for (const storage of this.#storages) {
      try {
        use(storage);
      } catch {
        // Full, or forbidden.
      }
    }
  }
}

function stored(storage: StorageLike): Kept | null {
  try {
    const [token = '', hostKey = ''] = (storage.getItem(STORAGE_KEY) ?? '').split('.');
    const whole =
      fromBase64Url(token)?.length === RESUME_BYTES && fromBase64Url(hostKey)?.length === PUBLIC_KEY_BYTES;
    return whole ? { token, hostKey } : null;
  } catch {
    return null;
  }
}
