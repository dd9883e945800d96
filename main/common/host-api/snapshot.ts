/** Owns the snapshot: everything the host core shows to window, terminal and tests, whole at every change. */

import type { IceServer } from '../protocol/messages.ts';
import type { Language } from '../translate.ts';
import type { ShownTurnServer } from './turn-server.ts';

export const HOST_MODES = ['1x1', 'group'] as const;
export type HostMode = (typeof HOST_MODES)[number];

export const TUNNEL_PROVIDERS = ['localhost.run', 'cloudflared'] as const;

/** Under which a provider gives out names, one label each: what it announces, where pages look for a room that moved, what no log shows. */
export const TUNNEL_DOMAINS = {
  // The free one, the one for named tunnels, the older one.
  'localhost.run': ['lhr.life', 'lhr.rocks', 'localhost.run'],
  cloudflared: ['trycloudflare.com'],
} as const satisfies Readonly<Record<(typeof TUNNEL_PROVIDERS)[number], readonly string[]>>;
export type TunnelProviderName = (typeof TUNNEL_PROVIDERS)[number];
export const TUNNEL_CHOICES = [...TUNNEL_PROVIDERS, 'none'] as const;
export type TunnelChoice = (typeof TUNNEL_CHOICES)[number];

/** Linux by how its kin installs things; plain `linux` where that is not known. */
export const HOST_SYSTEMS = ['debian', 'fedora', 'suse', 'arch', 'linux', 'windows', 'macos'] as const;
export type HostSystem = (typeof HOST_SYSTEMS)[number];

/** What the person chose and expects to find again. */
export interface HostPreferences {
  readonly mode: HostMode;
  /** People in the room of mode group, 2 to 12. */
  readonly capacity: number;
  /** Local port; 0 is any free one. */
  readonly port: number;
  readonly tunnel: TunnelChoice;
  /** Whether another tunnel may take the place of the chosen one where that keeps failing. */
  readonly otherTunnel: boolean;
  /** Whether the port is bound on all addresses and not on loopback alone. */
  readonly lan: boolean;
  /** Whether a room is kept on the disk unsealed while it is open, where the system has no key store to seal it. */
  readonly keepRoom: boolean;
  /** Whether a room begins with its lobby on: the host lets in each who comes. */
  readonly lobby: boolean;
  /** Whether those in a room may send files to each other, from its start. */
  readonly files: boolean;
  readonly iceServers: readonly IceServer[];
  /** Whether voices go through TURN servers alone, so that nobody learns another's address. */
  readonly relayOnly: boolean;
  /** null: as the system's. */
  readonly language: Language | null;
  /** Whether the desktop app tells what happens while nobody looks at it. */
  readonly notifications: boolean;
  /** Whether such a notification may show what was written. */
  readonly notificationTexts: boolean;
  /** Whether the desktop app looks for new versions by itself; null until the person has said. */
  readonly updateChecks: boolean | null;
}

export const HOST_ERROR_CODES = [
  'bad-options',
  'port-in-use',
  'port-denied',
  'no-loopback',
  'page-missing',
  'certificate-failed',
  'bad-origin',
  'relay-only-without-turn',
  'too-many-turn-servers',
  'too-many-links',
  'unknown-invitation',
  'unknown-participant',
  'unknown-waiting',
  'room-full',
  'link-empty',
  'link-not-a-link',
  'link-insecure',
  'link-credentials',
  'link-cut',
  'link-changed',
  'login-file',
  'login-path',
  'login-refused',
  'not-live',
  'busy',
  'internal',
] as const;
/** Why hosting did not start, or a command was refused. */
export type HostErrorCode = (typeof HOST_ERROR_CODES)[number];

export const TUNNEL_ERROR_CODES = [
  'ssh-not-found',
  'ssh-unusable',
  'ssh-no-account',
  'cloudflared-not-found',
  'network-unreachable',
  'host-key-mismatch',
  'tunnel-refused',
  'tunnel-busy',
  'tunnel-timeout',
  'tunnel-lost',
  'tunnel-not-answering',
  'tunnel-unsteady',
] as const;
/** Why there is no public address (now). */
export type TunnelErrorCode = (typeof TUNNEL_ERROR_CODES)[number];

export const NOTICE_CODES = [
  'data-folder-unusable',
  'settings-damaged',
  'settings-newer-version',
  'settings-not-saved',
  'server-left-out',
  'turn-file-exposed',
  'turn-servers-lost',
  'relay-only-without-turn',
  'certificate-renewed',
  'room-resumed',
  'room-not-kept',
  'kept-room-damaged',
  'kept-room-older-version',
  'kept-room-newer-version',
  'kept-room-foreign',
] as const;
/** Something the person should know that stopped nothing. */
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Whose turn it is in the place of the chosen provider, and why. */
export interface TunnelSubstitute {
  readonly provider: TunnelProviderName;
  readonly of: TunnelProviderName;
  readonly reason: TunnelErrorCode;
}

