/** Owns a host without network: dependencies whose server and tunnel do what a test tells them. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { Emitter } from '../../../main/common/emitter.ts';
import type { CommandResult, RoomCommand } from '../../../main/common/host-api/commands.ts';
import type { HostErrorCode, TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import { assertNever, fail, ok, type Result } from '../../../main/common/result.ts';
import type { HostDependencies, HostTunnel, ServerStart } from '../../../main/host/hosted-room.ts';
import type { KeptRoom } from '../../../main/host/kept-room.ts';
import type { KeptReading } from '../../../main/host/kept-room-file.ts';
import type { HostOptions } from '../../../main/host/options.ts';
import type { Attendance } from '../../../main/room/attendance.ts';
import type { KeptLink, RoomServers } from '../../../main/room/room-events.ts';
import type { KeptServer, LiveLink, RoomServer } from '../../../main/server/server.ts';
import { ManualTime } from '../time/manual-time.ts';

export const OPTIONS: HostOptions = {
  mode: 'group',
  capacity: 6,
  port: 8790,
  tunnel: 'none',
  otherTunnel: false,
  lan: false,
  keepRoom: false,
  lobby: false,
  files: true,
  relayOnly: false,
  origins: [],
};

/** Of somebody who is never in. */
export const NOBODY_ID = '_'.repeat(22);

export class FakeServer implements RoomServer {
  readonly start: ServerStart;
  readonly port: number;
  readonly moved: string[] = [];
  /** What the pages were to be connected by since the start. */
  readonly servers: RoomServers[] = [];
  origins: { readonly tunnel: string | null; readonly added: readonly string[] } | null = null;
  stops = 0;
  stopFails = false;
  readonly #calls: string[];
  readonly removed: string[] = [];
  shutOuts = 0;
  /** What was to be done at the door, or about files, in order. */
  readonly asked: RoomCommand[] = [];
  door: Attendance['door'];
  files: boolean;
  /** What `links` tells; the first one is the room's own. */
  list: LiveLink[] = [];
  isFull = false;
  readonly #events = new Emitter<{ roster: readonly RosterEntry[]; links: null; attendance: Attendance }>();
  #lastLink = 0;

  constructor(start: ServerStart, calls: string[]) {
    this.start = start;
    this.port = start.port || 50_000;
    this.door = start.resumed?.kept.places.door ?? { locked: false, lobby: start.lobby };
    this.files = start.resumed?.kept.places.files ?? start.files;
    this.#calls = calls;
    const [kept] = start.resumed?.kept.tokens ?? [];
    this.list = [
      kept ? { id: kept[0], kind: 'main', token: kept[1], expiresInMs: null } : this.#newLink('main', null),
    ];
  }

  expectHost() {
    return { token: 'resume', hostKey: 'key' };
  }

  /** Who is in from the start, where the room goes on. */
  roster(): readonly RosterEntry[] {
    return [];
  }

  attendance(): Attendance {
    const { door, files } = this;
    return { onlookers: 0, door, files, waiting: [], waitingCount: 0, reports: new Map() };
  }

  keep(): KeptServer {
    const tokens = this.list.map(({ id, token }) => [id, token] as const);
    const links = this.list.map(
      ({ id }, index): KeptLink => ({
        id,
        terms: { kind: index === 0 ? 'main' : 'one-time' },
      }),
    );
    return {
      hostKey: new Uint8Array(32).fill(7),
      tokens: new Map(tokens),
      formerTunnels: [],
      places: { nowMs: 0, door: this.door, files: this.files, links, members: [] },
    };
  }

  onKeepable(listener: () => void) {
    return this.#events.on('links', listener);
  }

  onRoster(listener: (entries: readonly RosterEntry[]) => void) {
    return this.#events.on('roster', listener);
  }

  links(): readonly LiveLink[] {
    return this.list;
  }

  onLinks(listener: () => void) {
    return this.#events.on('links', listener);
  }

