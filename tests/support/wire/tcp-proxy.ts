/** Owns a wire that a test can cut and count: a TCP proxy on loopback, in front of one local port. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** So far, in both directions together. */
  readonly carriedBytes: number;
  /** The connections there are carry nothing any more, and nobody is told; new ones do. */
  stall(): void;
  /** Drops every connection and refuses new ones until `mend()`. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const pairs: (readonly [client: Socket, target: Socket])[] = [];
  let whole = true;
  let carriedBytes = 0;

  function own(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', ({ length }: Buffer) => {
      carriedBytes += length;
    });
    socket.on('close', () => sockets.delete(socket));
    return socket;
  }

  function cut(): void {
    whole = false;
    for (const socket of sockets) socket.resetAndDestroy();
  }

  const server = createServer((client) => {
    own(client);
    if (!whole) {
      client.resetAndDestroy();
      return;
    }
    const target = own(connect(targetPort, '127.0.0.1'));
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    client.pipe(target).pipe(client);
    pairs.push([client, target]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    get carriedBytes() {
      return carriedBytes;
    },
    stall() {
      for (const [client, target] of pairs) {
        client.unpipe(target).resume();
        target.unpipe(client).resume();
      }
    },
    cut,
    mend() {
      whole = true;
    },
    async stop() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
