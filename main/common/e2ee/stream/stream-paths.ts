/** Owns the three paths a pair's boxes can take: which are open, which one a box prefers, which comes after that. */

import type { Bytes } from '../../bytes.ts';
import type { SignalType } from '../../protocol/messages.ts';

/** The server's WebSocket, the data channel of this pair's connection, or passing: both channels of a third person, one after the other. */
export type StreamPath = 'socket' | 'channel' | 'passing';

/** Puts one box on a path. It may lose boxes, and may throw when it cannot take one: both count as loss. */
export type SendBox = (type: SignalType, box: Bytes) => void;

/** What makes or repairs the connection goes by the socket first, for it may be the channel that is broken. */
const REPAIRING: ReadonlySet<SignalType> = new Set(['offer', 'answer', 'ice', 'sas']);
/** A third person is troubled last. */
const SOCKET_FIRST: readonly StreamPath[] = ['socket', 'channel', 'passing'];
const CHANNEL_FIRST: readonly StreamPath[] = ['channel', 'socket', 'passing'];

export class StreamPaths {
  readonly #open = new Map<StreamPath, SendBox>();
  #channel = 0;

  set(path: StreamPath, send: SendBox | null): void {
    if (send === null) this.#open.delete(path);
    else this.#open.set(path, send);
    if (path === 'channel' && send !== null) this.#channel++;
  }

  /** Another number with each channel that opened. */
  get channel(): number {
    return this.#channel;
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  isOpen(path: StreamPath): boolean {
    return this.#open.has(path);
  }

  /** No other path is open than that. */
  isOnly(path: StreamPath): boolean {
    return this.#open.size === 1 && this.#open.has(path);
  }

  /** The open path that boxes of this type go by, null if all are closed. */
  preferred(type: SignalType): StreamPath | null {
    return orderOf(type).find((path) => this.#open.has(path)) ?? null;
  }

  /** The open paths in the order they take turns after the one such a box was last sent by, which is the last. */
  after(path: StreamPath, type: SignalType): readonly StreamPath[] {
    const order = orderOf(type);
    const next = order.indexOf(path) + 1;
    return [...order.slice(next), ...order.slice(0, next)].filter((other) => this.#open.has(other));
  }

  send(path: StreamPath, type: SignalType, box: Bytes): void {
    try {
      this.#open.get(path)?.(type, box);
    } catch {
      // A path that cannot take a box has lost it; what is kept is sent again.
    }
  }

  /** Sends by every path that is open now, also after it was closed here. */
  snapshot(): SendBox {
    const sends = [...this.#open.values()];
    return (type, box) => {
      for (const send of sends) {
        try {
          send(type, box);
        } catch {
          // As in `send`.
        }
      }
    };
  }
}

function orderOf(type: SignalType): readonly StreamPath[] {
  return REPAIRING.has(type) ? SOCKET_FIRST : CHANNEL_FIRST;
}
