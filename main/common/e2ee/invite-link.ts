/** Owns the invite link: the part after `#`, which browsers never send, with the room's secret and its admission token. */

import { type Bytes, fromBase64Url, toBase64Url } from '../bytes.ts';
import { fail, ok, type Result } from '../result.ts';

export interface RoomLink {
  /** 32 random bytes that everything is sealed with; the server never has them. */
  readonly secret: Bytes;
  /** 16 random bytes that prove one was invited; the server knows them. */
  readonly token: Bytes;
}

/** Why a fragment is no link: something of it is missing, or something is there that was never sent. */
export type FragmentProblem = 'cut' | 'changed';

const SECRET_CHARACTERS = 43;
const TOKEN_CHARACTERS = 22;
/** Both parts, as long as they come. */
const PARTS = /^#\s*([\w-]*)(?:\.([\w-]*))?/;
/** Of the alphabet, and set around links by people: `_https://…_`, `https://… --`. */
const EMPHASIS = /[-_]+$/;
/** Nobody sees these, and some programs put them into links: zero-width spaces, marks of direction, soft hyphens. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Markdown's way to keep a sign from meaning something. */
const BACKSLASH = /\\(?=[-_.])/g;
const ESCAPES = /(?:%[\da-f]{2})+/gi;

/**
 * The link of `location.hash`. Its two parts have one length and one alphabet, so whatever follows that is not of the
 * alphabet was added on the way and is left out; so is what was put between without changing them.
 */
export function readFragment(hash: string): Result<RoomLink, FragmentProblem> {
  const text = withoutAdditions(hash);
  const [, secretText = '', longToken = ''] = PARTS.exec(text) ?? [];
  const tokenText = longToken.length > TOKEN_CHARACTERS ? withoutEmphasis(longToken) : longToken;
  const missing = secretText.length < SECRET_CHARACTERS || tokenText.length < TOKEN_CHARACTERS;
  if (missing) return fail(secretText.length > SECRET_CHARACTERS ? 'changed' : 'cut');
  if (secretText.length > SECRET_CHARACTERS || tokenText.length > TOKEN_CHARACTERS) return fail('changed');
  const secret = fromBase64Url(secretText);
  const token = fromBase64Url(tokenText);
  return secret && token ? ok({ secret, token }) : fail('changed');
}

/** As `readFragment`, or null for anything but a whole link. */
export function parseFragment(hash: string): RoomLink | null {
  const read = readFragment(hash);
  return read.ok ? read.value : null;
}

/** `#<secret>.<token>`, as `readFragment` reads it. */
export function formatFragment({ secret, token }: RoomLink): string {
  return `#${toBase64Url(secret)}.${toBase64Url(token)}`;
}

/** The link to pass on; `origin` has no trailing slash. */
export function formatInvite(origin: string, link: RoomLink): string {
  return `${origin}/${formatFragment(link)}`;
}

/** Some programs escape what was escaped before. */
function withoutAdditions(text: string): string {
  return unescaped(unescaped(text)).replace(INVISIBLE, '').replace(BACKSLASH, '');
}

function unescaped(text: string): string {
  return text.replace(ESCAPES, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** The token may end in the same signs: only what is too much goes. */
function withoutEmphasis(longToken: string): string {
  const kept = longToken.slice(0, TOKEN_CHARACTERS);
  return longToken.slice(TOKEN_CHARACTERS).replace(EMPHASIS, '') === '' ? kept : longToken;
}
