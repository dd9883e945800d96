/**
 * Owns the load generator's WebSocket client (RFC 6455): so small that the relay under test, and not its client, is what
 * saturates. Frames are made once and written many times; what comes in is handed on unparsed.
 */

import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const OPCODE_TEXT = 0x1;
const OPCODE_CLOSE = 0x8;
const OPCODE_PING = 0x9;
const OPCODE_PONG = 0xa;
const CLOSE_NORMAL = Buffer.from([0x03, 0xe8]);
const NO_BYTES = Buffer.alloc(0);
/** Any key but zeros, which a server may pass over without the work of unmasking. */
const MASKING_KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** Masked where it stands: a frame is made for each message, and is to cost little beside what the relay does with it. */
function frame(opcode: number, payload: Buffer | string): Buffer {
  const length = Buffer.byteLength(payload);
  const short = length < 126;
  const start = short ? 6 : 8;
  const bytes = Buffer.allocUnsafe(start + length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (short ? length : 126);
  if (!short) bytes.writeUInt16BE(length, 2);
  MASKING_KEY.copy(bytes, start - 4);
  if (typeof payload === 'string') bytes.write(payload, start);
  else payload.copy(bytes, start);
  for (let index = 0; index < length; index++)
    bytes[start + index] = (bytes[start + index] ?? 0) ^ (MASKING_KEY[index & 3] ?? 0);
  return bytes;
}

/** A text of at most 65,535 bytes as a frame for `write()`. */
export function textFrame(text: string): Buffer {
  return frame(OPCODE_TEXT, text);
}

export class LoadSocket {
  /** Called with each text's bytes, which are valid only during the call. */
  onText: (payload: Buffer) => void = () => {};
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #rest: Buffer = NO_BYTES;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => socket.destroy());
  }

  /** Opens `/ws` on a loopback port as a page of that port would. */
  static open(port: number): Promise<LoadSocket> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.write(
      [
        'GET /ws HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    );
    return new Promise((resolve, reject) => {
      const client = new LoadSocket(socket);
      let head = NO_BYTES;
      const onHead = (data: Buffer) => {
        head = Buffer.concat([head, data]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', onHead);
        if (!head.toString('latin1').startsWith('HTTP/1.1 101')) {
          socket.destroy();
          reject(new Error('the relay refused the socket'));
          return;
        }
        client.#rest = head.subarray(end + 4);
        socket.on('data', (more: Buffer) => client.#receive(more));
        resolve(client);
      };
      socket.on('data', onHead);
      void client.closed.then(() => reject(new Error('the relay closed the socket')));
    });
  }

  /** Hands over texts that came with the answer to the handshake; called once `onText` is set. */
  start(): void {
    this.#receive(NO_BYTES);
  }

  send(text: string): void {
    this.write(textFrame(text));
  }

  /** Writes frames as they are. */
  write(frames: Buffer): void {
    this.#socket.write(frames);
  }

  /** Says goodbye, so that a place in a room is free at once. */
  async close(): Promise<void> {
    this.#socket.end(frame(OPCODE_CLOSE, CLOSE_NORMAL));
    await this.closed;
  }

  #receive(data: Buffer): void {
    const bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    let offset = 0;
    this.#socket.cork();
    while (bytes.length - offset >= 2) {
      const shortLength = (bytes[offset + 1] ?? 0) & 0x7f;
      const headerBytes = shortLength < 126 ? 2 : shortLength === 126 ? 4 : 10;
      if (bytes.length - offset < headerBytes) break;
      const length =
        shortLength < 126
          ? shortLength
          : shortLength === 126
            ? bytes.readUInt16BE(offset + 2)
            : Number(bytes.readBigUInt64BE(offset + 2));
      const start = offset + headerBytes;
      if (bytes.length < start + length) break;
      this.#handleFrame((bytes[offset] ?? 0) & 0x0f, bytes.subarray(start, start + length));
      offset = start + length;
    }
    this.#socket.uncork();
    this.#rest = offset === 0 ? bytes : bytes.subarray(offset);
  }

  #handleFrame(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE_TEXT) this.onText(payload);
    else if (opcode === OPCODE_PING) this.write(frame(OPCODE_PONG, payload));
    else if (opcode === OPCODE_CLOSE) this.#socket.end(frame(OPCODE_CLOSE, CLOSE_NORMAL));
  }
}
