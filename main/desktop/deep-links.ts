/** Owns links under the app's own scheme as the system hands them over: found among arguments, and opened one at a time. */

import { APP_LINK_SCHEME } from '../common/e2ee/call-link.ts';

/** Nothing else an argument can be begins so: neither a switch nor a path. */
const APP_LINK = new RegExp(`^${APP_LINK_SCHEME}:`, 'i');

/** The link a program was started with, or null; what stands around it is nobody's business here. */
export function deepLinkIn(argv: readonly string[]): string | null {
  return argv.slice(1).findLast((argument) => APP_LINK.test(argument)) ?? null;
}

/** Links may come before there is a window, and while the person is asked about an earlier one: the newest waits. */
export class DeepLinks {
  #open: ((link: string) => Promise<void>) | null = null;
  #waiting: string | null = null;
  #busy = false;

  take(link: string): void {
    this.#waiting = link;
    void this.#next();
  }

  /** From now on links are opened by this. */
  start(open: (link: string) => Promise<void>): void {
    this.#open = open;
    void this.#next();
  }

  async #next(): Promise<void> {
    const link = this.#waiting;
    if (this.#open === null || link === null || this.#busy) return;
    this.#waiting = null;
    this.#busy = true;
    await this.#open(link).catch(() => {});
    this.#busy = false;
    await this.#next();
  }
}
