/** Owns the room's WebSocket gateway: opens sockets past the gate, runs their handshakes, carries messages in and out. */

import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocketServer } from 'ws';
import { Emitter } from '../common/emitter.ts';
import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../common/platform.ts';
import { formatServerMessage } from '../common/protocol/codec.ts';
import {
  AUTH_TIMEOUT_MS,
  CLOSE_GRACE_MS,
  HEARTBEAT_INTERVAL_MS,
  MESSAGE_CHUNKS_MAX,
  MESSAGE_FRAGMENTS_MAX,
  MESSAGE_MAX_BYTES,
} from '../common/protocol/limits.ts';
import type { ClientMessage, RosterEntry, ServerMessage } from '../common/protocol/messages.ts';
import { assertNever, fail } from '../common/result.ts';
import { Timeout } from '../common/timing/timeout.ts';
import type { Attendance } from '../room/attendance.ts';
import type { Room } from '../room/room.ts';
import {
  type Delivery,
  isBox,
  type KeptPlaces,
  type RoomEvent,
  type RoomServers,
  type SocketId,
} from '../room/room-events.ts';
import { Connection, type ConnectionOwner, type EndCause, isProvable } from './connection.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { type Gate, REFUSALS, type Refusal, ticketsOf, toRequestInfo } from './gate.ts';
import { Handshake } from './handshake.ts';
import type { HostKey } from './host-key.ts';
import { OpenConnections } from './open-connections.ts';
import type { TokenStore } from './token-store.ts';
import { kindOf, type SocketKind, UnprovenSockets } from './unproven-sockets.ts';

export interface WsGatewayOptions {
  readonly room: Room;
  readonly gate: Gate;
  readonly tokens: TokenStore;
  readonly hostKey: HostKey;
  readonly slots: Pick<ConnectionSlots, 'keep' | 'release'>;
  readonly logger: Logger;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

/** `closeTimeout`, by which the library tears down a socket that does not agree to close, is not in its types yet. */
const SOCKET_LIMITS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MESSAGE_MAX_BYTES,
  maxFragments: MESSAGE_FRAGMENTS_MAX,
  maxBufferedChunks: MESSAGE_CHUNKS_MAX,
  closeTimeout: CLOSE_GRACE_MS,
};

/** A socket on its way in. */
interface PendingHandshake {
  readonly handshake: Handshake;
  /** It has to be in by then. */
  readonly timer: TimerHandle;
}

