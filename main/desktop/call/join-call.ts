/** Owns going to the call of a link that somebody gave to the app, however they gave it. */

import { equalBytes } from '../../common/bytes.ts';
import { type CallLink, readCallLink } from '../../common/e2ee/call-link.ts';
import { formatFragment, formatInvite, parseFragment } from '../../common/e2ee/invite-link.ts';
import type { HostErrorCode, HostStatus } from '../../common/host-api/snapshot.ts';
import { fail, ok, type Result } from '../../common/result.ts';
import { type CallTarget, ownCall } from './call-target.ts';

export interface JoinCallDependencies {
  /** Of the hosting in this very app. */
  status(): HostStatus;
  /** Whether the call is open now; false where the person stays in another, which is their choice. May reject. */
  open(target: CallTarget): Promise<boolean>;
}

export type JoinCall = (text: string) => Promise<Result<boolean, HostErrorCode>>;

/** What takes a text with a link in it, and answers as `open` does. */
export function createJoinCall({ status, open }: JoinCallDependencies): JoinCall {
  return async (text) => {
    const read = readCallLink(text, URL);
    if (!read.ok) return fail(`link-${read.error}` as const);
    return open(callTarget(read.value, status())).then(ok, () => fail('internal' as const));
  };
}

/** Every link to the own room leads there as *Talk here* does, whatever address or token it has. */
export function callTarget({ server, link }: CallLink, status: HostStatus): CallTarget {
  const own = ownCall(status);
  const ownSecret = own === null ? null : parseFragment(own.fragment)?.secret;
  if (own !== null && ownSecret && equalBytes(ownSecret, link.secret)) return own;
  return {
    own: false,
    server,
    fragment: formatFragment({ ...link, certificate: null }),
    certificate: link.certificate,
    invite: formatInvite(server, link),
  };
}
