/** Owns a tunnel provider's edge for tests: ends TLS on loopback and passes the plain bytes on, as the real one does. */

import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { loadOrCreateCertificate } from '../../../main/server/certificate.ts';

export interface TlsEdge {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * `webPort` leads into the tunnel. The certificate is for localhost: at another address the browser has to overlook that.
 * @param port any free one if left out
 */
export async function startTlsEdge(webPort: number, address = '127.0.0.1', port = 0): Promise<TlsEdge> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-edge-'));
  const { cert, key } = await loadOrCreateCertificate(directory, [], new Date());
  await rm(directory, { recursive: true });

  const open = new Set<Socket>();
  const server = createServer({ cert, key }, (outer) => {
    const inner = connect(webPort, '127.0.0.1');
    open.add(outer);
    outer.on('error', () => outer.destroy());
    inner.on('error', () => inner.destroy());
    inner.on('close', () => outer.destroy());
    outer.on('close', () => {
      open.delete(outer);
      inner.destroy();
    });
    outer.pipe(inner).pipe(outer);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