export class WsGateway implements ConnectionOwner {
  readonly #options: WsGatewayOptions;
  readonly #upgrades = new WebSocketServer(SOCKET_LIMITS);
  readonly #open = new OpenConnections(() => this.#handleClosed());
  /** Open but not proven yet. */
  readonly #unproven = new UnprovenSockets<Connection, PendingHandshake>((connection) =>
    connection.close('auth-timeout'),
  );
  readonly #proven = new Map<SocketId, Connection>();
  readonly #events: RoomEvent[] = [];
  /** To the host's commands, until it has them. */
  readonly #answers: CommandResult[] = [];
  readonly #emitter = new Emitter<{
    roster: readonly RosterEntry[];
    links: null;
    attendance: Attendance;
    handled: null;
  }>();
  #emittedRevision = 0;
  #emittedLinks: Room['links'];
  #emittedAttendance: Attendance;
  #moved: ServerMessage | null = null;
  #lastId: SocketId = 0;
  #isCarrying = false;
  readonly #beat: Timeout;
  readonly #tick: Timeout;
  /** Set once stopping; called when the last socket has closed. */
  #handleEmpty: (() => void) | null = null;

  constructor(options: WsGatewayOptions) {
    this.#options = options;
    this.#beat = new Timeout(options.timers);
    this.#tick = new Timeout(options.timers);
    this.#emittedLinks = options.room.links;
    this.#emittedAttendance = options.room.attendance;
  }

  /** Called with everyone who is in, after every change. */
  onRoster(listener: (entries: readonly RosterEntry[]) => void): Disposable {
    return this.#emitter.on('roster', listener);
  }

  /** Called after every change of the links that let people in. */
  onLinks(listener: () => void): Disposable {
    return this.#emitter.on('links', listener);
  }

  /** Called after every change of who is at the door, how that stands, and who is reported. */
  onAttendance(listener: (attendance: Attendance) => void): Disposable {
    return this.#emitter.on('attendance', listener);
  }

  /** Called after events that may have changed what is kept of the room. */
  onHandled(listener: () => void): Disposable {
    return this.#emitter.on('handled', listener);
  }

  /** Before anything else: goes on with what another run left. */
  resume(kept: KeptPlaces, awayMs: number): void {
    this.#dispatch({ type: 'resumed', kept, awayMs });
  }

  /** The host's own page is to come with this `resume`, once. */
  expectHost(resume: string): void {
    this.#dispatch({ type: 'host-expected', resume });
  }

  /** From now on the pages, those inside too, are to be connected by these. */
  setServers(servers: RoomServers): void {
    if (!this.#handleEmpty) this.#dispatch({ type: 'servers', servers });
  }

  /** Has the room carry out what the host wants; `not-live` once stopping. */
  handleCommand(command: RoomCommand): CommandResult {
    if (this.#handleEmpty) return fail('not-live');
    this.#dispatch({ type: 'command', command });
    return this.#answers.shift() ?? fail('internal');
  }

  /** To everyone who has proven the link, joined or not, and to whoever comes later: they may know of somebody at the old address. */
  announceMoved(url: string): void {
    this.#moved = { type: 'moved', url };
    this.#send([...this.#proven.keys()], this.#moved);
  }

  #send(to: readonly SocketId[], message: ServerMessage): void {
    const text = formatServerMessage(message);
    for (const socket of to) this.#proven.get(socket)?.sendText(text, isProvable(message));
  }

  /** The `upgrade` event of an HTTP server. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const info = toRequestInfo(request);
    const verdict = this.#handleEmpty ? 'stopping' : this.#options.gate.checkUpgrade(info);
    if (verdict !== 'page' && verdict !== 'browser-only') {
      this.#options.logger.debug('upgrade-refused', { reason: verdict });
      refuse(socket, verdict);
      return;
    }
    this.#upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(++this.#lastId, webSocket, socket, this, this.#options.clock);
      this.#open.add(webSocket, connection);
      this.#scheduleBeat();
      if (verdict === 'page') this.#awaitHandshake(connection, this.#kindOf(ticketsOf(info)));
      else connection.close('browser-only');
    });
  }

  /**
   * Opens no more sockets, tells those there are that the host ended the call, or nothing where it goes on in another run, and
   * is done when all are closed.
   */
  async stop(goesOn: boolean): Promise<void> {
    if (this.#handleEmpty) return;
    const empty = new Promise<void>((resolve) => {
      this.#handleEmpty = resolve;
    });
    this.#beat.dispose();
    this.#tick.dispose();
    if (this.#open.size === 0) return;
    for (const connection of this.#open.all()) {
      if (goesOn) connection.cut();
      else connection.close('closed');
    }
    await empty;
  }

  handleMessage(connection: Connection, message: ClientMessage): void {
    if (!this.#proven.has(connection.id)) {
      this.#handleHandshake(connection, message);
      return;
    }
    switch (message.type) {
      case 'hello':
      case 'auth':
        connection.close('bad-message');
        break;
      case 'ping':
        connection.send({ type: 'pong' });
        break;
      case 'pong':
        break;
      case 'bye':
        connection.closeAfterGoodbye();
        break;
      default:
        this.#dispatch({ type: 'message', socket: connection.id, message });
    }
  }

  handleAlive(connection: Connection): void {
    this.#dispatch({ type: 'alive', socket: connection.id });
  }

  handleSilence(connection: Connection): void {
    if (this.#proven.has(connection.id)) this.#dispatch({ type: 'silent', socket: connection.id });
  }

  handleEnd(connection: Connection, cause: EndCause): void {
    this.#options.logger.debug('socket-ended', { cause });
    this.#endHandshake(connection);
    this.#options.slots.release(connection.stream);
    if (this.#proven.delete(connection.id) && !this.#handleEmpty) {
      this.#dispatch({ type: 'gone', socket: connection.id, goodbye: cause === 'goodbye' });
    }
  }

  #handleClosed(): void {
    if (this.#open.size === 0) this.#handleEmpty?.();
  }

  #kindOf(tickets: readonly string[]): SocketKind {
    const { room, tokens } = this.#options;
    const linkTokens = room.links.map(({ id }) => tokens.tokenOf(id)).filter((token) => token !== undefined);
    return kindOf(tickets, { tokens: linkTokens, resumes: room.resumes });
  }

  /** The page speaks first. */
  #awaitHandshake(connection: Connection, kind: SocketKind): void {
    const timer = this.#options.timers.setTimeout(() => connection.close('auth-timeout'), AUTH_TIMEOUT_MS);
    // Those who know something have a bound of their own, and no need to fear strangers at the port either.
    if (kind !== 'stranger') this.#options.slots.keep(connection.stream);
    this.#unproven.add(connection, kind, { handshake: new Handshake(this.#options), timer });
  }

  /** Nothing is awaited of this socket any more. */
  #endHandshake(connection: Connection): void {
    this.#options.timers.clearTimeout(this.#unproven.taskOf(connection)?.timer);
    this.#unproven.remove(connection);
  }

  #handleHandshake(connection: Connection, message: ClientMessage): void {
    const step = this.#unproven.taskOf(connection)?.handshake.handle(message);
    switch (step?.kind) {
      case undefined:
        break;
      case 'challenged':
        connection.send(step.challenge);
        connection.proveWith(step.secrets);
        break;
      case 'refused':
        connection.close(step.reason, step.farewell);
        break;
      case 'admitted': {
        const { link, identity } = step.provenLink;
        this.#endHandshake(connection);
        this.#options.slots.keep(connection.stream);
        this.#proven.set(connection.id, connection);
        this.#dispatch({ type: 'entered', socket: connection.id, link, identity, resume: step.resume });
        break;
      }
      default:
        assertNever(step);
    }
  }

  /**
   * Carrying out a delivery can end a socket, which is an event again: events wait in line, so that everyone gets
   * everything in one order.
   */
  #dispatch(event: RoomEvent): void {
    this.#events.push(event);
    if (this.#isCarrying) return;
    this.#isCarrying = true;
    const { room, clock } = this.#options;
    let mayChange = false;
    for (let next = this.#events.shift(); next; next = this.#events.shift()) {
      for (const delivery of room.handle(next, clock())) this.#carryOut(delivery);
      if (isBox(next)) continue;
      this.#scheduleTick();
      mayChange = true;
    }
    this.#isCarrying = false;
    if (mayChange) this.#emitter.emit('handled', null);
    if (room.revision !== this.#emittedRevision) {
      this.#emittedRevision = room.revision;
      this.#emitter.emit('roster', room.roster());
    }
    if (room.links !== this.#emittedLinks) {
      this.#emittedLinks = room.links;
      this.#emitter.emit('links', null);
    }
    if (room.attendance !== this.#emittedAttendance) {
      this.#emittedAttendance = room.attendance;
      this.#emitter.emit('attendance', room.attendance);
    }
  }

  #carryOut(delivery: Delivery): void {
    switch (delivery.type) {
      case 'send':
        this.#send(delivery.to, delivery.message);
        if (this.#moved && delivery.message.type === 'hello') this.#send(delivery.to, this.#moved);
        break;
      case 'close':
        this.#proven.get(delivery.socket)?.close(delivery.reason);
        break;
      case 'cut':
        this.#proven.get(delivery.socket)?.cut();
        break;
      case 'probe':
        this.#proven.get(delivery.socket)?.probe();
        break;
      case 'answer':
        this.#answers.push(delivery.result);
        break;
      case 'forget':
        this.#options.tokens.forget(delivery.link);
        break;
      default:
        assertNever(delivery);
    }
  }

  #scheduleTick(): void {
    const { room, clock } = this.#options;
    const deadlineMs = room.nextDeadlineMs();
    if (deadlineMs === null) this.#tick.clear();
    else this.#tick.set(() => this.#dispatch({ type: 'tick' }), Math.max(0, deadlineMs - clock()));
  }

  #scheduleBeat(): void {
    if (this.#beat.pending) return;
    this.#beat.set(() => {
      for (const connection of this.#open.all()) connection.beat();
      if (this.#open.size > 0) this.#scheduleBeat();
    }, HEARTBEAT_INTERVAL_MS);
  }
}

/** Answers an upgrade with a plain refusal and ends the connection. */
function refuse(socket: Duplex, reason: Refusal): void {
  const status = REFUSALS[reason];
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n`,
  );
}
