/**
 * Owns the guest who keeps to no rule: the true page, of whose sockets, channels and sealed streams the attack disposes.
 * It is bundled in front of the page's own start, so that it sees each of them being made.
 */

import { toBase64Url } from '../../main/common/bytes.ts';
import { PairState } from '../../main/common/e2ee/pair-state.ts';
import { type ProvenHost, SocketOpening } from '../../main/common/e2ee/socket-opening.ts';
import type { StreamedBody } from '../../main/common/e2ee/stream/send-window.ts';
import { FILE_RESUME_BYTES } from '../../main/common/protocol/file-limits.ts';

/** Bodies that the window of a stream holds, so that none is given up before it is sent. */
const PORTION = 128;
const PORTION_MS = 30;
const QUEUE_MAX_BYTES = 1_000_000;

const wait = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

class HostilePage {
  readonly #channels: RTCDataChannel[] = [];
  readonly #sockets: WebSocket[] = [];
  readonly #states: PairState[] = [];
  #lastName: string | null = null;
  #lastFile = 0;
  #host: ProvenHost | null = null;

  constructor() {
    const { create } = PairState;
    PairState.create = async (...parameters) => {
      const state = await create.apply(PairState, parameters);
      this.#states.push(state);
      return state;
    };
    const channels = this.#channels;
    RTCPeerConnection.prototype.createDataChannel = new Proxy(RTCPeerConnection.prototype.createDataChannel, {
      apply(target, connection, parameters) {
        const channel: RTCDataChannel = Reflect.apply(target, connection, parameters);
        channels.push(channel);
        return channel;
      },
    });
    const sockets = this.#sockets;
    const noteHost = (host: ProvenHost) => {
      const tell = host.prove.bind(host);
      // The page's words and those of the attack are proven, and so go out, in one order.
      let turn: Promise<unknown> = Promise.resolve();
      host.prove = (json) => {
        if (json.startsWith('{"type":"name"')) this.#lastName = json;
        const told = turn.then(() => tell(json));
        turn = told;
        return told;
      };
      this.#host = host;
    };
    const { verifyHost } = SocketOpening.prototype;
    SocketOpening.prototype.verifyHost = async function (challenge) {
      const host = await verifyHost.call(this, challenge);
      if (host !== null) noteHost(host);
      return host;
    };
    window.WebSocket = new Proxy(window.WebSocket, {
      construct(target, parameters) {
        const socket: WebSocket = Reflect.construct(target, parameters);
        sockets.push(socket);
        return socket;
      },
    });
  }

  /** Through each open channel, as fast as it goes. */
  async sendMessages(count: number, sizeBytes: number): Promise<void> {
    const message = new Uint8Array(sizeBytes);
    await Promise.all(this.#channels.map((channel) => this.#sendAll(channel, message, count)));
  }

  /** So many bodies to everyone, sealed, as fast as they are taken; chats get a number each, offers one and a secret. */
  async say(typed: StreamedBody, count: number): Promise<void> {
    for (let said = 0; said < count; said++) {
      const body = this.#numbered(typed, said + 1);
      for (const { stream } of this.#states) stream.send(typed.type, body as never);
      if (said % PORTION === PORTION - 1) await wait(PORTION_MS);
    }
  }

  /** So many boxes for everyone to pass on to everyone else, or, `passed`, from everyone else to everyone. */
  async havePassed(kind: 'pass' | 'passed', box: string, count: number): Promise<void> {
    const ids = this.#states.map(({ other }) => toBase64Url(other.id));
    for (let said = 0; said < count; said++) {
      for (const { stream, other } of this.#states) {
        for (const id of ids) {
          if (id === toBase64Url(other.id)) continue;
          const about = kind === 'pass' ? { kind, to: id } : { kind, from: id };
          stream.send('pair', { ...about, type: 'chat', box });
        }
      }
      if (said % PORTION === PORTION - 1) await wait(PORTION_MS);
    }
  }

  /** A wish for each of so many epochs, from everyone. */
  async askForEpochs(count: number): Promise<void> {
    for (let epoch = 2; epoch < count + 2; epoch++)
      for (const { stream } of this.#states) stream.send('pair', { kind: 'rebuild', epoch });
  }

  /** Leaves and comes again under the name sent last, by turns. */
  async joinAndLeave(count: number, pauseMs: number): Promise<void> {
    const name = this.#lastName;
    if (name === null) throw new Error('has no name');
    for (let sent = 0; sent < count; sent++) {
      await this.#tell(sent % 2 === 0 ? JSON.stringify({ type: 'leave' }) : name);
      await wait(pauseMs);
    }
  }

  /** Says the name sent last again and again, each time as a new one. */
  async rename(count: number, pauseMs: number): Promise<void> {
    const name = this.#lastName;
    if (name === null) throw new Error('has no name');
    for (let sent = 0; sent < count; sent++) {
      await this.#tell(name);
      await wait(pauseMs);
    }
  }

  #numbered({ type, body }: StreamedBody, number: number): StreamedBody['body'] {
    if (type === 'chat') return { ...body, id: number };
    if (type !== 'pair' || body.kind !== 'file-offer') return body;
    const resume = toBase64Url(crypto.getRandomValues(new Uint8Array(FILE_RESUME_BYTES)));
    // A number that was used before is passed over.
    return { ...body, id: ++this.#lastFile, resume };
  }

  async #tell(json: string): Promise<void> {
    const frame = await this.#host?.prove(json);
    if (frame !== undefined) this.#sockets.at(-1)?.send(frame);
  }

  async #sendAll(channel: RTCDataChannel, message: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
    for (let sent = 0; sent < count && channel.readyState === 'open'; sent++) {
      while (channel.bufferedAmount > QUEUE_MAX_BYTES) await wait(1);
      channel.send(message);
    }
  }
}

declare global {
  interface Window {
    hostile: HostilePage;
  }
}

window.hostile = new HostilePage();
