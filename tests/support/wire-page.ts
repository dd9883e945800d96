/** Owns a page on the wire, frame by frame: it sends what it is told, and what it gets is asked for one at a time. */

import { createHmac, randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { PUBLIC_KEY_BYTES, ROOM_NAME_BOX_BYTES } from '../../main/common/protocol/limits.ts';
import type { ServerMessage } from '../../main/common/protocol/messages.ts';
import { parseServerMessage } from '../../main/common/protocol/parse.ts';
import type { RoomStage } from './room-server-stage.ts';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { readonly type: Type }>;

export interface Ending {
  readonly code: number;
  readonly reason: string;
}

export interface PageKey {
  readonly key: Buffer;
  readonly fp: Buffer;
}

export const newPageKey = (): PageKey => ({
  key: Buffer.concat([Buffer.from([4]), randomBytes(PUBLIC_KEY_BYTES - 1)]),
  fp: randomBytes(32),
});

export const anyName = (): string => randomBytes(ROOM_NAME_BOX_BYTES).toString('base64url');
export const anyBox = (sizeBytes = 298): string => randomBytes(sizeBytes).toString('base64url');

export const BROWSER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36';

export interface PageOptions {
  readonly origin?: string | null;
  readonly userAgent?: string;
  readonly url?: string;
  readonly pageKey?: PageKey;
  /** Whether it answers pings, as every browser does. */
  readonly answersPings?: boolean;
  /** Of the link it came with; the room's own one if left out. */
  readonly token?: Uint8Array;
  readonly resume?: string;
}

export class WirePage {
  readonly socket: WebSocket;
  readonly pageKey: PageKey;
  readonly ending: Promise<Ending>;
  readonly #inbox: ServerMessage[] = [];
  #wake: () => void = () => {};

  private constructor(socket: WebSocket, pageKey: PageKey) {
    this.socket = socket;
    this.pageKey = pageKey;
    this.ending = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#wake();
      }),
    );
    socket.on('message', (data) => {
      const parsed = parseServerMessage(data.toString());
      if (!parsed.ok) throw new Error(`not a server message: ${data}`);
      this.#inbox.push(parsed.value);
      this.#wake();
    });
    socket.on('error', () => {});
  }

  /** Resolves once the socket is open; rejects with the status of a refusal. */
  static async open(stage: Pick<RoomStage, 'port' | 'origin'>, options: PageOptions = {}): Promise<WirePage> {
    const origin = options.origin === undefined ? stage.origin : options.origin;
    const socket = new WebSocket(options.url ?? `ws://localhost:${stage.port}/ws`, {
      rejectUnauthorized: false,
      autoPong: options.answersPings ?? true,
      headers: {
        'user-agent': options.userAgent ?? BROWSER_AGENT,
        ...(origin !== null && { origin }),
      },
    });
    const page = new WirePage(socket, options.pageKey ?? newPageKey());
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
    options: PageOptions = {},
  ): Promise<{ readonly page: WirePage; readonly hello: MessageOf<'hello'> }> {
    const page = await WirePage.open(stage, options);
    await page.prove(options.token ?? stage.token, options.resume);
    return { page, hello: await page.next('hello') };
  }

  /** Enters and takes a place; resolves once it is in the roster. */
  static async join(
    stage: RoomStage,
    options: PageOptions = {},
  ): Promise<{ readonly page: WirePage; readonly id: string; readonly resume: string }> {
    const { page, hello } = await WirePage.enter(stage, options);
    const { id, resume } = hello;
    page.send({ type: 'name', name: anyName() });
    await page.until('roster', ({ roster }) => roster.some((entry) => entry.id === id));
    return { page, id, resume };
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Answers the challenge with a proof made with `token`. */
  async prove(token: Uint8Array, resume?: string): Promise<void> {
    const { nonce } = await this.next('challenge');
    this.send(this.auth(token, nonce, resume));
  }

  auth(token: Uint8Array, nonce: string, resume?: string): object {
    const { key, fp } = this.pageKey;
    const hmac = createHmac('sha256', token).update('secret-call/1 auth').update(nonce, 'base64url');
    const [keyText, fpText] = [key, fp].map((bytes) => bytes.toString('base64url'));
    const proof = hmac.update(key).update(fp).digest('base64url');
    return { type: 'auth', key: keyText, fp: fpText, proof, ...(resume !== undefined && { resume }) };
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

  async close(code = 1000): Promise<void> {
    this.socket.close(code);
    await this.ending;
  }

  /** Is gone without a word. */
  async vanish(): Promise<void> {
    this.socket.terminate();
    await this.ending;
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
