/** Owns the connections that are open, and the one set of listeners that serves all their sockets. */

import type { RawData, WebSocket } from 'ws';
import type { Connection } from './connection.ts';

export class OpenConnections {
  readonly #bySocket = new Map<WebSocket, Connection>();
  readonly #listen: (socket: WebSocket) => void;

  /** `handleClosed` is called when there is one connection less. */
  constructor(handleClosed: () => void) {
    const bySocket = this.#bySocket;
    // Functions of each socket's own would be the largest part of what a connection costs.
    function handleError(this: WebSocket) {
      bySocket.get(this)?.handleError();
    }
    function handleMessage(this: WebSocket, data: RawData, isBinary: boolean) {
      bySocket.get(this)?.handleFrame(data, isBinary);
    }
    function handlePing(this: WebSocket) {
      bySocket.get(this)?.handlePing();
    }
    function handlePong(this: WebSocket) {
      bySocket.get(this)?.handlePong();
    }
    function handleClose(this: WebSocket) {
      const connection = bySocket.get(this);
      bySocket.delete(this);
      if (!connection) return;
      connection.handleClose();
      handleClosed();
    }
    this.#listen = (socket) => {
      // `error` first of all: one that nobody listens for would end the process.
      socket.on('error', handleError).on('message', handleMessage).on('close', handleClose);
      socket.on('ping', handlePing).on('pong', handlePong);
    };
  }

  get size(): number {
    return this.#bySocket.size;
  }

  /** Those open now; closing one meanwhile does no harm. */
  all(): readonly Connection[] {
    return [...this.#bySocket.values()];
  }

  add(socket: WebSocket, connection: Connection): void {
    this.#bySocket.set(socket, connection);
    this.#listen(socket);
  }
}
