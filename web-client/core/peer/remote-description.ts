/** Owns the one form in which a peer's session description reaches the browser: a voice and a data channel, and no more. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
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
  writeKnown,
  writeSession,
} from './description-sections.ts';
import { hasOnlyFingerprint } from './sdp.ts';

const AUDIO = /^audio [1-9]\d{0,4} (?:UDP|TCP)\/TLS\/RTP\/SAVPF((?: \d{1,3}){1,32})$/;
const SSRC = /^(\d{1,10}) /;

/** What browsers say of one audio line and one data channel (RFC 9429); other attributes are left out as unknown. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['group', 'msid-semantic', 'extmap-allow-mixed', 'bundle-only', 'mid', 'msid', 'setup', 'fingerprint'],
  ...['ice-ufrag', 'ice-pwd', 'ice-options', 'sendrecv', 'sendonly', 'recvonly', 'inactive'],
  ...[
    'rtcp-mux',
    'rtcp-rsize',
    'rtcp-fb',
    'rtpmap',
    'fmtp',
    'extmap',
    'ssrc',
    'sctp-port',
    'max-message-size',
  ],
]);

/**
 * Refused is what no page of ours makes: a third line (rejected ones too), another order, another voice in a line, lines
 * without a bundle. What is left is written anew line by line, so that the browser reads what was read here.
 */
export function readRemoteDescription(sdp: string, fp: Bytes): Result<RemoteDescription, DescriptionProblem> {
  if (!hasOnlyFingerprint(sdp, fp)) return fail('fingerprint');
  const sections = readSections(sdp);
  if (sections === null || sections.length !== 3) return fail('not-a-call');
  const [session, audio, data] = sections as [Section, Section, Section];
  const payloads = AUDIO.exec(audio.media)?.[1];
  if (payloads === undefined || !isData(data)) return fail('not-a-call');
  const audioMid = midOf(audio);
  const dataMid = midOf(data);
  const ufrag = ufragOf(sections);
  const bundle = only(valuesOf(session, 'group'));
  if (audioMid === null || dataMid === null || audioMid === dataMid) return fail('not-a-call');
  if (bundle !== `BUNDLE ${audioMid} ${dataMid}`) return fail('not-a-call');
  if (ufrag === null) return fail('not-a-call');
  if (!isOneVoice(audio) || [session, data].some(hasSource)) return fail('not-a-call');
  const written = [
    ...writeSession(session, ATTRIBUTES),
    ...[
      `m=audio 9 UDP/TLS/RTP/SAVPF${payloads}`,
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      ...writeKnown(audio, ATTRIBUTES),
    ],
    ...writeData(data, ATTRIBUTES),
    '',
  ];
  return ok({
    sdp: written.join('\r\n'),
    ufrag,
    candidates: [...candidatesOf(audio, audioMid, 0, ufrag), ...candidatesOf(data, dataMid, 1, ufrag)],
  });
}

/** A second source in the line would be another voice to decode. */
function isOneVoice(audio: Section): boolean {
  const sources = valuesOf(audio, 'ssrc').map((value) => SSRC.exec(value)?.[1]);
  return sources.every((source) => source !== undefined && source === sources[0]);
}

/** Whether a voice is said to come where none belongs. */
function hasSource(section: Section): boolean {
  return valuesOf(section, 'ssrc').length > 0;
}
