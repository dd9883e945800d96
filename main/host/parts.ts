/** Owns what a hosting is made of, as functions: the real parts in the program, fakes in the tests. */

import type { Bytes } from '../common/bytes.ts';
import type { HostErrorCode, TunnelChoice, TunnelStatus } from '../common/host-api.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { IceServer, RosterEntry } from '../common/protocol/messages.ts';
import type { Result } from '../common/result.ts';
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
  /** Admission only: the server never has the room's secret. */
  readonly token: Bytes;
}

/** RoomServer, as far as a hosting needs it. */
export interface HostServer {
  readonly port: number;
  onRoster(listener: (entries: readonly RosterEntry[]) => void): Disposable;
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

export interface HostParts {
  loadCertificate(lan: boolean): Promise<HostCertificate & { readonly renewed: boolean }>;
  startServer(start: ServerStart, signal: AbortSignal): Promise<Result<HostServer, HostErrorCode>>;
  createTunnel(choice: Exclude<TunnelChoice, 'none'>, localPort: number): HostTunnel;
  openNames(secret: Bytes): Promise<NameOpener>;
  randomBytes(sizeBytes: number): Bytes;
}
