/** Owns reading a session description as its sections, and writing of these what is known, so that the browser reads what was read here. */

import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { DESCRIPTION_LINES_MAX } from '../../../main/common/protocol/limits.ts';

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

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The session's part, or that of one medium. */
export interface Section {
  /** What its first line says. */
  readonly media: string;
  readonly origin: string;
  readonly attributes: Attribute[];
}

const LINE = /^([a-z])=([\x20-\x7e]*)$/;
const ORIGIN = /^([!-~]{1,64} \d{1,20} \d{1,20}) IN IP[46] \S+$/;
const DATA = /^application \d{1,5} (?:UDP|TCP)\/DTLS\/SCTP webrtc-datachannel$/;
const MID = /^[\w.+-]{1,16}$/;
const UFRAG = /^[A-Za-z0-9+/]{4,256}$/;

/** The session's first; null for what is no description, or a huge one. */
export function readSections(sdp: string): readonly Section[] | null {
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

export function valuesOf({ attributes }: Section, name: string): readonly string[] {
  return attributes.filter((attribute) => attribute.name === name).map(({ value }) => value);
}

/** The one value that all of them are; null where there is none, or they differ. */
export function only(values: readonly string[]): string | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

export function midOf(section: Section): string | null {
  const mids = valuesOf(section, 'mid');
  const [mid = ''] = mids;
  return mids.length === 1 && MID.test(mid) ? mid : null;
}

/** The ICE name that all sections share; null where they do not. */
export function ufragOf(sections: readonly Section[]): string | null {
  const ufrag = only(sections.flatMap((section) => valuesOf(section, 'ice-ufrag')));
  return ufrag !== null && UFRAG.test(ufrag) ? ufrag : null;
}

/** Whether the section is the one that data channels go by. */
export function isData({ media }: Section): boolean {
  return DATA.test(media);
}

export function writeSession(session: Section, attributes: ReadonlySet<string>): readonly string[] {
  return ['v=0', `o=${session.origin} IN IP4 0.0.0.0`, 's=-', 't=0 0', ...writeKnown(session, attributes)];
}

export function writeData(data: Section, attributes: ReadonlySet<string>): readonly string[] {
  const isBundleOnly = attributes.has('bundle-only') && valuesOf(data, 'bundle-only').length > 0;
  return [
    `m=application ${isBundleOnly ? 0 : 9} UDP/DTLS/SCTP webrtc-datachannel`,
    'c=IN IP4 0.0.0.0',
    ...writeKnown(data, attributes),
  ];
}

export function writeKnown(section: Section, attributes: ReadonlySet<string>): readonly string[] {
  return section.attributes
    .filter(({ name }) => attributes.has(name))
    .map(({ name, value }) => (value === '' ? `a=${name}` : `a=${name}:${value}`));
}

export function candidatesOf(
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
