/** Owns the origins that may be added by hand: public https addresses, brought to the form browsers send. */

import { fail, ok, type Result } from '../common/result.ts';

/** Before anything is normalised: no path but a slash, no credentials, no query, no fragment. */
const ORIGIN = /^https:\/\/[^\s/?#@\\]+\/?$/i;
const HOST_NAME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;
const ORIGIN_MAX_CHARACTERS = 262;

/** The origin (`https://name[:port]`, lower case, names in ASCII) of what a person typed. */
export function parseOrigin(typed: string): Result<string, 'bad-origin'> {
  const text = typed.trim();
  if (!ORIGIN.test(text) || !URL.canParse(text)) return fail('bad-origin');
  const { origin, hostname } = new URL(text);
  if (origin.length > ORIGIN_MAX_CHARACTERS) return fail('bad-origin');
  return HOST_NAME.test(hostname) || IPV6.test(hostname) ? ok(origin) : fail('bad-origin');
}
