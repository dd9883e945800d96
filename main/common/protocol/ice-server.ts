/** Owns what a STUN or TURN server is: one rule for settings, command line and page, and what is wrong with another (RFC 7064, RFC 7065). */

import { readIpv4, readIpv6 } from '../ip-address.ts';
import { fail, ok, type Result } from '../result.ts';
import { PORT_MAX } from './limits.ts';
import type { IceServer } from './messages.ts';

/** Schemes in small letters, as the wire has them. */
const URL = /^(stun|turn)s?:(\[[^\]]*\]|[^:?]*)(?::([^?]*))?(?:\?(.*))?$/s;
const NAME =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?$/i;
const PORT = /^\d{1,5}$/;
/** In small letters: Firefox takes no others. */
const TRANSPORT = /^transport=(?:udp|tcp)$/;
const ENDS_IN_DIGITS = /(?:^|\.)\d+\.?$/;

export type IceProtocol = 'stun' | 'turn';

/** The part in which the address of a server is none; `login` and `slashes` belong to addresses of other kinds. */
export type IceUrlFault = 'scheme' | 'slashes' | 'login' | 'host' | 'brackets' | 'port' | 'transport';

/** A name, an IPv4 address or an IPv6 address in brackets. */
export function isIceHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']') && readIpv6(text.slice(1, -1)) !== null;
  return ENDS_IN_DIGITS.test(text) ? readIpv4(text) !== null : NAME.test(text);
}

export function isIcePort(text: string): boolean {
  return PORT.test(text) && Number(text) >= 1 && Number(text) <= PORT_MAX;
}

/** What the address of a server asks for; a query belongs to TURN alone. */
export function readIceUrl(url: string): Result<IceProtocol, IceUrlFault> {
  const [, scheme, host = '', port, query] = URL.exec(url) ?? [];
  if (scheme !== 'stun' && scheme !== 'turn') return fail('scheme');
  if (host.startsWith('//')) return fail('slashes');
  if (url.includes('@')) return fail('login');
  if (readIpv6(`${host}:${port}`) !== null) return fail('brackets');
  if (!isIceHost(host)) return fail('host');
  if (port !== undefined && !isIcePort(port)) return fail('port');
  if (query !== undefined && !(scheme === 'turn' && TRANSPORT.test(query))) return fail('transport');
  return ok(scheme);
}

/** Whether browsers take it: TURN has to have name and password. A single wrong server has a browser refuse the whole list. */
export function isIceServer({ urls, username = '', credential = '' }: IceServer): boolean {
  const read = readIceUrl(urls);
  return read.ok && (read.value === 'stun' || (username !== '' && credential !== ''));
}
