/** Owns the room's server on one port: puts gate, page, gateway and port together and ends them in order. */

import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import type { Bytes } from '../common/bytes.ts';
import type { OwnResume } from '../common/call-api/commands.ts';
import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import type { HostErrorCode } from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { RESUME_BYTES } from '../common/protocol/limits.ts';
import type { RosterEntry } from '../common/protocol/messages.ts';
import { fail, ok, type Result } from '../common/result.ts';
import type { Attendance } from '../room/attendance.ts';
import { Room } from '../room/room.ts';
import type { KeptPlaces, LinkId, LinkTerms, RoomServers } from '../room/room-events.ts';
import { createCertificate, type ServerCertificate } from './certificate.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { Gate, type PublicOrigins } from './gate.ts';
import { HostKey } from './host-key.ts';
import { createHttpApp } from './http-app.ts';
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

const systemEnvironment = (): ServerEnvironment => ({
  clock: createSleepAwareClock(
    () => performance.now(),
    () => Date.now(),
  ),
  timers: { setTimeout, clearTimeout },
});

export interface RoomServerOptions extends RoomServers {
  /** Local port; 0 is any free one. */
  readonly port: number;
  /** Whether all addresses are bound and not loopback alone. */
  readonly lan: boolean;
  /** People in the room. */
  readonly capacity: number;
  /** Whether the host lets in each who comes; in a room that goes on that is as it was. */
  readonly lobby: boolean;
  /** Whether files may be sent; as it was, likewise. */
  readonly files: boolean;
  /** The built page with its compressed siblings (.br, .gz). */
  readonly pageDirectory: string;
  readonly certificate: Pick<ServerCertificate, 'cert' | 'key'>;
  /** T of one more link: 16 random bytes, new at each call. */
  readonly newToken: () => Bytes;
  /** Goes on with the room of another server, which is no more, instead of opening a new one. */
  readonly resumed?: { readonly kept: KeptServer; readonly awayMs: number };
  readonly logger: Logger;
}

/** What another server needs to go on with the room of this one. */
export interface KeptServer {
  /** The private half of the host's key: pages take no other host for their room's. */
  readonly hostKey: Bytes;
  readonly tokens: ReadonlyMap<LinkId, Bytes>;
  /** The tunnel's addresses so far, the newest last. */
  readonly formerTunnels: readonly string[];
  readonly places: KeptPlaces;
}

/** A link that lets people in. */
export interface LiveLink {
  readonly id: LinkId;
  readonly kind: LinkTerms['kind'];
  readonly token: Bytes;
  /** Time left from now; null for a link that does not die of age. */
  readonly expiresInMs: number | null;
}

export interface RoomServer {
  /** The port in use. */
  readonly port: number;
  /** Has the room carry out what the host wants. */
  handleCommand(command: RoomCommand): CommandResult;
  /** Draws what lets the host's own page past the door and to its place, once; the one drawn before is good no more. */
  expectHost(): OwnResume;
  /** The links that let people in, in the order they were made; exactly one of them is `main`. */
  links(): readonly LiveLink[];
  /** Everyone who is in, in order of joining. */
  roster(): readonly RosterEntry[];
  /** Who is at the door, how that stands, and whom others report. */
  attendance(): Attendance;
  keep(): KeptServer;
  /** Called after what may have changed `keep`. */
  onKeepable(listener: () => void): Disposable;
  /** Called with everyone who is in, in order of joining, after every change. */
  onRoster(listener: (entries: readonly RosterEntry[]) => void): Disposable;
  /** Called after every change of what `links` tells, be it that time has passed or that somebody came in. */
  onLinks(listener: () => void): Disposable;
  /** Called after every change of what `attendance` tells. */
  onAttendance(listener: (attendance: Attendance) => void): Disposable;
  /** What the pages are to be connected by from now on, those inside too. */
  setServers(servers: RoomServers): void;
  /** Replaces the public addresses this server answers to; people from earlier tunnel addresses may still come back. */
  setOrigins(origins: PublicOrigins): void;
  /** Tells every page, and each that comes from then on, that the public address is now `url`, an https origin. */
  announceMoved(url: string): void;
  /** `https://<address>:<port>` for each address of this machine in its network; empty unless started with `lan`. */
  lanOrigins(): readonly string[];
  /** Tells every page that the host ended the call, then releases the port and every socket. Idempotent. */
  stop(): Promise<void>;
  /** The same without a word: to the pages it is a lost connection, and they wait for a server that goes on. */
  suspend(): Promise<void>;
}

/**
 * Errors: `port-in-use`, `port-denied`, `page-missing` (no index.html in pageDirectory), `internal` (anything else,
 * an abort included). After an error nothing is left open.
 */
