/** Owns the fields that bodies of several kinds have in common. */

import * as v from 'valibot';
import { ICE_CANDIDATES_PER_BOX, NONCE_BYTES } from './limits.ts';

const SDP_MAX_UNITS = 30_000;
const CANDIDATE_MAX_UNITS = 1_000;

export const sdpField = v.pipe(v.string(), v.maxLength(SDP_MAX_UNITS));

/** 32 bytes in base64url, in their canonical form. */
export const binary32 = v.pipe(
  v.string(),
  v.length(Math.ceil((NONCE_BYTES * 4) / 3)),
  v.regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/),
);

const shortText = v.nullable(v.pipe(v.string(), v.maxLength(300)));

/** An RTCIceCandidateInit as it travels; an empty `candidate` ends the list (RFC 8838, section 13). */
const candidate = v.strictObject({
  candidate: v.pipe(v.string(), v.maxLength(CANDIDATE_MAX_UNITS)),
  sdpMid: shortText,
  sdpMLineIndex: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  usernameFragment: shortText,
});

export const candidatesField = v.pipe(
  v.array(candidate),
  v.minLength(1),
  v.maxLength(ICE_CANDIDATES_PER_BOX),
);
