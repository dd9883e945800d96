/** Owns going to the call of a link that somebody gave to the app, however they gave it. */

import { equalBytes } from '../../common/bytes.ts';
import { type CallLink, type CallLinkProblem, readCallLink } from '../../common/e2ee/call-link.ts';
import { formatFragment, formatInvite, parseFragment } from '../../common/e2ee/invite-link.ts';
import type { HostStatus } from '../../common/host-api/snapshot.ts';
import { ok, type Result } from '../../common/result.ts';
import { type CallTarget, ownCall } from './call-target.ts';

export interface JoinCallDependencies {
  /** Of the hosting in this very app. */
  status(): HostStatus;
  /** Whether the call is open now; false where the person stays in another. Rejects when it cannot be shown. */
  open(target: CallTarget): Promise<boolean>;
}

export type JoinCall = (text: string) => Promise<Result<boolean, CallLinkProblem>>;

/** What takes a text with a link in it, and answers as `open` does. */
export function createJoinCall({ status, open }: JoinCallDependencies): JoinCall {
  return async (text) => {
    const read = readCallLink(text, URL);
    return read.ok ? ok(await open(callTarget(read.value, status()))) : read;
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
