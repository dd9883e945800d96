/** Owns the invite link: the part after `#`, which browsers never send, with the room's secret and its admission token. */

import { type Bytes, fromBase64Url, toBase64Url } from '../bytes.ts';

export interface RoomLink {
  /** 32 random bytes that everything is sealed with; the server never has them. */
  readonly secret: Bytes;
  /** 16 random bytes that prove one was invited; the server knows them. */
  readonly token: Bytes;
}

/** 32 and 16 bytes in base64url; a tail that a messenger added is ignored, a cut link is refused. */
const FRAGMENT = /^#([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})(?:[?&/].*)?$/;

/** The link of `location.hash`, or null for anything but a whole, canonical one. */
export function parseFragment(hash: string): RoomLink | null {
  const [, secretText, tokenText] = FRAGMENT.exec(hash) ?? [];
  if (secretText === undefined || tokenText === undefined) return null;
  const secret = fromBase64Url(secretText);
  const token = fromBase64Url(tokenText);
  return secret && token && { secret, token };
}

/** `#<secret>.<token>`, as `parseFragment` reads it. */
export function formatFragment({ secret, token }: RoomLink): string {
  return `#${toBase64Url(secret)}.${toBase64Url(token)}`;
}

/** The link to pass on; `origin` has no trailing slash. */
export function formatInvite(origin: string, link: RoomLink): string {
  return `${origin}/${formatFragment(link)}`;
}
