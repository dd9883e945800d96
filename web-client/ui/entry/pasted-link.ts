/** Owns what a pasted text is to this page: its own link, a link of another address, or nothing usable. */

import {
  type FragmentProblem,
  formatFragment,
  fragmentIn,
  type RoomLink,
  readFragment,
} from '../../../main/common/e2ee/invite-link.ts';
import { addressesIn, addressProblem } from '../../../main/common/web-address.ts';

export type PastedLink =
  | { readonly kind: 'here'; readonly link: RoomLink }
  /** Whole, but of another address: this page takes nothing of it and shows it as it is. */
  | { readonly kind: 'elsewhere'; readonly host: string; readonly href: string }
  | { readonly kind: FragmentProblem }
  | { readonly kind: 'not-a-link' }
  | { readonly kind: 'empty' };

/** Reads the first link in the text; people also copy the words around it. `origin` is this page's own. */
export function readPastedLink(text: string, origin: string): PastedLink {
  if (text.trim() === '') return { kind: 'empty' };
  const [url] = addressesIn(text, URL);
  // Only addresses a browser opens safely, and none that carries a user name to look like another one.
  if (url === undefined || addressProblem(url) !== null) return { kind: 'not-a-link' };
  const read = readFragment(fragmentIn(url));
  if (!read.ok) return { kind: read.error };
  const link = read.value;
  if (url.origin === origin) return { kind: 'here', link };
  const path = url.hash === '' ? '/' : url.pathname + url.search;
  return { kind: 'elsewhere', host: url.host, href: url.origin + path + formatFragment(link) };
}
