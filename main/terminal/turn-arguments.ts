/** Owns the TURN flags of the command line: which servers, and in which file what is secret about them stands. */

import { parseTurnUrl, parseTurnUsername, type TurnTextFault } from '../common/host-api/turn-server.ts';
import type { IceUrlFault } from '../common/protocol/ice-server.ts';
import { ICE_SERVERS_MAX } from '../common/protocol/limits.ts';
import { fail, ok, type Result } from '../common/result.ts';

export const TURN_FLAGS = {
  turn: { type: 'string', multiple: true },
  'turn-secret-file': { type: 'string' },
  'turn-user': { type: 'string' },
  'turn-password-file': { type: 'string' },
} as const;

export interface TurnFlagValues {
  readonly turn?: readonly string[] | undefined;
  readonly 'turn-secret-file'?: string | undefined;
  readonly 'turn-user'?: string | undefined;
  readonly 'turn-password-file'?: string | undefined;
}

/** Servers, with the file their credentials are still to be read from. */
export interface TurnRequest {
  readonly urls: readonly string[];
  readonly credentials:
    | { readonly kind: 'static'; readonly username: string; readonly passwordFile: string }
    | { readonly kind: 'shared-secret'; readonly secretFile: string };
}

/** The end of a text key `argument.…`; `option` is the address, the name or the file that it is about. */
export interface BadTurn {
  readonly problem:
    | `turn-${IceUrlFault | 'too-long' | 'too-many'}`
    | `turn-${'no-server' | 'no-credentials' | 'two-credentials' | 'no-user' | 'no-password'}`
    | `turn-user-${TurnTextFault}`
    | `turn-file-${TurnTextFault | 'missing' | 'unreadable'}`;
  readonly option: string;
}

export const badTurn = (problem: BadTurn['problem'], option = '') => fail({ problem, option });

/** null: none of the flags was given. */
export function parseTurnFlags(values: TurnFlagValues): Result<TurnRequest | null, BadTurn> {
  const { turn: urls = [] } = values;
  const secretFile = values['turn-secret-file'];
  const username = values['turn-user'];
  const passwordFile = values['turn-password-file'];
  const isStatic = username !== undefined || passwordFile !== undefined;
  if (urls.length === 0) return secretFile !== undefined || isStatic ? badTurn('turn-no-server') : ok(null);
  if (urls.length > ICE_SERVERS_MAX) return badTurn('turn-too-many');
  for (const typed of urls) {
    const url = parseTurnUrl(typed);
    if (!url.ok) return badTurn(`turn-${url.error}`, typed);
  }
  if (secretFile !== undefined)
    return isStatic
      ? badTurn('turn-two-credentials')
      : ok({ urls, credentials: { kind: 'shared-secret', secretFile } });
  if (!isStatic) return badTurn('turn-no-credentials');
  if (username === undefined) return badTurn('turn-no-user');
  if (passwordFile === undefined) return badTurn('turn-no-password');
  const name = parseTurnUsername(username);
  if (!name.ok) return badTurn(`turn-user-${name.error}`, username);
  return ok({ urls, credentials: { kind: 'static', username, passwordFile } });
}
