/** Owns one hosted room from its first step to its end: its secret, server, tunnel, addresses and participants. */

import type { Bytes } from '../common/bytes.ts';
import type { OwnResume } from '../common/call-api/commands.ts';
import { formatInvite } from '../common/e2ee/invite-link.ts';
import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import type {
  HostErrorCode,
  Invitation,
  InviteLink,
  LiveStatus,
  TunnelStatus,
} from '../common/host-api/snapshot.ts';
import { DisposableStore } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { ADDED_ORIGINS_MAX, SECRET_BYTES, TOKEN_BYTES } from '../common/protocol/limits.ts';
import { fail, ok, type Result } from '../common/result.ts';
import type { Attendance } from '../room/attendance.ts';
import type { ServerCertificate } from '../server/certificate.ts';
import type { LiveLink, RoomServer, RoomServerOptions } from '../server/server.ts';
import type { Tunnel, TunnelOptions } from '../tunnel/tunnel.ts';
import { AddressHistory } from './address-history.ts';
import type { KeptRoom } from './kept-room.ts';
import type { KeptRoomFile } from './kept-room-file.ts';
import { type HostOptions, parseOrigin } from './options.ts';
import { type NamedPerson, type NameOpener, Participants } from './participants.ts';
import { RoomKeeping } from './room-keeping.ts';
import { type HostServers, roomServers } from './turn-credentials.ts';

/** What one hosted room says about its server; the rest is the same for all. */
export type ServerStart = Omit<RoomServerOptions, 'pageDirectory' | 'logger'>;

/** A tunnel that tells its status and is not asked for it. */
export type HostTunnel = Omit<Tunnel, 'status'>;

/** What a hosted room is made from: real ones in the program, fakes in the tests. */
export interface HostDependencies {
  loadCertificate(lan: boolean): Promise<ServerCertificate>;
  startServer(start: ServerStart, signal: AbortSignal): Promise<Result<RoomServer, HostErrorCode>>;
  createTunnel(tunnel: Pick<TunnelOptions, 'choice' | 'others' | 'localPort'>): HostTunnel;
  openNames(secret: Bytes): Promise<NameOpener>;
  randomBytes(sizeBytes: number): Bytes;
  readonly keptRoom: Pick<KeptRoomFile, 'found' | 'sealed' | 'knownSealed' | 'write' | 'remove'>;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** The time of day, in milliseconds since 1970. */
  wallClockMs(): number;
}

export interface HostedRoomSetup extends HostServers {
  readonly dependencies: HostDependencies;
  /** Checked by `checkOptions`. */
  readonly options: HostOptions;
  /** The room to go on with; null for a new one. */
  readonly resumed: KeptRoom | null;
  readonly logger: Logger;
  /** The first step is done. */
  readonly onCertificate: (certificate: Pick<ServerCertificate, 'renewed' | 'saved'>) => void;
  /** Called whenever `status` has changed. */
  readonly onChange: () => void;
  /** The room cannot be kept, and is over should the program end. */
  readonly onNotKept: () => void;
}

export class HostedRoom {
  readonly #setup: HostedRoomSetup;
  /** S: it stays as long as the room, whatever links there are. */
  readonly #secret: Bytes;
  /** Of the certificate that the local addresses show. */
  readonly #fingerprint: Bytes;
  readonly #server: RoomServer;
  readonly #participants: Participants;
  readonly #waiting: Participants;
  readonly #store = new DisposableStore();
  #tunnel: HostTunnel | null = null;
  #tunnelStatus: TunnelStatus = { phase: 'off' };
  /** The tunnel's last address: while it is being restored, it may come back under the same one. */
  #tunnelOrigin: string | null = null;
  readonly #addresses: AddressHistory;
  #added: readonly string[];
  #announcedOrigin: string | null = null;
  #attendance: Attendance;
  #relayOnly: boolean;
  /** null where the room ends with the program. */
  readonly #keeping: RoomKeeping | null;

