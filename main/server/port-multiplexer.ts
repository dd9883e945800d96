/** Owns the one port: accepts, tells TLS from plain HTTP by the first byte, and hands each socket to the right server. */

import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { HostErrorCode } from '../common/host-api/snapshot.ts';
import { FIRST_BYTE_TIMEOUT_MS } from '../common/protocol/limits.ts';
import { fail, ok, type Result } from '../common/result.ts';
import type { ConnectionSlots } from './connection-slots.ts';

/** First byte of a TLS handshake record (RFC 8446, section 5.1). */
const TLS_HANDSHAKE = 0x16;
/** How often another free port is tried when the first is free on one address family only. */
const FREE_PORT_TRIES = 10;

const IPV4_LOOPBACK = '127.0.0.1';
const IPV6_LOOPBACK = '::1';
const ALL_ADDRESSES = '::';
const ALL_IPV4_ADDRESSES = '0.0.0.0';

/** Takes over accepted sockets as if it had accepted them itself; never listens. */
export interface InnerServer {
  emit(event: 'connection', socket: Socket): boolean;
}

export interface InnerServers {
  readonly plain: InnerServer;
  readonly tls: InnerServer;
}

export type ListenError = Extract<HostErrorCode, 'port-in-use' | 'port-denied' | 'no-loopback' | 'internal'>;

export class PortMultiplexer {
  readonly #inner: InnerServers;
  readonly #servers: Server[] = [];
  readonly #slots: ConnectionSlots;
  readonly #closing: Promise<unknown>[] = [];
  /** One listener for every socket: what each of many keeps is kept small. */
  readonly #forget: (this: Socket) => void;

  constructor(inner: InnerServers, slots: ConnectionSlots) {
    this.#inner = inner;
    this.#slots = slots;
    this.#forget = function () {
      slots.remove(this);
    };
  }

  /**
   * Listens on both loopback addresses, or on all addresses with `lan`, and returns the port. Port 0 is any free one,
   * the same on both families; a machine without IPv6 does without.
   */
  async listen(port: number, lan: boolean): Promise<Result<number, ListenError>> {
    const [first, second] = lan ? [ALL_ADDRESSES, null] : [IPV4_LOOPBACK, IPV6_LOOPBACK];
    for (let tries = 1; ; tries++) {
      let bound = await this.#bind(first, port);
      if (!bound.ok && lan && isFamilyMissing(bound.error)) {
        bound = await this.#bind(ALL_IPV4_ADDRESSES, port);
      }
      if (!bound.ok) {
        return fail(!lan && isFamilyMissing(bound.error) ? 'no-loopback' : toListenError(bound.error));
      }
      const also = second === null ? bound : await this.#bind(second, bound.value);
      if (also.ok || isFamilyMissing(also.error)) return ok(bound.value);
      await this.close();
      if (port !== 0 || also.error.code !== 'EADDRINUSE' || tries === FREE_PORT_TRIES) {
        return fail(toListenError(also.error));
      }
    }
  }

  /** Releases the port at once; open sockets live on. */
  stopListening(): void {
    for (const server of this.#servers.splice(0)) {
      this.#closing.push(once(server, 'close'));
      server.close();
    }
  }

  /** Stops listening, ends every socket at once whatever it was doing, and is done when all are closed. */
  async close(): Promise<void> {
    this.stopListening();
    for (const socket of this.#slots.sockets()) socket.destroy();
    await Promise.all(this.#closing.splice(0));
  }

  async #bind(host: string, port: number): Promise<Result<number, NodeJS.ErrnoException>> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    try {
      server.listen({ host, port, exclusive: true });
      await once(server, 'listening');
    } catch (error) {
      return fail(error instanceof Error ? error : new Error('listen failed'));
    }
    // Such as too many open files: who comes just then is dropped, the port goes on.
    server.on('error', carryOn);
    this.#servers.push(server);
    const address = server.address();
    return ok(address !== null && typeof address === 'object' ? address.port : port);
  }

  #accept(socket: Socket): void {
    if (!this.#slots.add(socket)) {
      socket.destroy();
      return;
    }
    socket.on('close', this.#forget);
    socket.on('error', leaveToClose);
    this.#awaitFirstByte(socket);
  }

  #awaitFirstByte(socket: Socket): void {
    const timer = setTimeout(() => socket.destroy(), FIRST_BYTE_TIMEOUT_MS);
    const settle = () => {
      clearTimeout(timer);
      socket.off('data', decide).off('close', settle);
    };
    const decide = (chunk: Buffer) => {
      settle();
      socket.pause();
      socket.unshift(chunk);
      this.#handOver(socket, chunk[0] === TLS_HANDSHAKE);
    };
    socket.on('data', decide).on('close', settle);
  }

  #handOver(socket: Socket, isTls: boolean): void {
    if (isTls) {
      // A TLS socket takes what is buffered here and then reads from the handle itself.
      this.#inner.tls.emit('connection', socket);
      return;
    }
    // What an HTTP server expects of the sockets it accepts; it listens for their errors itself.
    socket.allowHalfOpen = true;
    socket.off('error', leaveToClose);
    this.#inner.plain.emit('connection', socket);
    socket.resume();
  }
}

/** A socket that failed closes by itself; all there is to do about it is done there. */
function leaveToClose(): void {}

function carryOn(): void {}

/** The machine, or its network, has no such kind of address. */
function isFamilyMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}

export function toListenError({ code }: NodeJS.ErrnoException): ListenError {
  if (code === 'EADDRINUSE') return 'port-in-use';
  return code === 'EACCES' ? 'port-denied' : 'internal';
}
