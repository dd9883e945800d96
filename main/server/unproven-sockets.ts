/** Owns the sockets that have not proven their link: by kind, so many of each, and the longest there is evicted. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { TICKET_LABEL } from '../common/e2ee/admission.ts';
import { TICKET_BYTES, UNPROVEN_SOCKETS_MAX } from '../common/protocol/limits.ts';

/** Strangers never evict those who have a link, nor do these evict those who come back. */
export type SocketKind = 'stranger' | 'linked' | 'returning';

/** What tickets are made of; binary as it is known here. */
export interface TicketSecrets {
  /** Tokens of the links that let people in. */
  readonly tokens: readonly Uint8Array[];
  /** `resume` of everyone the room knows. */
  readonly resumes: readonly string[];
}

/** Each secret is tried in constant time; a ticket opens nothing. */
export function kindOf(tickets: readonly string[], { tokens, resumes }: TicketSecrets): SocketKind {
  const given = tickets.map((ticket) => Buffer.from(ticket, 'base64url'));
  const fits = (secret: Uint8Array) => {
    const expected = createHmac('sha256', secret).update(TICKET_LABEL).digest().subarray(0, TICKET_BYTES);
    return given
      .map((each) => each.length === expected.length && timingSafeEqual(each, expected))
      .includes(true);
  };
  if (given.length === 0) return 'stranger';
  const isReturning = resumes
    .map((resume) => Buffer.from(resume, 'base64url'))
    .map(fits)
    .includes(true);
  const isLinked = tokens.map(fits).includes(true);
  if (isReturning) return 'returning';
  return isLinked ? 'linked' : 'stranger';
}

export class UnprovenSockets<Socket, Task> {
  /** The one longest there comes first. */
  readonly #waiting = new Map<Socket, { readonly kind: SocketKind; readonly task: Task }>();
  readonly #evict: (socket: Socket) => void;

  /** `evict` is to end a socket and remove it. */
  constructor(evict: (socket: Socket) => void) {
    this.#evict = evict;
  }

  /** What the socket has to do, or undefined if it is none of these. */
  taskOf(socket: Socket): Task | undefined {
    return this.#waiting.get(socket)?.task;
  }

  add(socket: Socket, kind: SocketKind, task: Task): void {
    const alike = [...this.#waiting].filter(([, waiting]) => waiting.kind === kind);
    const [oldest] = alike;
    if (oldest && alike.length >= UNPROVEN_SOCKETS_MAX) this.#evict(oldest[0]);
    this.#waiting.set(socket, { kind, task });
  }

  remove(socket: Socket): void {
    this.#waiting.delete(socket);
  }
}
