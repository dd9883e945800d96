/** Owns what goes wrong with STUN and TURN servers: by which way a server was asked, and what its answers say of the relays. */

import type { ConnectObstacle } from '../state/connect-diagnosis.ts';

/** STUN, or TURN by its transport (RFC 7065). */
export type ServerWay = 'stun' | 'udp' | 'tcp' | 'tls';

/** How often which way came to which code, as `udp-401`. */
export type ServerErrors = Readonly<Record<string, number>>;

/** Kinds of errors that are told apart. */
const KINDS_MAX = 16;

/** RFC 8656, section 19, and RFC 8489, section 14.8: the name or password is not good there, or not any more. */
const REFUSED = [401, 403, 431, 438, 441];
/** RFC 8656, section 19: the quota of the name is reached, or the server has no room for anybody. */
const FULL = [486, 508];

/** @param url as the browser tells it; empty where it tells none */
export function serverWay(url: string): ServerWay {
  const [scheme = '', ...rest] = url.toLowerCase().split(':');
  if (scheme === 'turns') return 'tls';
  if (scheme !== 'turn') return 'stun';
  return rest.join(':').endsWith('?transport=tcp') ? 'tcp' : 'udp';
}

export function withServerError(errors: ServerErrors, way: ServerWay, code: number): ServerErrors {
  const key = `${way}-${code}`;
  if (!(key in errors) && Object.keys(errors).length >= KINDS_MAX) return errors;
  return { ...errors, [key]: (errors[key] ?? 0) + 1 };
}

/** Why no relay gave this side an address: what one said, before that others said nothing. Only relays say such things, and Firefox names none. */
export function relayObstacle(errors: ServerErrors): ConnectObstacle {
  const said = (codes: readonly number[]) =>
    Object.keys(errors).some((key) => codes.includes(Number(key.split('-')[1])));
  if (said(FULL)) return 'relay-full';
  return said(REFUSED) ? 'relay-refused' : 'relay-silent';
}
