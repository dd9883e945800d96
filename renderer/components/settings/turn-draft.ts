/** Owns a TURN server while it is being typed: the server it makes, or what is wrong with each of its fields. */

import {
  parseTurnPassword,
  parseTurnSecret,
  parseTurnUrl,
  parseTurnUsername,
  type TurnCredentials,
  type TurnServer,
  type TurnTextFault,
} from '../../../main/common/host-api/turn-server.ts';
import type { IceUrlFault } from '../../../main/common/protocol/ice-server.ts';
import type { Result } from '../../../main/common/result.ts';

export interface TurnDraft {
  readonly url: string;
  readonly kind: TurnCredentials['kind'];
  readonly secret: string;
  readonly username: string;
  readonly password: string;
}

export type TurnField = Exclude<keyof TurnDraft, 'kind'>;
export type TurnFault = IceUrlFault | TurnTextFault;

export interface TurnJudgement {
  readonly server: TurnServer | null;
  readonly faults: Readonly<Partial<Record<TurnField, TurnFault>>>;
}

export function faultsOf({ url: typed, kind, ...draft }: TurnDraft): TurnJudgement {
  const faults: Partial<Record<TurnField, TurnFault>> = {};
  const take = (field: TurnField, parsed: Result<string, TurnFault>): string => {
    if (parsed.ok) return parsed.value;
    faults[field] = parsed.error;
    return '';
  };
  const address = typed.trim();
  const url = take('url', address === '' ? { ok: false, error: 'empty' } : parseTurnUrl(address));
  const credentials: TurnCredentials =
    kind === 'static'
      ? {
          kind,
          username: take('username', parseTurnUsername(draft.username)),
          password: take('password', parseTurnPassword(draft.password)),
        }
      : { kind, secret: take('secret', parseTurnSecret(draft.secret)) };
  return { server: Object.keys(faults).length === 0 ? { url, credentials } : null, faults };
}