export async function startRoomServer(
  options: RoomServerOptions,
  signal?: AbortSignal,
  environment: ServerEnvironment = systemEnvironment(),
): Promise<Result<RoomServer, HostErrorCode>> {
  const { pageDirectory, certificate, newToken, resumed, logger } = options;
  const { capacity, lobby, files, iceServers, turn, relayOnly } = options;
  if (!(await hasPage(pageDirectory))) return fail('page-missing');
  const gate = new Gate();
  const tokens = new TokenStore();
  const room = new Room({
    capacity,
    lobby,
    files,
    iceServers,
    turn,
    relayOnly,
    newResume: () => randomText(RESUME_BYTES),
    newLink: () => tokens.add(newToken()),
  });
  const slots = new ConnectionSlots(environment);
  const hostKey = new HostKey(resumed?.kept.hostKey);
  const gateway = new WsGateway({ room, gate, tokens, hostKey, slots, logger, ...environment });
  const app = await createHttpApp({ gate, gateway, slots, pageDirectory, certificate, logger }).catch(
    () => null,
  );
  if (!app) {
    logger.error('server-not-built');
    return fail('internal');
  }
  const multiplexer = new PortMultiplexer(app, slots);
  const listening = signal?.aborted
    ? fail('internal' as const)
    : await multiplexer.listen(options.port, options.lan);
  if (!listening.ok || signal?.aborted) {
    await multiplexer.close();
    await app.close();
    return listening.ok ? fail('internal') : listening;
  }
  const port = listening.value;
  if (resumed) {
    for (const [link, token] of resumed.kept.tokens) tokens.restore(link, token);
    gate.addFormerTunnels(resumed.kept.formerTunnels);
    gateway.resume(resumed.kept.places, resumed.awayMs);
  } else {
    gateway.handleCommand({ type: 'new-link' });
  }
  const addresses = options.lan ? lanAddresses() : null;
  gate.setLocalAddresses(port, addresses);
  logger.info('server-started', { port, lan: options.lan });
  const end = async (goesOn: boolean) => {
    multiplexer.stopListening();
    await gateway.stop(goesOn);
    await multiplexer.close();
    await app.close();
    logger.info('server-stopped');
  };
  let ended: Promise<void> | null = null;
  return ok({
    port,
    roster: () => room.roster(),
    attendance: () => room.attendance,
    keep: () => ({
      hostKey: hostKey.privateKey,
      tokens: tokens.all,
      formerTunnels: gate.formerTunnels,
      places: room.keep(environment.clock()),
    }),
    onKeepable: (listener) => gateway.onHandled(listener),
    onRoster: (listener) => gateway.onRoster(listener),
    onLinks: (listener) => gateway.onLinks(listener),
    onAttendance: (listener) => gateway.onAttendance(listener),
    handleCommand: (command) => gateway.handleCommand(command),
    expectHost: () => {
      const token = randomText(RESUME_BYTES);
      gateway.expectHost(token);
      return { token, hostKey: hostKey.publicKey };
    },
    links: () => liveLinks(room, tokens, environment.clock()),
    setServers: (servers) => gateway.setServers(servers),
    setOrigins: (origins) => gate.setPublicOrigins(origins),
    announceMoved: (url) => gateway.announceMoved(url),
    lanOrigins: () => (addresses ?? []).map((address) => new URL(`https://${address}:${port}`).origin),
    stop() {
      ended ??= end(false);
      return ended;
    },
    suspend() {
      ended ??= end(true);
      return ended;
    },
  });
}

/**
 * Builds once, for nobody and without a port, what a server is made of: the first time costs several times a later one, and
 * the start that follows is waited for.
 */
export async function rehearseRoomServer(
  { pageDirectory, logger }: Pick<RoomServerOptions, 'pageDirectory' | 'logger'>,
  { clock }: Pick<ServerEnvironment, 'clock'> = systemEnvironment(),
): Promise<void> {
  const certificate = await createCertificate(['localhost'], new Date());
  const gateway = { handleUpgrade: (_request: unknown, socket: Duplex) => socket.destroy() };
  const slots = new ConnectionSlots({ clock });
  const app = await createHttpApp({ gate: new Gate(), gateway, slots, pageDirectory, certificate, logger });
  await app.close();
}

function liveLinks(room: Room, tokens: TokenStore, nowMs: number): readonly LiveLink[] {
  return room.links.flatMap(({ id, terms }) => {
    const token = tokens.tokenOf(id);
    const expiresInMs = terms.kind === 'expiring' ? Math.max(0, terms.expiresAtMs - nowMs) : null;
    return token ? [{ id, kind: terms.kind, token, expiresInMs }] : [];
  });
}

/**
 * IPv4 addresses other than loopback and link-local. IPv6 is left out on purpose: its addresses change by the day,
 * and with them the certificate would.
 */
export function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .map(({ address }) => address);
}
