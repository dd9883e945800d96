/** Owns the SDP of a peer: what it must hold before the browser may see it, and the few things that are changed in it. */

import { type Bytes, equalBytes } from '../../../main/common/bytes.ts';
import { parseFingerprint } from '../../../main/common/e2ee/identity.ts';

/** Not only `a=fingerprint`: readers of SDP differ in which blanks and separators they pass over. */
const MENTIONS_FINGERPRINT = /fingerprint/i;
const FINGERPRINT_LINE = /^a=fingerprint:sha-256 ([0-9a-f:]+)$/i;

/**
 * Whether every `a=fingerprint` of the description, at session and media level, is SHA-256 and equals `fp`, and there
 * is at least one (RFC 8122, section 5). A line that mentions a fingerprint in any other spelling is refused.
 */
export function hasOnlyFingerprint(sdp: string, fp: Bytes): boolean {
  const lines = sdp.split(/[\r\n]+/).filter((line) => MENTIONS_FINGERPRINT.test(line));
  return lines.length > 0 && lines.every((line) => isFingerprint(line, fp));
}

function isFingerprint(line: string, fp: Bytes): boolean {
  const bytes = parseFingerprint(FINGERPRINT_LINE.exec(line)?.[1] ?? '');
  return bytes !== null && equalBytes(bytes, fp);
}

/**
 * The peer's description with `usedtx=1` in its Opus parameters (RFC 7587, section 6.1): then the own encoder sends
 * next to nothing in silence. No browser has another switch for this; mono and in-band FEC are what they do unasked.
 */
export function withDiscontinuousOpus(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (payload === undefined) return sdp;
  return sdp.replace(
    new RegExp(`^(a=fmtp:${payload} )([^\r\n]*)`, 'm'),
    (line, head: string, parameters: string) =>
      /\busedtx=/.test(parameters) ? line : `${head}${parameters};usedtx=1`,
  );
}

/** An own answer with the ICE name and password of an earlier one. */
export function withCredentialsOf(earlier: string, sdp: string): string {
  const names = ['ice-ufrag', 'ice-pwd'];
  return names.reduce((changed, name) => {
    const line = new RegExp(`^a=${name}:.*$`, 'm').exec(earlier)?.[0];
    return line === undefined ? changed : changed.replace(new RegExp(`^a=${name}:.*$`, 'gm'), line);
  }, sdp);
}

/**
 * The peer's description without the source of its voice (RFC 5576, section 4): the voice may come from another one, and is
 * known by its line all the same (RFC 9143, section 9.2). Chromium plays no other source than the one it was told.
 */
export function withoutSources(sdp: string): string {
  return sdp.replace(/^a=ssrc(?:-group)?:.*\r?\n/gm, '');
}

/**
 * Which side of one connection is the client in DTLS: its first answer settles that for as long as it lasts.
 *
 * Firefox (153) answers a restart of ICE as the client whatever it is, since the offer leaves both roles open, as it should
 * (RFC 8842). Chromium refuses to change the role. Told the peer's role in the offer, every browser answers with its own.
 */
export class DtlsRole {
  #peers: 'active' | 'passive' | null = null;

  handleAnswer(sdp: string, by: 'self' | 'peer'): void {
    const role = /^a=setup:(active|passive)/m.exec(sdp)?.[1];
    if (role !== undefined) this.#peers ??= (role === 'active') === (by === 'peer') ? 'active' : 'passive';
  }

  /** The peer's offer as the own browser is to see it. */
  settle(sdp: string): string {
    return this.#peers === null ? sdp : sdp.replaceAll('a=setup:actpass', `a=setup:${this.#peers}`);
  }
}
