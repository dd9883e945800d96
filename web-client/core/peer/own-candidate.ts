/** Owns which of the own ICE candidates leave the page where addresses are hidden: a relay's, without what stands behind it. */

import type { CandidateLike } from '../browser-api.ts';

/** RFC 8839, section 5.1; TYPE is where the line's prefix allows for no blank before it. */
const IS_RELAYED = /^\S+ \S+ \S+ \S+ \S+ \S+ typ relay(?: |$)/;
const RELATED = / raddr \S+ rport \S+/;
const CANDIDATE_LINE = /^a=(candidate:.*)(\r?\n)/gm;
/** Of the line a browser writes its best address into, and of that for RTCP. */
const DEFAULT_ADDRESS = /^(c=|a=rtcp:\d+ )IN IP[46] \S+/gm;
/** What stands there for those who do not tell (RFC 8839, section 5.1). */
const UNTOLD = { related: ' raddr 0.0.0.0 rport 9', address: 'IN IP4 0.0.0.0' } as const;

/** null if it is not to leave; the end of the candidates always does. */
export function relayedCandidate(found: CandidateLike): CandidateLike | null {
  if (found.candidate === '') return found;
  const candidate = relayedLine(found.candidate);
  if (candidate === null) return null;
  const { sdpMid, sdpMLineIndex, usernameFragment } = found;
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

/** A description with no other candidates, and no address anywhere else. */
export function withRelayedCandidates(sdp: string): string {
  return sdp
    .replace(CANDIDATE_LINE, (_line, text: string, end: string) => {
      const line = relayedLine(text);
      return line === null ? '' : `a=${line}${end}`;
    })
    .replace(DEFAULT_ADDRESS, `$1${UNTOLD.address}`);
}

function relayedLine(text: string): string | null {
  return IS_RELAYED.test(text) ? text.replace(RELATED, UNTOLD.related) : null;
}