interface TunnelTurn {
  /** Left out while it is the chosen provider's turn. */
  readonly substitute?: TunnelSubstitute;
}

/** The life of the public address. `url` is an origin, without a trailing slash. */
export type TunnelStatus =
  | { readonly phase: 'off' }
  | ({ readonly phase: 'connecting' } & TunnelTurn)
  | ({ readonly phase: 'connected'; readonly url: string } & TunnelTurn)
  | ({
      readonly phase: 'waiting';
      readonly code: TunnelErrorCode;
      readonly retryInMs: number;
      /** Each provider there is has failed several times: the person has to help. */
      readonly exhausted?: true;
    } & TunnelTurn)
  | ({ readonly phase: 'failed'; readonly code: TunnelErrorCode } & TunnelTurn);

/** One address with the link to pass on. `invite` holds the room's secret: it goes to the person, never to a log. */
export interface InviteLink {
  readonly origin: string;
  readonly invite: string;
}

/** A public address that was given out and leads here no more; it may come back while the tunnel is being restored. */
export interface FormerAddress {
  readonly origin: string;
  /** A time of day, in milliseconds since 1970. */
  readonly sinceMs: number;
}

const HOUR_MS = 3_600_000;
/** How long an expiring invitation may live: an hour, a day, a week. */
export const INVITATION_LIFETIMES_MS = [HOUR_MS, 24 * HOUR_MS, 168 * HOUR_MS] as const;

interface InvitationBase {
  /** Never used twice in one hosting. */
  readonly id: number;
  /** At the public address, or this computer's while there is none. */
  readonly link: InviteLink;
}

/** An invitation that still lets somebody in: one that was used, has expired or was ended by the host is gone. */
export type Invitation =
  | (InvitationBase & { readonly kind: 'one-time' })
  /** `expiresAtMs` is a time of day, in milliseconds since 1970. */
  | (InvitationBase & { readonly kind: 'expiring'; readonly expiresAtMs: number });

/** Somebody who waits to be let in. */
export interface WaitingPerson {
  /** base64url of the 16-byte id; it stays the same once the person is in. */
  readonly id: string;
  /** null while it cannot be opened: somebody without the room's secret, or a damaged box. */
  readonly name: string | null;
}

export interface Participant extends WaitingPerson {
  /** How many others in the room say that this person's page floods them. */
  readonly reports: number;
}

/** The room is open. */
export interface LiveStatus {
  readonly phase: 'live';
  readonly port: number;
  readonly capacity: number;
  /** The room's own link, for this computer. */
  readonly local: InviteLink;
  /** The link to send: the tunnel's while connected, else the first address added by hand; null if there is none. */
  readonly public: InviteLink | null;
  /** The one that links sent before may still name. */
  readonly former: FormerAddress | null;
  /** Addresses added by hand, then LAN addresses. */
  readonly others: readonly InviteLink[];
  /** Links besides the room's own, the oldest first. */
  readonly invitations: readonly Invitation[];
  readonly tunnel: TunnelStatus;
  readonly participants: readonly Participant[];
  /** Nobody new comes in. */
  readonly locked: boolean;
  /** Whoever comes has to be let in. */
  readonly lobby: boolean;
  /** Those inside may send files to each other. */
  readonly files: boolean;
  /** Who waits to be let in, the first to ask first; of very many the first ones. */
  readonly waiting: readonly WaitingPerson[];
  /** How many that are altogether. */
  readonly waitingCount: number;
  /** How many have the page open and neither joined nor wait to be let in. */
  readonly onlookers: number;
  /** Whether it is one that was cut off before, and goes on. */
  readonly resumed: boolean;
}

export type HostStatus =
  | { readonly phase: 'idle' }
  | { readonly phase: 'starting'; readonly step: 'certificate' | 'server' }
  | LiveStatus
  | { readonly phase: 'stopping' }
  | { readonly phase: 'failed'; readonly code: HostErrorCode };

/** Everything the window shows, whole; a higher revision replaces a lower one. */
export interface HostSnapshot {
  readonly revision: number;
  readonly status: HostStatus;
  readonly preferences: HostPreferences;
  /** Those of the settings. What is secret about them is in no snapshot. */
  readonly turnServers: readonly ShownTurnServer[];
  readonly notices: readonly NoticeCode[];
  /** Whether there is a room that was cut off and can be gone on with; only while none is open. */
  readonly cutOff: boolean;
  /** Whether rooms are kept sealed by the system's key store, whatever `keepRoom` says; false until that is known. */
  readonly keepsSealed: boolean;
  /** Whose words the remedies are in. */
  readonly system: HostSystem;
  /** Language the texts are shown in. */
  readonly language: Language;
}
