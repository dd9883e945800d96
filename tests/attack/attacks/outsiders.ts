/** Owns what somebody can do who knows the address only: connections that idle, and sockets that never prove a link. */

import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { UNPROVEN_SOCKETS_MAX } from '../../../main/common/protocol/limits.ts';
import { BROWSER_AGENT } from '../../support/wire/wire-page.ts';
import type { Attack, AttackStage } from '../stage.ts';
import { withOwnPage } from './door.ts';

/** Twice as many as the port has places. */
const IDLE = 500;
const SILENT = UNPROVEN_SOCKETS_MAX + 8;
const LASTS_MS = 6_000;
const STEP_MS = 500;

export const slowConnections: Attack = withOwnPage({
  name: `${IDLE} slow connections`,
  run: ({ host }) =>
    keepUp<Socket>(IDLE, {
      open: () => connect(host.port, '127.0.0.1').on('error', () => {}),
      isOpen: (socket) => !socket.destroyed,
      // A request that goes on and on, and never ends.
      feed: (socket) => void socket.write(socket.bytesWritten === 0 ? 'GET / HTTP/1.1\r\nX: ' : 'x'),
      close: (socket) => socket.destroy(),
    }),
});

export const silentSockets: Attack = {
  name: `${SILENT} sockets that prove nothing`,
  run: ({ host }: AttackStage) =>
    keepUp<WebSocket>(SILENT, {
      open: () => {
        const headers = { Origin: `http://localhost:${host.port}`, 'User-Agent': BROWSER_AGENT };
        return new WebSocket(`ws://localhost:${host.port}/ws`, { headers }).on('error', () => {});
      },
      isOpen: ({ readyState }) => readyState <= WebSocket.OPEN,
      feed: () => {},
      close: (socket) => socket.terminate(),
    }),
};

interface Kind<Connection> {
  open(): Connection;
  isOpen(connection: Connection): boolean;
  feed(connection: Connection): void;
  close(connection: Connection): void;
}

/** Keeps so many open for the time of the attack, and opens another one for each that is closed. */
async function keepUp<Connection>(count: number, kind: Kind<Connection>): Promise<void> {
  let open: Connection[] = [];
  for (let passedMs = 0; passedMs < LASTS_MS; passedMs += STEP_MS) {
    open = open.filter((connection) => kind.isOpen(connection));
    open.push(...Array.from({ length: count - open.length }, () => kind.open()));
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    for (const connection of open) kind.feed(connection);
  }
  for (const connection of open) kind.close(connection);
}
