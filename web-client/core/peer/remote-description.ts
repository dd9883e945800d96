/** Owns the one form in which a peer's session description reaches the browser: a voice and a data channel, and no more. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { DESCRIPTION_LINES_MAX } from '../../../main/common/protocol/limits.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import { hasOnlyFingerprint } from './sdp.ts';

export interface RemoteDescription {
  /** Without addresses and candidates, and with nothing that was not looked for. */
  readonly sdp: string;
  /** Names the ICE generation. */
  readonly ufrag: string;
  /** Those that stood in it, unread. */
  readonly candidates: readonly IceCandidateBody[];
}

export type DescriptionProblem =
  /** It names another certificate than the peer's. */
  | 'fingerprint'
  /** It is not what our pages make. */
  | 'not-a-call';

const LINE = /^([a-z])=([\x20-\x7e]*)$/;
const ORIGIN = /^([!-~]{1,64} \d{1,20} \d{1,20}) IN IP[46] \S+$/;
const AUDIO = /^audio [1-9]\d{0,4} (?:UDP|TCP)\/TLS\/RTP\/SAVPF((?: \d{1,3}){1,32})$/;
const DATA = /^application \d{1,5} (?:UDP|TCP)\/DTLS\/SCTP webrtc-datachannel$/;
const MID = /^[\w.+-]{1,16}$/;
const UFRAG = /^[A-Za-z0-9+/]{4,256}$/;
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

interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The session's part, or that of one medium. */
interface Section {
  /** What its first line says. */
  readonly media: string;
  readonly origin: string;
  readonly attributes: Attribute[];
}

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
  if (payloads === undefined || !DATA.test(data.media)) return fail('not-a-call');
  const audioMid = midOf(audio);
  const dataMid = midOf(data);
  const ufrag = only(sections.flatMap((section) => valuesOf(section, 'ice-ufrag')));
  const bundle = only(valuesOf(session, 'group'));
  if (audioMid === null || dataMid === null || audioMid === dataMid) return fail('not-a-call');
  if (bundle !== `BUNDLE ${audioMid} ${dataMid}`) return fail('not-a-call');
  if (ufrag === null || !UFRAG.test(ufrag)) return fail('not-a-call');
  if (!isOneVoice(audio) || [session, data].some(hasSource)) return fail('not-a-call');
  const bundleOnly = valuesOf(data, 'bundle-only').length > 0;
  const written = [
    ...['v=0', `o=${session.origin} IN IP4 0.0.0.0`, 's=-', 't=0 0', ...known(session)],
    ...[
      `m=audio 9 UDP/TLS/RTP/SAVPF${payloads}`,
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      ...known(audio),
    ],
    `m=application ${bundleOnly ? 0 : 9} UDP/DTLS/SCTP webrtc-datachannel`,
    ...['c=IN IP4 0.0.0.0', ...known(data), ''],
  ];
  return ok({
    sdp: written.join('\r\n'),
    ufrag,
    candidates: [...candidatesOf(audio, audioMid, 0, ufrag), ...candidatesOf(data, dataMid, 1, ufrag)],
  });
}

/** null for what is no description, or a huge one. */
function readSections(sdp: string): readonly Section[] | null {
  const lines = sdp.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > DESCRIPTION_LINES_MAX) return null;
  let origin = '';
  const sections: Section[] = [];
  let attributes: Attribute[] = [];
  for (const line of lines) {
    const [, type, text = ''] = LINE.exec(line) ?? [];
    if (type === undefined) return null;
    if (type === 'o') origin = ORIGIN.exec(text)?.[1] ?? '';
    if (sections.length === 0 || type === 'm') {
      if (type === 'm' && sections.length === 0) return null;
      attributes = [];
      sections.push({ media: text, origin: '', attributes });
    }
    if (type === 'a') attributes.push(readAttribute(text));
  }
  const [session, ...media] = sections;
  return session === undefined || origin === '' ? null : [{ ...session, origin }, ...media];
}

function readAttribute(text: string): Attribute {
  const colon = text.indexOf(':');
  return colon < 0 ? { name: text, value: '' } : { name: text.slice(0, colon), value: text.slice(colon + 1) };
}

function valuesOf({ attributes }: Section, name: string): readonly string[] {
  return attributes.filter((attribute) => attribute.name === name).map(({ value }) => value);
}

/** The one value that all of them are; null where there is none, or they differ. */
function only(values: readonly string[]): string | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

function midOf(section: Section): string | null {
  const mids = valuesOf(section, 'mid');
  const [mid = ''] = mids;
  return mids.length === 1 && MID.test(mid) ? mid : null;
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

function known({ attributes }: Section): readonly string[] {
  return attributes
    .filter(({ name }) => ATTRIBUTES.has(name))
    .map(({ name, value }) => (value === '' ? `a=${name}` : `a=${name}:${value}`));
}

function candidatesOf(
  section: Section,
  sdpMid: string,
  sdpMLineIndex: number,
  usernameFragment: string,
): readonly IceCandidateBody[] {
  return valuesOf(section, 'candidate').map((value) => ({
    candidate: `candidate:${value}`,
    sdpMid,
    sdpMLineIndex,
    usernameFragment,
  }));
}
