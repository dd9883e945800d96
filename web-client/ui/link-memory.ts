/** Owns the room's link in this tab: taken out of the address at once, kept for a reload, forgotten at the end. */

import {
  type FragmentProblem,
  formatFragment,
  parseFragment,
  type RoomLink,
  readFragment,
} from '../../main/common/sealing/link.ts';
import type { PageStorage } from './browser-storage.ts';

const STORAGE_KEY = 'secret-call.link';

/** The address bar, as far as it is read and cleaned. */
export interface AddressBar {
  readonly location: Pick<Location, 'hash' | 'origin' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
}

export type TakenFragment =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly link: RoomLink }
  /** There was a fragment, and it was not a whole link. */
  | { readonly kind: FragmentProblem };

/** Reads the fragment and removes it from the address in the same breath, and the path, which means nothing here. */
export function takeFragment({ location, history }: AddressBar): TakenFragment {
  const { hash } = location;
  if (hash === '') return { kind: 'none' };
  history.replaceState(null, '', `${location.origin}/${location.search}`);
  const read = readFragment(hash);
  return read.ok ? { kind: 'link', link: read.value } : { kind: read.error };
}

/** The link kept for this tab, in its sessionStorage. */
export class LinkMemory {
  readonly #storage: PageStorage;

  constructor(storage: PageStorage) {
    this.#storage = storage;
  }

  recall(): RoomLink | null {
    return parseFragment(this.#storage.getItem(STORAGE_KEY) ?? '');
  }

  keep(link: RoomLink): void {
    this.#storage.setItem(STORAGE_KEY, formatFragment(link));
  }

  forget(): void {
    this.#storage.removeItem(STORAGE_KEY);
  }
}
