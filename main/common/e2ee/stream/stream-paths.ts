/** Owns the two paths a pair's boxes can take: which are open, which one a box prefers, which is the other. */

import type { Bytes } from '../../bytes.ts';
import type { SignalType } from '../../protocol/messages.ts';

/** The server's WebSocket, or the data channel of this pair's connection. */
export type StreamPath = 'socket' | 'channel';

/** Puts one box on a path. It may lose boxes, and may throw when it cannot take one: both count as loss. */
export type SendBox = (type: SignalType, box: Bytes) => void;

/** What makes or repairs the connection goes by the socket first, for it may be the channel that is broken. */
const SOCKET_FIRST: ReadonlySet<SignalType> = new Set(['offer', 'answer', 'ice', 'sas']);

export class StreamPaths {
  readonly #open = new Map<StreamPath, SendBox>();

  set(path: StreamPath, send: SendBox | null): void {
    if (send === null) this.#open.delete(path);
    else this.#open.set(path, send);
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  /** The open path that boxes of this type go by, null if both are closed. */
  preferred(type: SignalType): StreamPath | null {
    return this.#firstOpen(SOCKET_FIRST.has(type) ? 'socket' : 'channel');
  }

  /** The path a box was not last sent by if it is open, else the same again. */
  otherThan(path: StreamPath): StreamPath | null {
    return this.#firstOpen(opposite(path));
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

  #firstOpen(path: StreamPath): StreamPath | null {
    if (this.#open.has(path)) return path;
    return this.#open.has(opposite(path)) ? opposite(path) : null;
  }
}

function opposite(path: StreamPath): StreamPath {
  return path === 'socket' ? 'channel' : 'socket';
}
