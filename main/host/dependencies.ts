/** Owns the dependencies of a hosted room, as functions: real ones in the program, fakes in the tests. */

import type { Bytes } from '../common/bytes.ts';
import type { HostErrorCode, TunnelChoice } from '../common/host-api/snapshot.ts';
import type { Result } from '../common/result.ts';
import type { ServerCertificate } from '../server/certificate.ts';
import type { RoomServer, RoomServerOptions } from '../server/server.ts';
import type { Tunnel } from '../tunnel/tunnel.ts';
import type { NameOpener } from './participants.ts';

/** What one hosted room says about its server; the rest is the same for all. */
export type ServerStart = Omit<RoomServerOptions, 'pageDirectory' | 'logger'>;

/** A tunnel that tells its status and is not asked for it. */
export type HostTunnel = Omit<Tunnel, 'status'>;

export interface HostDependencies {
  loadCertificate(lan: boolean): Promise<ServerCertificate>;
  startServer(start: ServerStart, signal: AbortSignal): Promise<Result<RoomServer, HostErrorCode>>;
  createTunnel(choice: Exclude<TunnelChoice, 'none'>, localPort: number): HostTunnel;
  openNames(secret: Bytes): Promise<NameOpener>;
  randomBytes(sizeBytes: number): Bytes;
  /** The time of day, in milliseconds since 1970. */
  wallClockMs(): number;
}