  private constructor(
    setup: HostedRoomSetup,
    secret: Bytes,
    fingerprint: Bytes,
    server: RoomServer,
    names: NameOpener,
  ) {
    this.#setup = setup;
    this.#secret = secret;
    this.#fingerprint = fingerprint;
    this.#server = server;
    this.#added = setup.options.origins;
    this.#relayOnly = setup.options.relayOnly;
    const { options, resumed, dependencies } = setup;
    this.#announcedOrigin = resumed?.server.formerTunnels.at(-1) ?? null;
    this.#addresses = new AddressHistory(this.#announcedOrigin, dependencies.wallClockMs());
    this.#keeping =
      dependencies.keptRoom.sealed || options.keepRoom
        ? this.#store.add(
            new RoomKeeping({
              ...dependencies,
              file: dependencies.keptRoom,
              keep: () => this.#keep(),
              onFailed: setup.onNotKept,
            }),
          )
        : null;
    this.#participants = this.#store.add(new Participants(names, setup.onChange));
    this.#waiting = this.#store.add(new Participants(names, setup.onChange));
    this.#participants.handleRoster(server.roster());
    this.#attendance = server.attendance();
    this.#store.add(server.onKeepable(() => this.#keeping?.handleChange()));
    this.#store.add(server.onRoster((roster) => this.#participants.handleRoster(roster)));
    this.#store.add(server.onLinks(() => setup.onChange()));
    this.#store.add(
      server.onAttendance((attendance) => {
        this.#attendance = attendance;
        this.#waiting.handleRoster(attendance.waiting);
        setup.onChange();
      }),
    );
  }

  /**
   * Opens the room. Nothing is left behind when it fails or is aborted (then the code is `not-live`). A tunnel that
   * fails is no failure: the link for this computer stays.
   */
  static async open(setup: HostedRoomSetup, signal: AbortSignal): Promise<Result<HostedRoom, HostErrorCode>> {
    const { dependencies, options, resumed, logger } = setup;
    const certificate = await dependencies
      .loadCertificate(options.lan)
      .then(ok, () => fail<HostErrorCode>('certificate-failed'));
    if (signal.aborted) return fail('not-live');
    if (!certificate.ok) return certificate;
    setup.onCertificate(certificate.value);

    const secret = resumed?.secret ?? dependencies.randomBytes(SECRET_BYTES);
    const names = await dependencies.openNames(secret);
    const { cert, key, fingerprint } = certificate.value;
    const { port, lan, capacity, lobby, files, relayOnly } = options;
    const newToken = () => dependencies.randomBytes(TOKEN_BYTES);
    const servers = roomServers({ ...setup, relayOnly }, dependencies);
    const start = { port, lan, capacity, lobby, files, ...servers, certificate: { cert, key }, newToken };
    const goesOn = resumed && {
      kept: resumed.server,
      awayMs: Math.max(0, dependencies.wallClockMs() - resumed.savedAtMs),
    };
    const server = await dependencies.startServer({ ...start, ...(goesOn && { resumed: goesOn }) }, signal);
    if (!server.ok) return signal.aborted ? fail('not-live') : server;

    const room = new HostedRoom(setup, secret, fingerprint, server.value, names);
    try {
      // Whoever sees the room open may rely on its being kept.
      if (!signal.aborted) await room.#keeping?.flush();
      if (signal.aborted) {
        await room.#abandon();
        return fail('not-live');
      }
      room.#updateOrigins();
      room.#startTunnel();
    } catch (error) {
      await room.#abandon();
      throw error;
    }
    logger.info('host-live', { capacity, tunnel: options.tunnel, lan });
    return ok(room);
  }

  get status(): LiveStatus {
    const { options } = this.#setup;
    const publicOrigin = this.#publicOrigin;
    const localOrigin = `http://localhost:${this.#server.port}`;
    const links = this.#server.links();
    const main = links.find(({ kind }) => kind === 'main');
    if (!main) throw new Error('a room without a link');
    const inviteAt = (origin: string) => this.#invite(origin, main);
    const others = new Set([...this.#added, ...this.#lanOrigins]);
    return {
      phase: 'live',
      port: this.#server.port,
      capacity: options.capacity,
      local: inviteAt(localOrigin),
      public: publicOrigin === null ? null : inviteAt(publicOrigin),
      former: this.#addresses.former,
      others: [...others].filter((origin) => origin !== publicOrigin).map(inviteAt),
      invitations: links.flatMap((link) => this.#invitation(link, publicOrigin ?? localOrigin)),
      tunnel: this.#tunnelStatus,
      participants: this.#participants.list.map((person) => ({
        ...person,
        reports: this.#attendance.reports.get(person.id) ?? 0,
      })),
      ...this.#attendance.door,
      files: this.#attendance.files,
      ...this.#waitingAsShown(),
      onlookers: this.#attendance.onlookers,
      resumed: this.#setup.resumed !== null,
    };
  }

  /** Nobody is shown before the name is opened, nor once they wait no more. */
  #waitingAsShown(): Pick<LiveStatus, 'waiting' | 'waitingCount'> {
    const { waiting, waitingCount } = this.#attendance;
    const stillWaiting = ({ id }: NamedPerson) => waiting.some((guest) => guest.id === id);
    return { waiting: this.#waiting.list.filter(stillWaiting), waitingCount };
  }

  handle(command: RoomCommand): CommandResult {
    const result = this.#server.handleCommand(command);
    // Whoever was put out is not to come back because the program died a moment later.
    void this.#keeping?.flush();
    return result;
  }

  /** Whether the addresses of those inside are hidden from each other. */
  get relayOnly(): boolean {
    return this.#relayOnly;
  }

  /** They count at once, for those inside as well. */
  setServers(servers: HostServers, relayOnly: boolean): void {
    this.#relayOnly = relayOnly;
    this.#server.setServers(roomServers({ ...servers, relayOnly }, this.#setup.dependencies));
    // Nobody is to be shown because the program died a moment later.
    void this.#keeping?.flush();
  }

  /** For the host's own page, each time it is loaded. */
  expectHost(): OwnResume {
    return this.#server.expectHost();
  }

  /** Lets a tunnel or proxy started by hand in; one that is known already is no failure. */
  addOrigin(typed: string): CommandResult {
    const origin = parseOrigin(typed);
    if (!origin.ok) return origin;
    if (this.#added.includes(origin.value)) return ok(null);
    if (this.#added.length >= ADDED_ORIGINS_MAX) return fail('bad-origin');
    this.#added = [...this.#added, origin.value];
    this.#updateOrigins();
    this.#setup.onChange();
    return ok(null);
  }

  /** The room is over: nothing of it stays. */
  async stop(): Promise<void> {
    await this.#keeping?.end();
    await this.#close(() => this.#server.stop());
  }

  /** Only this program's part ends: those inside talk on. Resolves with what another run can go on with, or null where the room is not kept. */
  async stopServer(): Promise<KeptRoom | null> {
    await this.#keeping?.flush();
    await this.#close(() => this.#server.suspend());
    if (this.#keeping === null) return null;
    // What happened while that took its time.
    await this.#keeping.flush();
    return this.#keep();
  }

  /** It did not come to be live: one that was to go on is still to be gone on with. */
  #abandon(): Promise<void> {
    return this.#setup.resumed ? this.#close(() => this.#server.suspend()) : this.stop();
  }

  /** The server first, so that guests behind the tunnel still hear that the room is closed. */
  async #close(endServer: () => Promise<void>): Promise<void> {
    this.#store.dispose();
    const { logger } = this.#setup;
    await endServer().catch(() => logger.error('server-stop-failed'));
    await this.#tunnel?.stop().catch(() => logger.error('tunnel-stop-failed'));
  }

  #keep(): KeptRoom {
    const { options, dependencies } = this.#setup;
    return {
      savedAtMs: dependencies.wallClockMs(),
      secret: this.#secret,
      options: { ...options, port: this.#server.port, origins: this.#added, relayOnly: this.#relayOnly },
      server: this.#server.keep(),
    };
  }

  #startTunnel(): void {
    const { dependencies, options } = this.#setup;
    if (options.tunnel === 'none') return;
    const tunnel = dependencies.createTunnel({
      choice: options.tunnel,
      others: options.otherTunnel,
      localPort: this.#server.port,
    });
    this.#tunnel = tunnel;
    this.#tunnelStatus = { phase: 'connecting' };
    this.#store.add(tunnel.onStatus((status) => this.#handleTunnelStatus(status)));
    tunnel.start();
  }

  #handleTunnelStatus(status: TunnelStatus): void {
    this.#tunnelStatus = status;
    this.#addresses.handle(status, this.#setup.dependencies.wallClockMs());
    if (status.phase === 'connected') this.#tunnelOrigin = status.url;
    this.#updateOrigins();
    this.#setup.onChange();
  }

  /** What may ask the server for the page, and for those inside where it is to be found from now on. */
  #updateOrigins(): void {
    this.#server.setOrigins({ tunnel: this.#tunnelOrigin, added: this.#added });
    const origin = this.#publicOrigin;
    if (origin === null || origin === this.#announcedOrigin) return;
    if (this.#announcedOrigin !== null) this.#server.announceMoved(origin);
    this.#announcedOrigin = origin;
    this.#keeping?.handleChange();
  }

  get #publicOrigin(): string | null {
    return this.#tunnelStatus.phase === 'connected' ? this.#tunnelStatus.url : (this.#added[0] ?? null);
  }

  get #lanOrigins(): readonly string[] {
    return this.#setup.options.lan ? this.#server.lanOrigins() : [];
  }

  /** At a local address nobody vouches for the certificate, so the link does. */
  #invite(origin: string, { token }: LiveLink): InviteLink {
    const certificate = this.#lanOrigins.includes(origin) ? this.#fingerprint : null;
    return { origin, invite: formatInvite(origin, { secret: this.#secret, token, certificate }) };
  }

  #invitation(liveLink: LiveLink, origin: string): Invitation[] {
    const { id, kind, expiresInMs } = liveLink;
    const link = this.#invite(origin, liveLink);
    if (kind === 'one-time') return [{ id, kind, link }];
    if (kind === 'main' || expiresInMs === null) return [];
    return [{ id, kind, link, expiresAtMs: this.#setup.dependencies.wallClockMs() + expiresInMs }];
  }
}
