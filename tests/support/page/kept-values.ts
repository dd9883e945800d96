/** Owns a browser's storage for tests: what is kept can be looked at, and it can refuse. */

import type { KeepingStorage } from '../../../web-client/ui/preferences/browser-storage.ts';

export class KeptValues implements KeepingStorage {
  readonly values = new Map<string, string>();
  refuses = false;

  getItem(key: string): string | null {
    this.#complain();
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): boolean {
    this.#complain();
    this.values.set(key, value);
    return true;
  }

  removeItem(key: string): void {
    this.#complain();
    this.values.delete(key);
  }

  #complain(): void {
    if (this.refuses) throw new Error('the storage is full or forbidden');
  }
}
