/** Owns what is known of a TURN server from outside: by which way it is asked, and what the codes of its refusals mean. */

/** STUN, or TURN by its transport (RFC 7065). */
export type ServerWay = 'stun' | 'udp' | 'tcp' | 'tls';

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

/** Why it gave no relay, by what it or the browser said of it: it may have said several things, and the plainest counts. */
export function turnRefusal(codes: readonly number[]): 'full' | 'refused' | 'silent' {
  if (codes.some((code) => FULL.includes(code))) return 'full';
  return codes.some((code) => REFUSED.includes(code)) ? 'refused' : 'silent';
}
