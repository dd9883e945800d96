/** Owns reading the memory of a host in a process of its own, through node's inspector. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import type { Memory, MemoryReading } from './slope.ts';

const targets = v.tupleWithRest([v.object({ webSocketDebuggerUrl: v.string() })], v.unknown());
const answer = v.object({ id: v.number(), result: v.unknown() });
const usage = v.object({ usedSize: v.number() });
const resources = v.object({ result: v.object({ value: v.array(v.string()) }) });

/** What node is to be started with, on a port that was free just now. */
export async function inspectorFlag(): Promise<{ readonly flag: string; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { flag: `--inspect=127.0.0.1:${port}`, port };
}

export class HostMemory implements Memory {
  readonly #socket: WebSocket;
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<HostMemory> {
    const list = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const [{ webSocketDebuggerUrl }] = v.parse(targets, list);
    const socket = new WebSocket(webSocketDebuggerUrl);
    await once(socket, 'open');
    return new HostMemory(socket);
  }

  async read(): Promise<MemoryReading> {
    await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize } = v.parse(usage, await this.#ask('Runtime.getHeapUsage'));
    const expression = 'process.getActiveResourcesInfo()';
    const asked = await this.#ask('Runtime.evaluate', { expression, returnByValue: true });
    const active = v.parse(resources, asked).result.value;
    const countOf = (part: string) => active.filter((name) => name.includes(part)).length;
    return { bytes: usedSize, counts: { timers: countOf('Timeout'), sockets: countOf('TCPSocket') } };
  }

  dispose(): void {
    this.#socket.close();
  }

  async #ask(method: string, parameters: object = {}): Promise<unknown> {
    const id = ++this.#asked;
    this.#socket.send(JSON.stringify({ id, method, params: parameters }));
    for (;;) {
      const [data] = await once(this.#socket, 'message');
      const parsed = v.safeParse(answer, JSON.parse(String(data)));
      if (parsed.success && parsed.output.id === id) return parsed.output.result;
    }
  }
}
