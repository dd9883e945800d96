/** Owns the process of the relay under test: starts it, tells how to reach it, and answers what it has used so far. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Bytes, toBase64Url } from '../../main/common/bytes.ts';
import { silentLogger } from '../../main/common/logger.ts';
import { CAPACITY_MAX, TOKEN_BYTES } from '../../main/common/protocol/limits.ts';
import { loadOrCreateCertificate } from '../../main/server/certificate.ts';
import { startRoomServer } from '../../main/server/server.ts';
import { startBareRelay } from './bare-relay.ts';
import type { ChildCommand, ChildReply, RelayKind } from './relay-process.ts';

async function startProduct(count: number, token: Bytes): Promise<number[]> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-bench-'));
  const certificate = await loadOrCreateCertificate(directory, [], new Date());
  await rm(directory, { recursive: true });
  const ports: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = await startRoomServer({
      port: 0,
      lan: false,
      capacity: CAPACITY_MAX,
      lobby: false,
      iceServers: [],
      turn: null,
      files: true,
      relayOnly: false,
      pageDirectory: resolve('dist/web-client'),
      certificate,
      newToken: () => token,
      logger: silentLogger,
    });
    if (!started.ok) throw new Error(`the room did not start: ${started.error}`);
    ports.push(started.value.port);
  }
  return ports;
}

async function startBare(count: number): Promise<number[]> {
  const relays = await Promise.all(Array.from({ length: count }, () => startBareRelay()));
  return relays.map(({ port }) => port);
}

const reply = (message: ChildReply) => process.send?.(message);

/** Collects twice, for what the first pass only marks, then reads the memory. */
function settledMemoryBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

process.on('message', (command: ChildCommand) => {
  const { user, system } = process.cpuUsage();
  if (command === 'cpu') reply({ type: 'cpu', cpuMicros: user + system });
  else reply({ type: 'memory', rssBytes: settledMemoryBytes() });
});
process.on('disconnect', () => process.exit(0));

const kind = process.argv[2] as RelayKind;
const count = Number(process.argv[3]);
const token = new Uint8Array(randomBytes(TOKEN_BYTES));
const ports = kind === 'product' ? await startProduct(count, token) : await startBare(count);
reply({ type: 'ready', ports, token: toBase64Url(token) });
