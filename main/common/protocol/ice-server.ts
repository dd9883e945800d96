/** Owns what a STUN or TURN server is: one rule for the settings file, the host's window and the page (RFC 7064, RFC 7065). */

import { readIpv4, readIpv6 } from '../ip-address.ts';
import { PORT_MAX } from './limits.ts';
import type { IceServer } from './messages.ts';

/** Schemes in small letters, as the wire has them. */
const URL = /^(stuns?|turns?):(\[[^\]]*\]|[^:?]*)(?::([^?]*))?(?:\?(.*))?$/s;
const NAME =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?$/i;
const PORT = /^\d{1,5}$/;
/** In small letters: Firefox takes no others. */
const TRANSPORT = /^transport=(?:udp|tcp)$/;
const ENDS_IN_DIGITS = /(?:^|\.)\d+\.?$/;

/** A name, an IPv4 address or an IPv6 address in brackets. */
export function isIceHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']') && readIpv6(text.slice(1, -1)) !== null;
  return ENDS_IN_DIGITS.test(text) ? readIpv4(text) !== null : NAME.test(text);
}

export function isIcePort(text: string): boolean {
  return PORT.test(text) && Number(text) >= 1 && Number(text) <= PORT_MAX;
}

/**
 * Whether browsers take it. A query belongs to TURN alone, and so do name and password, which it has to have. A single
 * wrong server has a browser refuse the whole list.
 */
export function isIceServer({ urls, username = '', credential = '' }: IceServer): boolean {
  const [, scheme, host = '', port, query] = URL.exec(urls) ?? [];
  if (scheme === undefined || !isIceHost(host) || (port !== undefined && !isIcePort(port))) return false;
  const isTurn = scheme.startsWith('turn');
  if (query !== undefined && !(isTurn && TRANSPORT.test(query))) return false;
  return !isTurn || (username !== '' && credential !== '');
}
