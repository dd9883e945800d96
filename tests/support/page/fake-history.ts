/** Owns a stand-in for what a tab's history keeps with its present entry. */

import type { TabHistory } from '../../../web-client/ui/entry/link-memory.ts';

export class FakeHistory implements TabHistory {
  state: unknown = null;
  /** As browsers do after many changes in a short time. */
  refuses = false;
  /** The addresses that were shown. */
  readonly shown: (string | URL | null | undefined)[] = [];

  replaceState(state: unknown, _unused: string, url?: string | URL | null): void {
    if (this.refuses) throw new Error('SecurityError');
    this.state = state;
    if (url !== undefined) this.shown.push(url);
  }
}
