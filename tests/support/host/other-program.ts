/**
 * Owns another program on an X display: a window that takes the focus, and a keyboard with somebody at it. It speaks X11
 * itself, for what else could press a key here is not to be had everywhere.
 */

import { connect, type Socket } from 'node:net';

/** X11's numbers of requests, and of what it sends. */
const CREATE_WINDOW = 1;
const MAP_WINDOW = 8;
const SET_INPUT_FOCUS = 42;
const GET_INPUT_FOCUS = 43;
const QUERY_EXTENSION = 98;
const FAKE_INPUT = 2;
const KEY_PRESS = 2;
const KEY_RELEASE = 3;
const ERROR = 0;
const REPLY = 1;
const MESSAGE_BYTES = 32;

const OVERRIDE_REDIRECT = 0x200;
const EVENT_MASK = 0x800;
const KEYS_WANTED = 0b11;

/** Keys by their number on an X server: those of Linux, and eight. */
export const X_KEYS = { KeyA: 38, KeyB: 56, ControlRight: 105, F9: 75 } as const;
export type XKey = keyof typeof X_KEYS;

export class OtherProgram {
  /** What its window was given, as a program with the focus is. */
  readonly heard: string[] = [];
  readonly #socket: Socket;
  readonly #replies: ((reply: Buffer) => void)[] = [];
  readonly #faults: number[] = [];
  readonly #window: number;
  readonly #root: number;
  #rest = Buffer.alloc(0);
  #xtest = 0;

  private constructor(socket: Socket, setup: Buffer) {
    this.#socket = socket;
    this.#window = setup.readUInt32LE(12) | 1;
    const vendorBytes = Math.ceil(setup.readUInt16LE(24) / 4) * 4;
    const formatBytes = setup.readUInt8(29) * 8;
    this.#root = setup.readUInt32LE(40 + vendorBytes + formatBytes);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** @param display as DISPLAY has it, of this computer, asking for no authority */
  static async start(display: string): Promise<OtherProgram> {
    const number = /^:(\d+)/.exec(display)?.[1];
    const socket = connect(`/tmp/.X11-unix/X${number}`);
    const program = new OtherProgram(socket, await handshake(socket));
    const name = Buffer.from('XTEST\0\0\0');
    const found = await program.#ask(request(QUERY_EXTENSION, 0, [u16(5), u16(0), name]));
    program.#xtest = found.readUInt8(9);
    return program;
  }

  /** Shows its window and takes the focus. */
  async focus(): Promise<void> {
    const place = [u16(0), u16(0), u16(50), u16(50), u16(0), u16(1)];
    const looks = [u32(0), u32(OVERRIDE_REDIRECT | EVENT_MASK), u32(1), u32(KEYS_WANTED)];
    this.#send(request(CREATE_WINDOW, 0, [u32(this.#window), u32(this.#root), ...place, ...looks]));
    this.#send(request(MAP_WINDOW, 0, [u32(this.#window)]));
    this.#send(request(SET_INPUT_FOCUS, 0, [u32(this.#window), u32(0)]));
    const focus = await this.#ask(request(GET_INPUT_FOCUS, 0, []));
    if (focus.readUInt32LE(8) !== this.#window) throw new Error('the other program has no focus');
  }

  /** Each `+Key` goes down, each `-Key` comes up. Resolves when the display has it. */
  async type(...steps: readonly `${'+' | '-'}${XKey}`[]): Promise<void> {
    for (const step of steps) {
      const kind = step.startsWith('+') ? KEY_PRESS : KEY_RELEASE;
      const key = Buffer.from([kind, X_KEYS[step.slice(1) as XKey], 0, 0]);
      this.#send(request(this.#xtest, FAKE_INPUT, [key, Buffer.alloc(28)]));
    }
    await this.#ask(request(GET_INPUT_FOCUS, 0, []));
    if (this.#faults.length > 0) throw new Error(`X11 errors ${this.#faults}`);
  }

  end(): void {
    this.#socket.destroy();
  }

  #send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  #ask(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      this.#replies.push(resolve);
      this.#send(bytes);
    });
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= MESSAGE_BYTES) {
      const kind = this.#rest.readUInt8(0) & 0x7f;
      const bytes = MESSAGE_BYTES + (kind === REPLY ? this.#rest.readUInt32LE(4) * 4 : 0);
      if (this.#rest.length < bytes) return;
      const message = this.#rest.subarray(0, bytes);
      this.#rest = this.#rest.subarray(bytes);
      if (kind === REPLY) this.#replies.shift()?.(message);
      else if (kind === ERROR) this.#faults.push(message.readUInt8(1));
      else if (kind === KEY_PRESS || kind === KEY_RELEASE) this.#hear(kind, message.readUInt8(1));
    }
  }

  #hear(kind: number, number: number): void {
    const [name = String(number)] = Object.entries(X_KEYS).find(([, other]) => other === number) ?? [];
    this.heard.push(`${kind === KEY_PRESS ? '+' : '-'}${name}`);
  }
}

/** Resolves with the server's first words, which tell of its windows. */
function handshake(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let setup = Buffer.alloc(0);
    const take = (chunk: Buffer) => {
      setup = Buffer.concat([setup, chunk]);
      if (setup.length < 8 || setup.length < 8 + setup.readUInt16LE(6) * 4) return;
      socket.off('data', take);
      if (setup.readUInt8(0) === 1) resolve(setup);
      else reject(new Error('the display takes nobody without authority'));
    };
    socket.on('data', take);
    socket.once('error', reject);
    // Little-endian, version 11.0, no authority.
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  });
}

function request(major: number, detail: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([major, detail]), u16(1 + body.length / 4), body]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
