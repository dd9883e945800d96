/** Owns where a call of the app goes: the room's server, the certificate it may show, and the link that lets in. */

import type { HostStatus } from '../../common/host-api/snapshot.ts';
import { appPageSources } from '../../server/page-headers.ts';
import { mayBePinned, type PinnedServer } from './server-certificates.ts';

export interface CallTarget extends PinnedServer {
  /** Whether the room is hosted by this very app. */
  readonly own: boolean;
  /** `#S.T`, as the page reads it. */
  readonly fragment: string;
  /** The link as it is passed on. */
  readonly invite: string;
}

/** The own room, not through the tunnel; null while there is none. */
export function ownCall(status: HostStatus): CallTarget | null {
  if (status.phase !== 'live') return null;
  const { origin, invite } = status.local;
  return {
    own: true,
    server: origin,
    fragment: new URL(invite).hash,
    certificate: null,
    invite: ownInvite(status) ?? invite,
  };
}

/** The link of the own room that reaches furthest; null while there is no room. */
export function ownInvite(status: HostStatus): string | null {
  if (status.phase !== 'live') return null;
  return (status.public ?? status.others[0] ?? status.local).invite;
}

/** Whether the page of this call may ask for an address; exactly what its policy names. */
export function mayAsk({ server, certificate }: PinnedServer, address: string): boolean {
  // A certificate that Chromium takes for a name would be taken whatever the link says.
  if (certificate !== null && !mayBePinned(new URL(server).hostname)) return false;
  const { protocol, host, pathname } = new URL(address);
  return appPageSources(server).some(
    (source) =>
      protocol === `${source.scheme}:` &&
      pathname === source.path &&
      (source.host.startsWith('*.') ? host.endsWith(source.host.slice(1)) : host === source.host),
  );
}
