/** Owns what a hosting is made of, as functions: the real parts in the program, fakes in the tests. */

import type { Bytes } from '../common/bytes.ts';
import type {
  HostErrorCode,
  InvitationRequest,
  TunnelChoice,
  TunnelStatus,
} from '../common/host-api/host-api.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { IceServer, RosterEntry } from '../common/protocol/messages.ts';
import type { Result } from '../common/result.ts';
import type { Attendance } from '../room/attendance.ts';
import type { NameOpener } from './participants.ts';

export interface HostCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface ServerStart {
  readonly port: number;
  readonly lan: boolean;
  readonly capacity: number;
  readonly iceServers: readonly IceServer[];
  readonly certificate: HostCertificate;
  /** A token for one more link. Admission only: the server never has the room's secret. */
  readonly newToken: () => Bytes;
}

/** A link that lets people in now. */
export interface ServerLink {
  readonly id: number;
  readonly kind: 'main' | 'one-time' | 'expiring';
  readonly token: Bytes;
  /** Time left from now; null for a link that does not die of age. */
  readonly expiresInMs: number | null;
}

/** RoomServer, as far as a hosting needs it. */
export interface HostServer {
  readonly port: number;
  onRoster(listener: (entries: readonly RosterEntry[]) => void): Disposable;
  /** Exactly one of them is `main`. */
  links(): readonly ServerLink[];
  onLinks(listener: () => void): Disposable;
  onAttendance(listener: (attendance: Attendance) => void): Disposable;
  newLink(): void;
  /** False when there are as many links as there may be. */
  invite(request: InvitationRequest): boolean;
  /** False for the main link and for one that is not there. */
  revoke(link: number): boolean;
  /** False if nobody in the room has that id. */
  remove(id: string): boolean;
  /** Puts out whoever has the page open and has not joined. */
  shutOut(): void;
  setOrigins(origins: { readonly tunnel: string | null; readonly added: readonly string[] }): void;
  announceMoved(url: string): void;
  lanOrigins(): readonly string[];
  stop(): Promise<void>;
}

/** Tunnel, as far as a hosting needs it. */
export interface HostTunnel {
  onStatus(listener: (status: TunnelStatus) => void): Disposable;
  start(): void;
  stop(): Promise<void>;
}

export interface HostDependencies {
  loadCertificate(lan: boolean): Promise<HostCertificate & { readonly renewed: boolean }>;
  startServer(start: ServerStart, signal: AbortSignal): Promise<Result<HostServer, HostErrorCode>>;
  createTunnel(choice: Exclude<TunnelChoice, 'none'>, localPort: number): HostTunnel;
  openNames(secret: Bytes): Promise<NameOpener>;
  randomBytes(sizeBytes: number): Bytes;
  /** The time of day, in milliseconds since 1970. */
  wallClockMs(): number;
}
