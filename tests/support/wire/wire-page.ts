/** Owns a page on the wire, frame by frame: it sends what it is told, and what it gets is asked for one at a time. */

import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { parseServerMessage } from '../../../main/common/protocol/codec.ts';
import { ROOM_NAME_BOX_BYTES } from '../../../main/common/protocol/limits.ts';
import type { RosterEntry, ServerMessage } from '../../../main/common/protocol/messages.ts';
import {
  type ReferencePerson,
  referenceHello,
  referencePerson,
  referenceSaid,
  referenceSocket,
  referenceTold,
  type SocketNonce,
} from '../crypto/reference-e2ee.ts';
import type { RoomStage } from '../room/room-server-stage.ts';
import { until } from '../time/until.ts';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { readonly type: Type }>;

export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** With another private key or fingerprint it is what somebody pretends to be. */
export type PageKey = Omit<ReferencePerson, 'id'>;

export const newPageKey = (): PageKey => referencePerson();

export const anyName = (): string => randomBytes(ROOM_NAME_BOX_BYTES).toString('base64url');
export const anyBox = (sizeBytes = 298): string => randomBytes(sizeBytes).toString('base64url');

export const idsOf = (entries: readonly RosterEntry[]): string[] => entries.map(({ id }) => id);

export const BROWSER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36';

export interface WirePageOptions {
  readonly origin?: string | null;
  readonly userAgent?: string;
  /** As somebody on the way sends them; they go before what else is said. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly pageKey?: PageKey;
  /** Where it says that it opened the socket; where it did, if left out. */
  readonly address?: string;
  /** Whether it answers pings, as every browser does. */
  readonly answersPings?: boolean;
  /** Of the link it came with; the room's own one if left out. */
  readonly token?: Uint8Array;
  readonly resume?: string;
  /** Those it speaks; only the first if left out. */
  readonly versions?: readonly number[];
}

