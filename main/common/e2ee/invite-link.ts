/** Owns the invite link: the part after `#`, which browsers never send, with the room's secret, its token and a certificate. */

import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../bytes.ts';
import type { UrlLike } from '../platform.ts';
import { fail, ok, type Result } from '../result.ts';
import { withoutInvisible } from '../web-address.ts';

export interface RoomLink {
  /** 32 random bytes that everything is sealed with; the server never has them. */
  readonly secret: Bytes;
  /** 16 random bytes that prove one was invited; the server knows them. */
  readonly token: Bytes;
  /** SHA-256 of the certificate that the server shows at a local address; null in a link to any other. */
  readonly certificate: Bytes | null;
}

/** Why a fragment is no link: something of it is missing, or something is there that was never sent. */
export type FragmentProblem = 'cut' | 'changed';

const SECRET_CHARACTERS = 43;
const TOKEN_CHARACTERS = 22;
const CERTIFICATE_CHARACTERS = 43;
/** The parts, as long as they come. */
const PARTS = /^#\s*([\w-]*)(?:\.([\w-]*))?(?:\.([\w-]*))?/;
/** Of the alphabet, and set around links by people: `_https://…_`, `https://… --`. */
const EMPHASIS = /[-_]+$/;
/** Markdown's way to keep a sign from meaning something. */
const BACKSLASH = /\\(?=[-_.])/g;
const ESCAPES = /(?:%[\da-f]{2})+/gi;

/**
 * The link of `location.hash`. Its parts have one length and one alphabet, so whatever follows that is not of the
 * alphabet was added on the way and is left out; so is what was put between without changing them. A browser makes no use
 * of the certificate, so a link with a damaged one is to it a link without.
 */
export function readFragment(hash: string): Result<RoomLink, FragmentProblem> {
  const { secretText, tokenText, certificateText } = partsOf(hash);
  const missing = secretText.length < SECRET_CHARACTERS || tokenText.length < TOKEN_CHARACTERS;
  if (missing) return fail(secretText.length > SECRET_CHARACTERS ? 'changed' : 'cut');
  if (secretText.length > SECRET_CHARACTERS || tokenText.length > TOKEN_CHARACTERS) return fail('changed');
  const secret = fromBase64Url(secretText);
  const token = fromBase64Url(tokenText);
  const whole = certificateText.length === CERTIFICATE_CHARACTERS;
  const certificate = whole ? fromBase64Url(certificateText) : null;
  return secret && token ? ok({ secret, token, certificate }) : fail('changed');
}

/** As `readFragment`, for whoever relies on the certificate: where something of one is left, the link was cut or changed. */
export function readPinnedFragment(hash: string): Result<RoomLink, FragmentProblem> {
  const read = readFragment(hash);
  const { certificateText } = partsOf(hash);
  if (!read.ok || read.value.certificate !== null || certificateText === '') return read;
  return fail(certificateText.length < CERTIFICATE_CHARACTERS ? 'cut' : 'changed');
}

/** What of an address is to be read: its fragment, or all behind the host where the # was escaped on the way. */
export function fragmentIn({ hash, pathname, search }: UrlLike): string {
  return hash === '' ? pathname.slice(1) + search : hash;
}

/** As `readFragment`, or null for anything but a whole link. */
export function parseFragment(hash: string): RoomLink | null {
  const read = readFragment(hash);
  return read.ok ? read.value : null;
}

/** `#<secret>.<token>`, at a local address `.<certificate>` behind it, as `readFragment` reads it. */
export function formatFragment({ secret, token, certificate }: RoomLink): string {
  const parts = certificate === null ? [secret, token] : [secret, token, certificate];
  return `#${parts.map(toBase64Url).join('.')}`;
}

/** Whether two links open the same door, be it at another address. */
export function isSameRoom(a: RoomLink, b: RoomLink): boolean {
  return equalBytes(a.secret, b.secret) && equalBytes(a.token, b.token);
}

/** The link to pass on; `origin` has no trailing slash. */
export function formatInvite(origin: string, link: RoomLink): string {
  return `${origin}/${formatFragment(link)}`;
}

function partsOf(hash: string) {
  const [, secretText = '', token = '', certificate = ''] = PARTS.exec(withoutAdditions(hash)) ?? [];
  return {
    secretText,
    tokenText: withoutEmphasis(token, TOKEN_CHARACTERS),
    certificateText: withoutEmphasis(certificate, CERTIFICATE_CHARACTERS),
  };
}

/** Some programs escape what was escaped before. */
function withoutAdditions(text: string): string {
  return withoutInvisible(unescaped(unescaped(text))).replace(BACKSLASH, '');
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

/** A part may end in the same signs: only what is too much goes. */
function withoutEmphasis(part: string, characters: number): string {
  return part.slice(characters).replace(EMPHASIS, '') === '' ? part.slice(0, characters) : part;
}
