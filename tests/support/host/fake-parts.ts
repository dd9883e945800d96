/** Owns a host without network: parts whose server and tunnel do what a test tells them. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { Emitter } from '../../../main/common/emitter.ts';
import type {
  HostErrorCode,
  HostOptions,
  InvitationRequest,
  TunnelStatus,
} from '../../../main/common/host-api/host-api.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import { ok, type Result } from '../../../main/common/result.ts';
import type {
  HostDependencies,
  HostServer,
  HostTunnel,
  ServerLink,
  ServerStart,
} from '../../../main/host/dependencies.ts';
import type { Attendance } from '../../../main/room/attendance.ts';

export const OPTIONS: HostOptions = {
  mode: 'group',
  capacity: 6,
  port: 8790,
  tunnel: 'none',
  lan: false,
  origins: [],
};

export class FakeServer implements HostServer {
  readonly start: ServerStart;
  readonly port: number;
  readonly moved: string[] = [];
  origins: { readonly tunnel: string | null; readonly added: readonly string[] } | null = null;
  stops = 0;
  stopFails = false;
  readonly #calls: string[];
  readonly removed: string[] = [];
  shutOuts = 0;
  /** What `links` tells; the first one is the room's own. */
  list: ServerLink[] = [];
  isFull = false;
  readonly #events = new Emitter<{ roster: readonly RosterEntry[]; links: null; attendance: Attendance }>();
  #lastLink = 0;

  constructor(start: ServerStart, calls: string[]) {
    this.start = start;
    this.port = start.port || 50_000;
    this.#calls = calls;
    this.list = [this.#newLink('main', null)];
  }

  onRoster(listener: (entries: readonly RosterEntry[]) => void) {
    return this.#events.on('roster', listener);
  }

  links(): readonly ServerLink[] {
    return this.list;
  }

  onLinks(listener: () => void) {
    return this.#events.on('links', listener);
  }

  newLink(): void {
    this.tellLinks([this.#newLink('main', null), ...this.list.slice(1)]);
  }

  invite(request: InvitationRequest): boolean {
    if (this.isFull) return false;
    const lifetimeMs = request.kind === 'expiring' ? request.lifetimeMs : null;
    this.tellLinks([...this.list, this.#newLink(request.kind, lifetimeMs)]);
    return true;
  }

  revoke(id: number): boolean {
    const left = this.list.filter((link) => link.id !== id || link.kind === 'main');
    if (left.length === this.list.length) return false;
    this.tellLinks(left);
    return true;
  }

  remove(id: string): boolean {
    this.removed.push(id);
    return id !== 'nobody';
  }

  shutOut(): void {
    this.shutOuts += 1;
  }

  onAttendance(listener: (attendance: Attendance) => void) {
    return this.#events.on('attendance', listener);
  }

  tellAttendance(attendance: Attendance): void {
    this.#events.emit('attendance', attendance);
  }

  tellLinks(links: ServerLink[]): void {
    this.list = links;
    this.#events.emit('links', null);
  }

  #newLink(kind: ServerLink['kind'], expiresInMs: number | null): ServerLink {
    this.#lastLink += 1;
    return { id: this.#lastLink, kind, token: this.start.newToken(), expiresInMs };
  }

  setOrigins(origins: { readonly tunnel: string | null; readonly added: readonly string[] }): void {
    this.origins = origins;
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

/** Parts that succeed at once; a test replaces the methods it wants to behave otherwise. */
export class FakeParts implements HostDependencies {
  readonly servers: FakeServer[] = [];
  readonly tunnels: FakeTunnel[] = [];
  readonly secrets: Bytes[] = [];
  /** What was stopped, in order. */
  readonly calls: string[] = [];
  renewed = false;
  wallNowMs = 1_700_000_000_000;
  #drawn = 0;

  get server(): FakeServer {
    return last(this.servers);
  }

  get tunnel(): FakeTunnel {
    return last(this.tunnels);
  }

  async loadCertificate(_lan: boolean) {
    return { cert: 'cert', key: 'key', renewed: this.renewed };
  }

  async startServer(start: ServerStart, _signal: AbortSignal): Promise<Result<HostServer, HostErrorCode>> {
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
