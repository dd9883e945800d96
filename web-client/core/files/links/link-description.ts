/** Owns the one form in which the description of a link reaches the browser: a data channel, and no more. */

import type { Bytes } from '../../../../main/common/bytes.ts';
import { FILE_MESSAGE_LEAST_BYTES } from '../../../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../../../main/common/result.ts';
import {
  candidatesOf,
  type DescriptionProblem,
  isData,
  midOf,
  only,
  type RemoteDescription,
  readSections,
  type Section,
  ufragOf,
  valuesOf,
  writeData,
  writeSession,
} from '../../peer/description-sections.ts';
import { hasOnlyFingerprint } from '../../peer/sdp.ts';

/** What browsers say of one data channel alone (RFC 9429); other attributes are left out as unknown. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['group', 'mid', 'setup', 'fingerprint', 'ice-ufrag', 'ice-pwd', 'ice-options'],
  ...['sendrecv', 'sctp-port', 'max-message-size'],
]);
const WHOLE_NUMBER = /^\d{1,10}$/;

/**
 * As strict as for a voice: refused is every other number of lines, a line without a bundle, and messages so short that a file would
 * take forever; what is left is written anew.
 */
export function readLinkDescription(sdp: string, fp: Bytes): Result<RemoteDescription, DescriptionProblem> {
  if (!hasOnlyFingerprint(sdp, fp)) return fail('fingerprint');
  const sections = readSections(sdp);
  if (sections === null || sections.length !== 2) return fail('not-a-call');
  const [session, data] = sections as [Section, Section];
  const mid = midOf(data);
  const ufrag = ufragOf(sections);
  if (!isData(data) || mid === null || ufrag === null) return fail('not-a-call');
  if (only(valuesOf(session, 'group')) !== `BUNDLE ${mid}`) return fail('not-a-call');
  if (!valuesOf(data, 'max-message-size').every(isEnough)) return fail('not-a-call');
  const written = [...writeSession(session, ATTRIBUTES), ...writeData(data, ATTRIBUTES), ''];
  return ok({ sdp: written.join('\r\n'), ufrag, candidates: candidatesOf(data, mid, 0, ufrag) });
}

/** 0 stands for any size (RFC 8841, section 6.1). */
function isEnough(value: string): boolean {
  const bytes = Number(value);
  return WHOLE_NUMBER.test(value) && (bytes === 0 || bytes >= FILE_MESSAGE_LEAST_BYTES);
}
