/** Owns what the path of an address where nothing is can tell: a link whose # was escaped on the way, or nothing. */

import { type RoomLink, readFragment } from '../../../main/common/e2ee/invite-link.ts';

export type StrayPath =
  /** The whole link stood in the path, and so was sent to the server. */
  | { readonly kind: 'sent'; readonly link: RoomLink }
  /** Something of a link did. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'nothing' };

/** However often it was escaped. */
const ESCAPED_SIGN = /%(?:25)*23/i;

/** `pathname` as `location` gives it, with its escapes. */
export function readStrayPath(pathname: string): StrayPath {
  const escaped = ESCAPED_SIGN.exec(pathname);
  const rest = escaped === null ? pathname.slice(1) : pathname.slice(escaped.index + escaped[0].length);
  const read = readFragment(`#${rest}`);
  if (read.ok) return { kind: 'sent', link: read.value };
  return { kind: escaped === null ? 'nothing' : 'cut' };
}
