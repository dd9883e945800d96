/** Owns a stand-in for the browser's storage that is nearly full, or refuses in the ways browsers do. */

import type { PageStorage } from '../../../web-client/ui/preferences/browser-storage.ts';

export class CrampedStorage implements PageStorage {
  readonly values = new Map<string, string>();
  /** Units that fit, keys and values together. */
  room: number;
  /** Methods that throw. */
  readonly refused = new Set<keyof PageStorage>();

  constructor(room = Number.POSITIVE_INFINITY) {
    this.room = room;
  }

  getItem(key: string): string | null {
    this.#refuse('getItem', 'SecurityError');
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#refuse('setItem', 'SecurityError');
    const others = [...this.values].filter(([other]) => other !== key);
    const used = others.reduce((sum, [other, kept]) => sum + other.length + kept.length, 0);
    if (used + key.length + value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.#refuse('removeItem', 'SecurityError');
    this.values.delete(key);
  }

  #refuse(method: keyof PageStorage, name: string): void {
    if (this.refused.has(method)) throw new DOMException('refused', name);
  }
}
