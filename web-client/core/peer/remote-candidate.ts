/** Owns remote ICE candidates: which of them the browser may see, and the one form in which it sees them. */

import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { PORT_MAX } from '../../../main/common/protocol/limits.ts';
import { type NetworkAddress, readNetworkAddress } from './network-address.ts';

export interface RemoteCandidate {
  readonly candidate: IceCandidateBody;
  /** Equal for two that lead to the same place. */
  readonly key: string;
  /** It leads to a place of a private network, or to one that is told by its name alone. */
  readonly isPrivate: boolean;
}

/** The browsers' own rule (libwebrtc's): what listens below is some other service. */
const PORT_MIN = 1_024;
/** What stands for a port that is not told (RFC 8839, section 5.1). */
const DISCARD_PORT = 9;
const PRIORITY_MAX = 2 ** 31 - 1;

const FOUNDATION = /^[A-Za-z0-9+/]{1,32}$/;
const COMPONENT = /^[12]$/;
const TRANSPORT = /^(?:udp|tcp)$/;
const WHOLE_NUMBER = /^[1-9]\d{0,9}$/;
const TYPE = /^(?:host|srflx|prflx|relay)$/;
const TCP_TYPE = /^(?:passive|so)$/;
/** A name that a browser puts in the place of an address of its own network (RFC 8828, draft-ietf-mmusic-mdns-ice-candidates). */
const MDNS_NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.local$/;
const UFRAG = /^[A-Za-z0-9+/]{4,256}$/;
const MID = /^[\w.+-]{1,16}$/;
const LINES = 2;

const TCP_ACTIVE = / tcptype active(?: |$)/i;

/** Whether a candidate names a place that the other side can talk to; active TCP only knocks itself. */
export function isReachable(candidate: string): boolean {
  return candidate !== '' && !TCP_ACTIVE.test(candidate);
}

/**
 * RFC 8839, section 5.1. Only an IP address on a network and a browser's own `.local` name are taken: any other one would
 * have the browser knock at this computer, or look up a name. Foundation, priority and type are kept, related addresses
 * and extensions are not, but for `tcptype` and `ufrag`. Active TCP is no place to knock at (RFC 6544, section 4.5).
 */
export function readRemoteCandidate(body: IceCandidateBody): RemoteCandidate | null {
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = body;
  if (sdpMid !== null && !MID.test(sdpMid)) return null;
  if (sdpMLineIndex !== null && sdpMLineIndex >= LINES) return null;
  if (usernameFragment !== null && !UFRAG.test(usernameFragment)) return null;
  const read = candidate === '' ? { line: '', place: 'end', isPrivate: false } : readLine(candidate);
  if (read === null) return null;
  const key = `${usernameFragment ?? ''} ${sdpMid ?? sdpMLineIndex ?? ''} ${read.place}`;
  const { line, isPrivate } = read;
  return { candidate: { candidate: line, sdpMid, sdpMLineIndex, usernameFragment }, key, isPrivate };
}

interface CandidateLine {
  readonly line: string;
  readonly place: string;
  readonly isPrivate: boolean;
}

function readLine(text: string): CandidateLine | null {
  const [
    head = '',
    component = '',
    transportText = '',
    priority = '',
    host = '',
    port = '',
    typ,
    type = '',
    ...rest
  ] = text.split(' ');
  const transport = transportText.toLowerCase();
  const extensions = readExtensions(rest);
  const read = readAddress(host, type);
  if (extensions === null || read === null || typ !== 'typ') return null;
  const [prefix, foundation = '', ...more] = head.split(':');
  if (prefix !== 'candidate' || more.length > 0 || !FOUNDATION.test(foundation)) return null;
  if (!COMPONENT.test(component) || !TRANSPORT.test(transport) || !TYPE.test(type)) return null;
  if (!WHOLE_NUMBER.test(priority) || Number(priority) > PRIORITY_MAX) return null;
  const tcpType = extensions.get('tcptype');
  if (transport === 'tcp' ? !TCP_TYPE.test(tcpType ?? '') : tcpType !== undefined) return null;
  if (!isPort(port)) return null;
  const ufrag = extensions.get('ufrag');
  if (ufrag !== undefined && !UFRAG.test(ufrag)) return null;
  const { text: address, isPrivate } = read;
  const place = [component, tcpType ?? transport, address, port].join(' ');
  const line = [
    `candidate:${foundation}`,
    ...[component, transport, priority, address, port, 'typ', type],
    // What stands there for those who do not want to tell (RFC 8839, section 5.1); the parsers want it to stand there.
    ...(type === 'host'
      ? []
      : ['raddr', address.includes(':') ? '::' : '0.0.0.0', 'rport', String(DISCARD_PORT)]),
    ...(tcpType === undefined ? [] : ['tcptype', tcpType]),
    ...(ufrag === undefined ? [] : ['ufrag', ufrag]),
  ];
  return { line: line.join(' '), place, isPrivate };
}

function readAddress(host: string, type: string): NetworkAddress | null {
  const name = host.toLowerCase();
  return type === 'host' && MDNS_NAME.test(name) ? { text: name, isPrivate: true } : readNetworkAddress(host);
}

function isPort(text: string): boolean {
  const port = Number(text);
  return WHOLE_NUMBER.test(text) && port >= PORT_MIN && port <= PORT_MAX;
}

/** Names and values in turn; null where one lacks its value, or a name comes twice. */
function readExtensions(words: readonly string[]): ReadonlyMap<string, string> | null {
  const extensions = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) {
    const [name = '', value = ''] = words.slice(index, index + 2);
    if (name === '' || value === '' || extensions.has(name)) return null;
    extensions.set(name, value);
  }
  return extensions;
}
