/** Owns the credentials that guests get for the TURN servers: static ones as they are, others made from the shared secret and good for hours. */

import { createHmac } from 'node:crypto';
import { type Bytes, toBase64Url } from '../common/bytes.ts';
import type { TurnCredentials, TurnServer } from '../common/host-api/turn-server.ts';
import {
  ICE_SERVERS_MAX,
  TURN_CREDENTIAL_LIFE_MS,
  TURN_CREDENTIAL_RENEW_MS,
  TURN_GUEST_BYTES,
  TURN_TEST_CREDENTIAL_LIFE_MS,
} from '../common/protocol/limits.ts';
import type { IceServer } from '../common/protocol/messages.ts';
import { assertNever } from '../common/result.ts';
import type { RoomServers, TurnAccess } from '../room/room-events.ts';

export interface TurnCredentialDeps {
  /** The time of day, in milliseconds since 1970: the servers judge by theirs. */
  wallClockMs(): number;
  randomBytes(sizeBytes: number): Bytes;
}

/** Whether it is one that not everybody may use. */
export const hasCredentials = ({ credential }: IceServer): boolean => credential !== undefined;

/** Servers as the host knows them. */
export interface HostServers {
  /** STUN and TURN servers of the preferences. */
  readonly iceServers: readonly IceServer[];
  readonly turnServers: readonly TurnServer[];
}

/** What a room tells of the servers: those without credentials to everybody, those with some to whoever is in. */
export function roomServers(
  { iceServers, turnServers, relayOnly }: HostServers & Pick<RoomServers, 'relayOnly'>,
  deps: TurnCredentialDeps,
): RoomServers {
  const fromPreferences = iceServers.flatMap(({ urls, username, credential }): TurnServer[] =>
    username === undefined || credential === undefined
      ? []
      : [{ url: urls, credentials: { kind: 'static', username, password: credential } }],
  );
  return {
    iceServers: iceServers.filter((server) => !hasCredentials(server)),
    relayOnly,
    turn: turnAccess([...turnServers, ...fromPreferences].slice(0, ICE_SERVERS_MAX), deps),
  };
}

/** What the host's own window tests a server with; whoever had it could use the server as long as a test may take. */
export function testCredentials({ url, credentials }: TurnServer, deps: TurnCredentialDeps): IceServer {
  const username = usernameOf(newGuestName(deps), deps.wallClockMs() + TURN_TEST_CREDENTIAL_LIFE_MS);
  return { urls: url, ...loginOf(credentials, username) };
}

function turnAccess(servers: readonly TurnServer[], deps: TurnCredentialDeps): TurnAccess | null {
  if (servers.length === 0) return null;
  return {
    renewAfterMs: servers.some(({ credentials }) => credentials.kind === 'shared-secret')
      ? TURN_CREDENTIAL_RENEW_MS
      : null,
    newGuest: () => {
      const guest = newGuestName(deps);
      return () => {
        const username = usernameOf(guest, deps.wallClockMs() + TURN_CREDENTIAL_LIFE_MS);
        return servers.map(({ url, credentials }) => ({ urls: url, ...loginOf(credentials, username) }));
      };
    },
  };
}

const newGuestName = (deps: TurnCredentialDeps) => toBase64Url(deps.randomBytes(TURN_GUEST_BYTES));

const usernameOf = (guest: string, endsAtMs: number) => `${Math.floor(endsAtMs / 1_000)}:${guest}`;

/** The TURN REST scheme (draft-uberti-behave-turn-rest-00, section 2.2), as coturn's `use-auth-secret` has it. */
function loginOf(
  credentials: TurnCredentials,
  username: string,
): Required<Pick<IceServer, 'username' | 'credential'>> {
  switch (credentials.kind) {
    case 'static':
      return { username: credentials.username, credential: credentials.password };
    case 'shared-secret':
      return {
        username,
        credential: createHmac('sha1', credentials.secret).update(username).digest('base64'),
      };
    default:
      return assertNever(credentials);
  }
}
