/** Owns a browser's storage for tests: what is kept can be looked at, and it can refuse. */

import type { PageStorage } from '../../../web-client/ui/preferences/browser-storage.ts';

export class KeptValues implements PageStorage {
  readonly values = new Map<string, string>();
  refuses = false;

  getItem(key: string): string | null {
    this.#complain();
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#complain();
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.#complain();
    this.values.delete(key);
  }

  #complain(): void {
    if (this.refuses) throw new Error('the storage is full or forbidden');
  }
}