export class WirePage {
  readonly socket: WebSocket;
  readonly pageKey: PageKey;
  readonly ending: Promise<Ending>;
  readonly #address: string;
  readonly #versions: readonly number[];
  readonly #nonce = randomBytes(32);
  readonly #inbox: ServerMessage[] = [];
  #token: Uint8Array | null = null;
  #secrets: ReturnType<typeof referenceSocket> | null = null;
  #hostProof = '';
  /** Words of the host so far. */
  #count = 0;
  #toldCount = 0;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket, pageKey: PageKey, address: string, versions: readonly number[]) {
    this.socket = socket;
    this.#address = address;
    this.#versions = versions;
    this.pageKey = pageKey;
    this.ending = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#wake();
      }),
    );
    socket.on('message', (data) => {
      this.#inbox.push(this.#read(data.toString()));
      this.#wake();
    });
    socket.on('error', () => {});
  }

  /** Resolves once the socket is open; rejects with the status of a refusal. */
  static async open(
    stage: Pick<RoomStage, 'port' | 'origin'>,
    options: WirePageOptions = {},
  ): Promise<WirePage> {
    const origin = options.origin === undefined ? stage.origin : options.origin;
    const url = options.url ?? `ws://localhost:${stage.port}/ws`;
    const socket = new WebSocket(url, {
      rejectUnauthorized: false,
      autoPong: options.answersPings ?? true,
      headers: {
        'user-agent': options.userAgent ?? BROWSER_AGENT,
        ...(origin !== null && { origin }),
        ...options.headers,
      },
    });
    const address = options.address ?? new URL(url.replace(/^ws/, 'http')).origin;
    const page = new WirePage(socket, options.pageKey ?? newPageKey(), address, options.versions ?? [1]);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        reject(new Error(`refused ${response.statusCode}`));
      });
      socket.once('error', reject);
    });
    return page;
  }

  /** Opens and proves itself; resolves with the hello. */
  static async enter(
    stage: RoomStage,
    options: WirePageOptions = {},
  ): Promise<{ readonly page: WirePage; readonly hello: MessageOf<'hello'> }> {
    const page = await WirePage.open(stage, options);
    await page.prove(options.token ?? stage.token, options.resume);
    return { page, hello: await page.next('hello') };
  }

  /** Enters and takes a place; resolves once it is in the roster. */
  static async join(
    stage: RoomStage,
    options: WirePageOptions = {},
  ): Promise<{ readonly page: WirePage; readonly id: string; readonly resume: string }> {
    const { page, hello } = await WirePage.enter(stage, options);
    const { id, resume } = hello;
    page.send({ type: 'name', name: anyName() });
    await page.until('roster', ({ roster }) => roster.some((entry) => entry.id === id));
    return { page, id, resume };
  }

  /** With its proof, once there was a challenge. */
  send(message: object | string): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.sendFrame(this.#secrets ? this.proven(text, ++this.#toldCount) : text);
  }

  /** The text of a message as this page says it under a number. */
  proven(text: string, number: number): string {
    return this.#secrets ? referenceTold(this.#secrets.told, number, text) : text;
  }

  /** A frame as it is, whoever makes it. */
  sendFrame(frame: string): void {
    this.socket.send(frame);
  }

  /** How many messages this page has proven. */
  get told(): number {
    return this.#toldCount;
  }

  /** Says hello with a proof made with `token`, and answers the challenge if there is one. */
  async prove(token: Uint8Array, resume?: string): Promise<void> {
    this.send(this.hello(token));
    const answer = await this.#take();
    if (answer.type === 'challenge') this.send(this.auth(resume));
    else this.#inbox.unshift(answer);
  }

  /** Says hello and resolves with the challenge. */
  greet(token: Uint8Array): Promise<MessageOf<'challenge'>> {
    this.send(this.hello(token));
    return this.next('challenge');
  }

  /** What a page says first. */
  hello(token: Uint8Array): object {
    this.#token = token;
    return referenceHello(this.pageKey, token, this.#claim);
  }

  /** The answer to the challenge that came. */
  auth(resume?: string): object {
    return { type: 'auth', ...(resume !== undefined && { resume }) };
  }

  get #claim(): SocketNonce {
    return { nonce: this.#nonce, address: this.#address, versions: this.#versions };
  }

  /** Whether the other end has proven to be the room's host, as far as this page can tell. */
  get hostIsProven(): boolean {
    return this.#secrets !== null && this.#secrets.hostProof.toString('base64url') === this.#hostProof;
  }

  /** Checks that a proven host proves all it says itself, and gives it without the proof. */
  #read(frame: string): ServerMessage {
    const parsed = parseServerMessage(frame);
    if (!parsed.ok) throw new Error(`not a server message: ${frame}`);
    const message = parsed.value;
    if (message.type === 'challenge') {
      const [hostKey, hostNonce] = [message.key, message.nonce].map((text) => Buffer.from(text, 'base64url'));
      if (!hostKey || !hostNonce || !this.#token) throw new Error('a challenge out of turn');
      this.#secrets = referenceSocket(this.pageKey, this.#token, this.#claim, hostKey, hostNonce, message);
      this.#hostProof = message.proof;
      return message;
    }
    if ('box' in message || message.type === 'ping' || message.type === 'pong' || !this.#secrets)
      return message;
    const { message: text, holds } = referenceSaid(this.#secrets.said, ++this.#count, frame);
    if (this.hostIsProven && !holds) throw new Error(`the host did not say this: ${frame}`);
    return JSON.parse(text) as ServerMessage;
  }

  /** The next message, which must be of that type. */
  async next<Type extends ServerMessage['type']>(type: Type): Promise<MessageOf<Type>> {
    const message = await this.#take();
    if (!isOfType(message, type)) throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    return message;
  }

  /** Drops messages until one of that type satisfies. */
  async until<Type extends ServerMessage['type']>(
    type: Type,
    satisfies: (message: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    for (;;) {
      const message = await this.#take();
      if (isOfType(message, type) && satisfies(message)) return message;
    }
  }

  /** Everything that has come and was not asked for; the pong proves that nothing else is on its way. */
  async rest(): Promise<readonly ServerMessage[]> {
    this.send({ type: 'ping' });
    const messages: ServerMessage[] = [];
    for (;;) {
      const message = await this.#take();
      if (message.type === 'pong') return messages;
      messages.push(message);
    }
  }

  /** Says its last word, as a page does that is closed on purpose. */
  bye(): void {
    this.sendFrame(this.proven('{"type":"bye"}', 0));
  }

  /** On purpose, unless another code says that it comes back. */
  async close(code = 1000): Promise<void> {
    if (this.#secrets && code <= 1001) this.bye();
    this.socket.close(code);
    await this.ending;
  }

  /** Is gone without a word, and the server has noticed. */
  async vanish(stage: Pick<RoomStage, 'socketsEnded'>): Promise<void> {
    const before = stage.socketsEnded;
    this.socket.terminate();
    await until(
      'the end of a socket',
      () => stage.socketsEnded,
      (ended) => ended > before,
    );
  }

  async #take(): Promise<ServerMessage> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message) return message;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('the socket is closed');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function isOfType<Type extends ServerMessage['type']>(
  message: ServerMessage,
  type: Type,
): message is MessageOf<Type> {
  return message.type === type;
}
