/** Owns the address of a STUN server as a person types it: what is accepted, and why not. */

import { isIceHost, isIcePort } from '../../../main/common/protocol/ice-server.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';

export type StunProblem =
  /** The address of something else. */
  | 'not-stun'
  /** A TURN server, which takes a name and a password. */
  | 'turn'
  | 'host'
  | 'port';

const SCHEME = /^(stuns?|turns?):(?:\/\/)?/i;
const ANOTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s;
const IPV4 = /^[\d.]+$/;
/** What a URL would take as the end or the beginning of a host. */
const NOT_IN_A_HOST = /[\s/?#@\\%]/;

/**
 * `stun:host[:port]` or `stuns:host[:port]` as RTCPeerConnection takes it, also from a bare `host:port`; null for nothing
 * typed: no server of one's own.
 */
export function readStunServer(typed: string): Result<string | null, StunProblem> {
  const text = typed.trim();
  if (text === '') return ok(null);
  const [written = '', scheme = 'stun'] = SCHEME.exec(text) ?? [];
  const rest = text.slice(written.length);
  if (ANOTHER_SCHEME.test(rest)) return fail('not-stun');
  if (/^turn/i.test(scheme)) return fail('turn');
  const [, hostText = '', portText] = HOST_AND_PORT.exec(rest) ?? [];
  const host = readHost(hostText);
  if (host === null) return fail('host');
  const server = `${scheme.toLowerCase()}:${host}`;
  if (portText === undefined) return ok(server);
  return isIcePort(portText) ? ok(`${server}:${Number(portText)}`) : fail('port');
}

/** Names beyond ASCII in the form the network knows; null for what is no host. */
function readHost(text: string): string | null {
  if (text === '' || NOT_IN_A_HOST.test(text)) return null;
  try {
    const { hostname } = new URL(`http://${text}`);
    // A URL takes "3478" for the address 0.0.13.150.
    if (IPV4.test(hostname) && hostname !== text) return null;
    return isIceHost(hostname) ? hostname : null;
  } catch {
    return null;
  }
}
