/** Owns the floods that are kept up: connections that idle, and sockets that never prove a link, by somebody who knows the address only. */

import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { UNPROVEN_SOCKETS_MAX } from '../../main/common/protocol/limits.ts';
import { BROWSER_AGENT } from '../support/wire/wire-page.ts';

/** Twice as many as the port has places. */
export const IDLE = 500;
export const SILENT = UNPROVEN_SOCKETS_MAX + 8;
const LASTS_MS = 6_000;
const STEP_MS = 500;

interface Door {
  readonly port: number;
  readonly origin: string;
}

export const idle = ({ port }: Door) =>
  keepUp<Socket>(IDLE, {
    open: () => connect(port, '127.0.0.1').on('error', () => {}),
    isOpen: (socket) => !socket.destroyed,
    // A request that goes on and on, and never ends.
    feed: (socket) => void socket.write(socket.bytesWritten === 0 ? 'GET / HTTP/1.1\r\nX: ' : 'x'),
    close: (socket) => socket.destroy(),
  });

export const proveNothing = ({ port, origin }: Door) =>
  keepUp<WebSocket>(SILENT, {
    open: () => {
      const headers = { Origin: origin, 'User-Agent': BROWSER_AGENT };
      return new WebSocket(`ws://localhost:${port}/ws`, { headers }).on('error', () => {});
    },
    isOpen: ({ readyState }) => readyState <= WebSocket.OPEN,
    feed: () => {},
    close: (socket) => socket.terminate(),
  });

interface Kind<Connection> {
  open(): Connection;
  isOpen(connection: Connection): boolean;
  feed(connection: Connection): void;
  close(connection: Connection): void;
}

/** Keeps so many open for the time of the attack, and opens another one for each that is closed; returns how many it opened in all. */
async function keepUp<Connection>(count: number, kind: Kind<Connection>): Promise<number> {
  let open: Connection[] = [];
  let opened = 0;
  for (let passedMs = 0; passedMs < LASTS_MS; passedMs += STEP_MS) {
    open = open.filter((connection) => kind.isOpen(connection));
    const missing = count - open.length;
    open.push(...Array.from({ length: missing }, () => kind.open()));
    opened += missing;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    for (const connection of open) kind.feed(connection);
  }
  for (const connection of open) kind.close(connection);
  return opened;
}
