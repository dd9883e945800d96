/** Owns one running room on one port: puts gate, page, gateway and port together and ends them in order. */

import type { Bytes } from '../common/bytes.ts';
import type { HostErrorCode } from '../common/host-api/host-api.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { RESUME_BYTES } from '../common/protocol/limits.ts';
import type { IceServer, RosterEntry } from '../common/protocol/messages.ts';
import { fail, ok, type Result } from '../common/result.ts';
import type { Attendance } from '../room/attendance.ts';
import { Room } from '../room/room.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { Gate, type PublicOrigins } from './gate.ts';
import { HostKey } from './host-key.ts';
import { createHttpApp } from './http-app.ts';
import { InviteLinks } from './invite-links.ts';
import { lanAddresses } from './lan-addresses.ts';
import { PortMultiplexer } from './port-multiplexer.ts';
import { createSleepAwareClock } from './sleep-aware-clock.ts';
import { hasPage } from './static-files.ts';
import { randomText, TokenStore } from './token-store.ts';
import { WsGateway } from './ws-gateway.ts';

/** What time it is for limits, deadlines and heartbeats. */
export interface ServerEnvironment {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

const systemSurroundings = (): ServerEnvironment => ({
  clock: createSleepAwareClock(
    () => performance.now(),
    () => Date.now(),
  ),
  timers: { setTimeout, clearTimeout },
});

export interface RoomServerOptions {
  /** Local port; 0 is any free one. */
  readonly port: number;
  /** Whether all addresses are bound and not loopback alone. */
  readonly lan: boolean;
  /** People in the room. */
  readonly capacity: number;
  /** Passed on to every page. */
  readonly iceServers: readonly IceServer[];
  /** The built page with its compressed siblings (.br, .gz). */
  readonly pageDirectory: string;
  /** PEM texts. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** T of one more link: 16 random bytes, new at each call. */
  readonly newToken: () => Bytes;
  readonly logger: Logger;
}

export interface RoomServer
  extends Pick<InviteLinks, 'links' | 'newLink' | 'invite' | 'revoke' | 'remove' | 'shutOut'> {
  /** The port in use. */
  readonly port: number;
  /** Called with everyone who is in, in order of joining, after every change. */
  onRoster(listener: (entries: readonly RosterEntry[]) => void): Disposable;
  /** Called after every change of what `links` tells, be it that time has passed or that somebody came in. */
  onLinks(listener: () => void): Disposable;
  /** Called after every change of who has the page open without a place, and of whom others report. */
  onAttendance(listener: (attendance: Attendance) => void): Disposable;
  /** Replaces the public addresses this server answers to; people from earlier tunnel addresses may still come back. */
  setOrigins(origins: PublicOrigins): void;
  /** Tells every page that the public address is now `url`, an https origin. */
  announceMoved(url: string): void;
  /** `https://<address>:<port>` for each address of this machine in its network; empty unless started with `lan`. */
  lanOrigins(): readonly string[];
  /** Tells every page that the host ended the call, then releases the port and every socket. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Errors: `port-in-use`, `port-denied`, `page-missing` (no index.html in pageDirectory), `internal` (anything else,
 * an abort included). After an error nothing is left open.
 */
export async function startRoomServer(
  options: RoomServerOptions,
  signal?: AbortSignal,
  surroundings: ServerEnvironment = systemSurroundings(),
): Promise<Result<RoomServer, HostErrorCode>> {
  const { pageDirectory, certificate, capacity, iceServers, newToken, logger } = options;
  if (!(await hasPage(pageDirectory))) return fail('page-missing');
  const gate = new Gate();
  const invites = new TokenStore();
  const room = new Room({ capacity, iceServers, newResume: () => randomText(RESUME_BYTES) });
  const places = new ConnectionSlots(surroundings);
  const hostKey = new HostKey();
  const gateway = new WsGateway({ room, gate, invites, hostKey, places, logger, ...surroundings });
  const admissions = new InviteLinks({ room, gateway, invites, newToken, clock: surroundings.clock });
  admissions.newLink();
  const app = await createHttpApp({ gate, gateway, places, pageDirectory, certificate, logger }).catch(
    () => null,
  );
  if (!app) {
    logger.error('server-not-built');
    return fail('internal');
  }
  const onePort = new PortMultiplexer(app, places);
  const listening = signal?.aborted
    ? fail('internal' as const)
    : await onePort.listen(options.port, options.lan);
  if (!listening.ok || signal?.aborted) {
    await onePort.close();
    await app.close();
    return listening.ok ? fail('internal') : listening;
  }
  const port = listening.value;
  const addresses = options.lan ? lanAddresses() : null;
  gate.setLocalAddresses(port, addresses);
  logger.info('server-started', { port, lan: options.lan });
  const end = async () => {
    onePort.stopListening();
    await gateway.stop();
    await onePort.close();
    await app.close();
    logger.info('server-stopped');
  };
  let ended: Promise<void> | null = null;
  return ok({
    port,
    onRoster: (listener) => gateway.onRoster(listener),
    onLinks: (listener) => gateway.onLinks(listener),
    onAttendance: (listener) => gateway.onAttendance(listener),
    links: () => admissions.links(),
    newLink: () => admissions.newLink(),
    invite: (wish) => admissions.invite(wish),
    revoke: (link) => admissions.revoke(link),
    remove: (id) => admissions.remove(id),
    shutOut: () => admissions.shutOut(),
    setOrigins: (origins) => gate.setPublicOrigins(origins),
    announceMoved: (url) => gateway.broadcast({ type: 'moved', url }),
    lanOrigins: () => (addresses ?? []).map((address) => new URL(`https://${address}:${port}`).origin),
    stop() {
      ended ??= end();
      return ended;
    },
  });
}
