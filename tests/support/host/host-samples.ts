/** Owns snapshots for tests that need some state of the host, not a host. */

import type {
  HostStatus,
  Invitation,
  InviteLink,
  LiveStatus,
} from '../../../main/common/host-api/snapshot.ts';
import type { UpdateStatus, WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { DEFAULT_PREFERENCES } from '../../../main/settings.ts';

const CERTIFICATE = '.3q2-7wQxKpL9sTzYv0aBcDeFgHiJkLmNoPqRsTuVwXY';
const FRAGMENT = '#kM3vXz0c1wqT8JpLr5bN7yUa2eHd9fGi6oKsVtWxYzA.Qm9vYmFyQmF6UXV4MTIzNA';

/** The link of one room at this origin. */
export const linkAt = (origin: string): InviteLink => ({ origin, invite: `${origin}/${FRAGMENT}` });

/** The same at an address of the local network. */
export const lanLinkAt = (origin: string): InviteLink => ({
  origin,
  invite: `${linkAt(origin).invite}${CERTIFICATE}`,
});

/** An invitation at this origin, for one person unless it expires. */
export function invitationAt(origin: string, id: number, expiresAtMs: number | null): Invitation {
  const { invite } = linkAt(origin);
  const link = { origin, invite: `${invite.slice(0, -4)}x${id}Qf` };
  return expiresAtMs === null ? { id, kind: 'one-time', link } : { id, kind: 'expiring', link, expiresAtMs };
}

/** An open room without a tunnel and without people. */
export const emptyRoom: LiveStatus = {
  phase: 'live',
  port: 8790,
  capacity: 6,
  local: linkAt('http://localhost:8790'),
  public: null,
  former: null,
  others: [],
  invitations: [],
  tunnel: { phase: 'off' },
  participants: [],
  locked: false,
  lobby: false,
  files: true,
  waiting: [],
  waitingCount: 0,
  onlookers: 0,
  resumed: false,
};

export const liveStatus = <Change extends Partial<LiveStatus>>(change: Change): LiveStatus & Change => ({
  ...emptyRoom,
  ...change,
});

/** Of a build that looks for no updates. */
export const NO_UPDATES: UpdateStatus = {
  current: '0.1.0',
  source: null,
  held: false,
  progress: { phase: 'quiet' },
};

export function snapshotOf<Status extends HostStatus>(
  status: Status,
  change: Partial<WindowSnapshot> = {},
): WindowSnapshot & { readonly status: Status } {
  return {
    ...{ revision: 1, preferences: DEFAULT_PREFERENCES, notices: [], language: 'en' },
    turnServers: [],
    ...{ system: 'debian' as const, cutOff: false, keepsSealed: false, updates: NO_UPDATES },
    ...change,
    status,
  };
}
