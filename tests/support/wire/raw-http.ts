/** Owns talking to a port byte by byte, as no polite client would. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawSocket {
  readonly socket: Socket;
  /** Resolves when the other side has ended it, with what it said. */
  readonly ended: Promise<string>;
  #received = '';

  constructor(port: number, host = '127.0.0.1') {
    this.socket = connect({ port, host });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk: string) => {
      this.#received += chunk;
    });
    this.socket.on('error', () => this.socket.destroy());
    this.ended = new Promise((resolve) => this.socket.once('close', () => resolve(this.#received)));
  }

  get received(): string {
    return this.#received;
  }

  async opened(): Promise<this> {
    if (this.socket.connecting) await once(this.socket, 'connect');
    return this;
  }

  write(text: string | Uint8Array): void {
    this.socket.write(text);
  }

  /** Waits until what has come contains `text`. */
  async until(text: string): Promise<string> {
    while (!this.#received.includes(text)) {
      if (this.socket.destroyed) throw new Error(`ended before "${text}": ${this.#received}`);
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
    return this.#received;
  }

  destroy(): void {
    this.socket.destroy();
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends one request as it stands, with `Connection: close`, and reads the answer. */
export async function rawRequest(
  port: number,
  requestLine: string,
  headers: Readonly<Record<string, string>> = {},
  host?: string,
): Promise<RawAnswer> {
  const all = { Host: `localhost:${port}`, Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const raw = new RawSocket(port, host);
  raw.write(`${[requestLine, ...lines].join('\r\n')}\r\n\r\n`);
  return parseAnswer(await raw.ended);
}

/** The status of an upgrade with these headers; 101 if it was accepted. */
export async function rawUpgrade(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/ws',
): Promise<number> {
  const raw = new RawSocket(port);
  const all = {
    Host: `localhost:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  raw.write(`${[`GET ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
  const { status } = parseAnswer(await raw.until('\r\n\r\n'));
  raw.destroy();
  return status;
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: rest.join('\r\n\r\n'),
  };
}
