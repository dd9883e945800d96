/** Owns the message bus over all peers: what one of them says goes, by its kind, to the one feature that takes it. */

import type { PeerMessage, PeerMessageMap } from '../../../main/common/protocol/bodies.ts';
import { type FileBody, isFileBody } from '../../../main/common/protocol/file-bodies.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MessageReceiver, SendOptions } from '../mesh/mesh-handler.ts';

type MessageKind = Exclude<keyof PeerMessageMap, FileBody['kind']>;

/** One row for each kind there is; those of files go together. */
export type MessageHandlers = {
  readonly [Kind in MessageKind]: (from: string, message: PeerMessageMap[Kind]) => void;
};

export interface MessageBusOptions extends Pick<MessageReceiver, 'handleSettled' | 'handleExit'> {
  readonly handlers: MessageHandlers;
  handleFile(from: string, body: FileBody): void;
}

export class MessageBus implements MessageReceiver {
  readonly #options: MessageBusOptions;
  /** null until the page has its keys. */
  #mesh: Pick<Mesh, 'send'> | null = null;

  constructor(options: MessageBusOptions) {
    this.#options = options;
  }

  attach(mesh: Pick<Mesh, 'send'>): void {
    this.#mesh = mesh;
  }

  /** Sends to everyone who is there; to whom, and under which number, null where it was not taken. */
  send(message: PeerMessage, options: SendOptions = {}): ReadonlyMap<string, number | null> {
    return this.#mesh?.send(message, options) ?? new Map();
  }

  handle(from: string, message: PeerMessage): void {
    if (isFileBody(message)) this.#options.handleFile(from, message);
    else this.#pass(from, message.kind, message);
  }

  handleSettled(to: string, seq: number, delivered: boolean): void {
    this.#options.handleSettled(to, seq, delivered);
  }

  handleExit(from: string): void {
    this.#options.handleExit(from);
  }

  #pass<Kind extends MessageKind>(from: string, kind: Kind, message: PeerMessageMap[Kind]): void {
    this.#options.handlers[kind](from, message);
  }
}