  handleCommand(command: RoomCommand): CommandResult {
    switch (command.type) {
      case 'new-link':
        this.tellLinks([this.#newLink('main', null), ...this.list.slice(1)]);
        return ok(null);
      case 'invite': {
        if (this.isFull) return fail('too-many-links');
        const { request } = command;
        const lifetimeMs = request.kind === 'expiring' ? request.lifetimeMs : null;
        this.tellLinks([...this.list, this.#newLink(request.kind, lifetimeMs)]);
        return ok(null);
      }
      case 'revoke': {
        const left = this.list.filter((link) => link.id !== command.invitation || link.kind === 'main');
        if (left.length === this.list.length) return fail('unknown-invitation');
        this.tellLinks(left);
        return ok(null);
      }
      case 'remove':
        this.removed.push(command.participant);
        return command.participant === NOBODY_ID ? fail('unknown-participant') : ok(null);
      case 'shut-out':
        this.shutOuts += 1;
        return ok(null);
      case 'end':
        this.tellLinks([this.#newLink('main', null)]);
        return ok(null);
      case 'lock':
      case 'unlock':
      case 'lobby':
      case 'admit':
      case 'refuse':
      case 'files':
        this.asked.push(command);
        return ok(null);
      default:
        return assertNever(command);
    }
  }

  onAttendance(listener: (attendance: Attendance) => void) {
    return this.#events.on('attendance', listener);
  }

  tellAttendance(change: Partial<Attendance>): void {
    this.#events.emit('attendance', { ...this.attendance(), ...change });
  }

  tellLinks(links: LiveLink[]): void {
    this.list = links;
    this.#events.emit('links', null);
  }

  #newLink(kind: LiveLink['kind'], expiresInMs: number | null): LiveLink {
    this.#lastLink += 1;
    return { id: this.#lastLink, kind, token: this.start.newToken(), expiresInMs };
  }

  setOrigins(origins: { readonly tunnel: string | null; readonly added: readonly string[] }): void {
    this.origins = origins;
  }

  setServers(servers: RoomServers): void {
    this.servers.push(servers);
  }

  announceMoved(url: string): void {
    this.moved.push(url);
  }

  lanOrigins(): readonly string[] {
    return ['https://192.0.2.7:8790'];
  }

  async stop(): Promise<void> {
    this.stops += 1;
    this.#calls.push('server-stop');
    if (this.stopFails) throw new Error('no');
  }

  async suspend(): Promise<void> {
    this.#calls.push('server-suspend');
  }

  tellRoster(entries: readonly RosterEntry[]): void {
    this.#events.emit('roster', entries);
  }
}

export class FakeTunnel implements HostTunnel {
  starts = 0;
  stops = 0;
  readonly #calls: string[];
  readonly #events = new Emitter<{ status: TunnelStatus }>();

  constructor(calls: string[]) {
    this.#calls = calls;
  }

  onStatus(listener: (status: TunnelStatus) => void) {
    return this.#events.on('status', listener);
  }

  start(): void {
    this.starts += 1;
  }

  async stop(): Promise<void> {
    this.stops += 1;
    this.#calls.push('tunnel-stop');
    this.tell({ phase: 'off' });
  }

  tell(status: TunnelStatus): void {
    this.#events.emit('status', status);
  }
}

/** A disk for one kept room. */
export class FakeKeptRoom {
  found: KeptReading = { kind: 'none' };
  isSealed = false;
  knownSealed = false;
  fails = false;
  /** What lies there. */
  kept: KeptRoom | null = null;
  writes = 0;
  readonly #calls: string[];

  constructor(calls: string[]) {
    this.#calls = calls;
  }

  get sealed(): boolean {
    this.knownSealed = this.isSealed;
    return this.isSealed;
  }

  async write(kept: KeptRoom): Promise<void> {
    if (this.fails) throw new Error('no');
    this.kept = kept;
    this.writes += 1;
  }

  async remove(): Promise<void> {
    if (this.kept !== null) this.#calls.push('kept-removed');
    this.kept = null;
  }
}

/** Those that succeed at once; a test replaces the methods it wants to behave otherwise. */
export class FakeDependencies implements HostDependencies {
  readonly servers: FakeServer[] = [];
  readonly tunnels: FakeTunnel[] = [];
  readonly secrets: Bytes[] = [];
  /** What was stopped, in order. */
  readonly calls: string[] = [];
  renewed = false;
  saved = true;
  readonly fingerprint: Bytes = new Uint8Array(32).fill(0xfe);
  wallNowMs = 1_700_000_000_000;
  readonly time = new ManualTime();
  readonly clock = this.time.clock;
  readonly timers = this.time.timers;
  readonly keptRoom = new FakeKeptRoom(this.calls);
  #drawn = 0;

  get server(): FakeServer {
    return last(this.servers);
  }

  get tunnel(): FakeTunnel {
    return last(this.tunnels);
  }

  async loadCertificate(_lan: boolean) {
    const { fingerprint, renewed, saved } = this;
    return { cert: 'cert', key: 'key', fingerprint, renewed, saved };
  }

  async startServer(start: ServerStart, _signal: AbortSignal): Promise<Result<RoomServer, HostErrorCode>> {
    const server = new FakeServer(start, this.calls);
    this.servers.push(server);
    return ok(server);
  }

  createTunnel(): HostTunnel {
    const tunnel = new FakeTunnel(this.calls);
    this.tunnels.push(tunnel);
    return tunnel;
  }

  async openNames(secret: Bytes) {
    this.secrets.push(secret);
    return { open: async (_id: Bytes, box: Bytes) => (box.length === 0 ? null : `name ${box[0]}`) };
  }

  wallClockMs(): number {
    return this.wallNowMs;
  }

  /** Each call gives bytes that no call before gave. */
  randomBytes(sizeBytes: number): Bytes {
    this.#drawn += 1;
    return new Uint8Array(sizeBytes).fill(this.#drawn);
  }
}

function last<Item>(items: readonly Item[]): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error('none was made');
  return item;
}
