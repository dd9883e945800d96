/** Owns what goes wrong with STUN and TURN servers: counts of it by way and code, and what these say of the relays. */

import { type ServerWay, turnRefusal } from '../../../main/common/protocol/turn-answers.ts';
import type { ConnectObstacle } from '../state/connect-diagnosis.ts';

/** How often which way came to which code, as `udp-401`. */
export type ServerErrors = Readonly<Record<string, number>>;

/** Kinds of errors that are told apart. */
const KINDS_MAX = 16;

export function withServerError(errors: ServerErrors, way: ServerWay, code: number): ServerErrors {
  const key = `${way}-${code}`;
  if (!(key in errors) && Object.keys(errors).length >= KINDS_MAX) return errors;
  return { ...errors, [key]: (errors[key] ?? 0) + 1 };
}

/**
 * Why no relay gave this side an address: what one said, before that others said nothing. Only relays say such things, and Firefox names none.
 * @param ended whether by this device's clock the credentials are good no more
 */
export function relayObstacle(errors: ServerErrors, ended: boolean): ConnectObstacle {
  const refusal = turnRefusal(Object.keys(errors).map((key) => Number(key.split('-')[1])));
  return ended && refusal === 'refused' ? 'relay-ended' : `relay-${refusal}`;
}
