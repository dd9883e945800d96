/** Owns the floor the product's relay is compared with: the least `ws` server that passes JSON by the id in `to`. */

import { createServer } from 'node:http';
import { type AddressInfo, type WebSocket, WebSocketServer } from 'ws';
import pageHtml from './bare-page.html?raw';

export interface BareRelay {
  readonly port: number;
  stop(): Promise<void>;
}

interface Envelope {
  to?: string;
  from?: string;
  join?: true;
}

/** Serves the bare page and its sockets on a free loopback port; a socket's id is told in its first frame. */
export async function startBareRelay(): Promise<BareRelay> {
  const sockets = new Map<string, WebSocket>();
  const members: string[] = [];
  let created = 0;

  const http = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageHtml);
  });
  const gateway = new WebSocketServer({ server: http, path: '/ws', perMessageDeflate: false });

  gateway.on('connection', (socket) => {
    const id = `peer-${created++}`;
    sockets.set(id, socket);
    socket.on('message', (data) => {
      const envelope = JSON.parse(data.toString()) as Envelope;
      if (envelope.join) {
        socket.send(JSON.stringify({ members, id }));
        members.push(id);
        return;
      }
      const recipient = sockets.get(envelope.to ?? '');
      delete envelope.to;
      envelope.from = id;
      recipient?.send(JSON.stringify(envelope));
    });
    socket.on('close', () => {
      sockets.delete(id);
      const index = members.indexOf(id);
      if (index >= 0) members.splice(index, 1);
    });
  });

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    port: (http.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets.values()) socket.terminate();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}
