/** Owns the proof that a router is of the kind it is said to be: one socket behind it that asks two others who it is, and others that knock. */

import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { NatKind } from './nat-router.ts';
import type { Machine } from './network.ts';
import { HTTPS_PORT } from './stage.ts';

interface NatSigns {
  /** As how many sockets one is seen by two others. */
  readonly seenAs: number;
  /** Who gets in unasked: another port of an address that was called, an address that never was. */
  readonly letsIn: readonly ('same address' | 'stranger')[];
  readonly tcp: boolean;
  readonly https: boolean;
}

const OPEN = { tcp: true, https: true };
const SIGNS: Readonly<Record<NatKind, NatSigns>> = {
  cone: { seenAs: 1, letsIn: ['same address', 'stranger'], ...OPEN },
  address: { seenAs: 1, letsIn: ['same address'], ...OPEN },
  port: { seenAs: 1, letsIn: [], ...OPEN },
  symmetric: { seenAs: 2, letsIn: [], ...OPEN },
  tcp: { seenAs: 0, letsIn: [], ...OPEN },
  https: { seenAs: 0, letsIn: [], tcp: false, https: true },
};

const report = v.strictObject({
  heard: v.array(v.string()),
  tcpOpen: v.boolean(),
  httpsOpen: v.boolean(),
});

/** Throws if the machine's router is of another kind. Both addresses are this process's; at the first one somebody answers at 443. */
export async function checkRouter(
  kind: NatKind,
  machine: Machine,
  [address, otherAddress]: readonly [string, string],
): Promise<void> {
  const seen = await lookAtRouter(machine, address, otherAddress);
  const [found, expected] = [seen, SIGNS[kind]].map((signs) => JSON.stringify(signs));
  if (found !== expected) throw new Error(`a router of kind ${kind} is ${found} instead of ${expected}`);
}

async function lookAtRouter(machine: Machine, address: string, otherAddress: string): Promise<NatSigns> {
  const [one, other, neighbour, stranger] = await Promise.all(
    [address, address, address, otherAddress].map(openSocket),
  );
  if (!one || !other || !neighbour || !stranger) throw new Error('no socket');
  const tcp = createServer((socket) => socket.destroy()).listen(0, address);
  await once(tcp, 'listening');
  const seenAs = new Set<number>();
  for (const socket of [one, other]) socket.on('message', (_, { port }) => seenAs.add(port));
  one.on('message', (_, { port, address: home }) => {
    neighbour.send('same address', port, home);
    stranger.send('stranger', port, home);
  });
  try {
    const ports = [one.address(), other.address(), tcp.address() as AddressInfo].map(({ port }) => port);
    const { heard, tcpOpen, httpsOpen } = await probe(machine, address, [...ports, HTTPS_PORT]);
    const letsIn = (['same address', 'stranger'] as const).filter((knock) => heard.includes(knock));
    return { seenAs: seenAs.size, letsIn, tcp: tcpOpen, https: httpsOpen };
  } finally {
    for (const socket of [one, other, neighbour, stranger]) socket.close();
    tcp.close();
  }
}

async function probe({ namespace }: Machine, address: string, ports: readonly number[]) {
  const program = [
    process.execPath,
    join(import.meta.dirname, 'nat-probe.js'),
    address,
    ...ports.map(String),
  ];
  const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', namespace, ...program]);
  return v.parse(report, JSON.parse(stdout));
}

async function openSocket(address: string): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  return socket;
}
