/** Owns the room's link in this tab: taken out of the address at once, kept for a reload, forgotten at the end. */

import {
  type FragmentProblem,
  formatFragment,
  parseFragment,
  type RoomLink,
  readFragment,
} from '../../../main/common/e2ee/invite-link.ts';
import type { KeepingStorage, PageStorage } from '../preferences/browser-storage.ts';

const STORAGE_KEY = 'secret-call.link';
/** As keep-call.ts keeps it, whose code is still to come. */
const CALL_KEY = 'secret-call.call';
/** As offline/former-pages.ts keeps it, the same. */
export const FORMER_PAGE_KEY = 'secret-call.former';

/** The address bar, as far as it is read and cleaned. */
export interface AddressBar {
  readonly location: Pick<Location, 'hash' | 'origin' | 'search'>;
  readonly history: TabHistory;
}

/** Of the tab alone, and kept over a reload, as its sessionStorage is. */
export type TabHistory = Pick<History, 'state' | 'replaceState'>;

export type TakenFragment =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly link: RoomLink }
  /** There was a fragment, and it was not a whole link. */
  | { readonly kind: FragmentProblem };

/** Reads the fragment and removes it from the address in the same breath, and the path, which means nothing here. */
export function takeFragment({ location, history }: AddressBar): TakenFragment {
  const { hash } = location;
  if (hash === '') return { kind: 'none' };
  tryToReplace(history, history.state, `${location.origin}/${location.search}`);
  const read = readFragment(hash);
  return read.ok ? { kind: 'link', link: read.value } : { kind: read.error };
}

/**
 * Whether the tab was in a call by the link that it has. A link that was opened now may be another room's: then nothing of a
 * call is kept, and the page has a certificate of its own. To be called before there is a session.
 */
export function recallsCall(storage: PageStorage, arrival: TakenFragment): boolean {
  if (arrival.kind !== 'none') for (const key of [CALL_KEY, FORMER_PAGE_KEY]) storage.removeItem(key);
  return storage.getItem(CALL_KEY) !== null;
}

/** Some browsers refuse after many changes of address in a short time; then it stands there until the next. */
function tryToReplace(history: TabHistory, state: unknown, url?: string): boolean {
  try {
    history.replaceState(state, '', url);
    return true;
  } catch {
    return false;
  }
}

/** The link kept for this tab: in its sessionStorage, or where that takes nothing, with the entry of its history. */
export class LinkMemory {
  readonly #storage: KeepingStorage;
  readonly #history: TabHistory;

  constructor(storage: KeepingStorage, history: TabHistory) {
    this.#storage = storage;
    this.#history = history;
  }

  recall(): RoomLink | null {
    return parseFragment(this.#storage.getItem(STORAGE_KEY) ?? this.#noted ?? '');
  }

  /** Whether it will still be there after a reload. */
  keep(link: RoomLink): boolean {
    const fragment = formatFragment(link);
    const stored = this.#storage.setItem(STORAGE_KEY, fragment);
    const noted = this.#note(stored ? null : fragment);
    return stored || noted;
  }

  forget(): void {
    this.#storage.removeItem(STORAGE_KEY);
    this.#note(null);
  }

  get #noted(): string | null {
    const state: unknown = this.#history.state;
    return typeof state === 'string' ? state : null;
  }

  #note(fragment: string | null): boolean {
    return fragment === this.#noted || tryToReplace(this.#history, fragment);
  }
}
