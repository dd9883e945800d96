/** Owns what the host knows of a TURN server: its address, and the credentials by which guests may use it. */

import * as v from 'valibot';
import { type IceUrlFault, readIceUrl } from '../protocol/ice-server.ts';
import {
  ICE_CREDENTIAL_MAX_UNITS,
  ICE_SERVERS_MAX,
  ICE_URL_MAX_UNITS,
  TURN_SECRET_MAX_UNITS,
  TURN_USERNAME_MAX_BYTES,
} from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';

export type TurnCredentials =
  /** The same for everybody, and known to them. */
  | { readonly kind: 'static'; readonly username: string; readonly password: string }
  /** What host and server know and nobody else; each guest gets credentials made from it, which end. */
  | { readonly kind: 'shared-secret'; readonly secret: string };

export interface TurnServer {
  readonly url: string;
  readonly credentials: TurnCredentials;
}

/** What is wrong with a name, a password or a secret. */
export type TurnTextFault = 'empty' | 'too-long' | 'characters';

const stunUsername = v.pipe(v.string(), v.maxBytes(TURN_USERNAME_MAX_BYTES));

/** Line breaks among them, and halves of characters: neither end would show them, and not both read them alike. */
const UNSEEN = /[\p{Cc}\p{Cs}]/u;

export function parseTurnUrl(text: string): Result<string, IceUrlFault | 'too-long'> {
  if (text.length > ICE_URL_MAX_UNITS) return fail('too-long');
  const read = readIceUrl(text);
  if (!read.ok) return read;
  return read.value === 'turn' ? ok(text) : fail('scheme');
}

/** A name, as it goes to the browsers. */
export function parseTurnUsername(text: string): Result<string, TurnTextFault> {
  return v.is(stunUsername, text) ? parseTurnPassword(text) : fail('too-long');
}

/** A password, as it goes to the browsers. */
export const parseTurnPassword = (text: string) => parseText(text, ICE_CREDENTIAL_MAX_UNITS);

export const parseTurnSecret = (text: string) => parseText(text, TURN_SECRET_MAX_UNITS);

/** Blanks count, wherever they stand. */
function parseText(text: string, maxUnits: number): Result<string, TurnTextFault> {
  if (text === '') return fail('empty');
  if (text.length > maxUnits) return fail('too-long');
  return UNSEEN.test(text) ? fail('characters') : ok(text);
}

const parsedBy = (parse: (text: string) => Result<string, unknown>) =>
  v.pipe(
    v.string(),
    v.check((text) => parse(text).ok),
  );

export const turnServerSchema: v.GenericSchema<unknown, TurnServer> = v.strictObject({
  url: parsedBy(parseTurnUrl),
  credentials: v.variant('kind', [
    v.strictObject({
      kind: v.literal('static'),
      username: parsedBy(parseTurnUsername),
      password: parsedBy(parseTurnPassword),
    }),
    v.strictObject({ kind: v.literal('shared-secret'), secret: parsedBy(parseTurnSecret) }),
  ]),
});

export const turnServersSchema = v.pipe(v.array(turnServerSchema), v.maxLength(ICE_SERVERS_MAX));

/** What the window is told of one: nothing by which it could be used. */
export interface ShownTurnServer {
  readonly url: string;
  readonly kind: TurnCredentials['kind'];
}
