/** Owns the paths to one peer: which of the three that its boxes can take are open. */

import type { PairStream } from '../../../main/common/e2ee/stream/pair-stream.ts';
import type { SendBox, StreamPath } from '../../../main/common/e2ee/stream/stream-paths.ts';

export class PeerPaths {
  readonly #stream: Pick<PairStream, 'setPath'>;
  readonly #sends: Readonly<Record<StreamPath, SendBox>>;
  readonly #open = new Set<StreamPath>();
  #channelOf: object | null = null;

  /** @param sends how a box is put on each of the paths */
  constructor(stream: Pick<PairStream, 'setPath'>, sends: Readonly<Record<StreamPath, SendBox>>) {
    this.#stream = stream;
    this.#sends = sends;
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  isOpen(path: StreamPath): boolean {
    return this.#open.has(path);
  }

  /**
   * Opens the channel of this connection, or closes it; whether one opened. Another connection is another channel, also
   * where none was closed in between.
   */
  setChannel(connection: object | null): boolean {
    if (connection === this.#channelOf) return false;
    this.#channelOf = connection;
    this.set('channel', false);
    return connection !== null && this.set('channel', true);
  }

  /** Opens or closes a path; whether that is a change. */
  set(path: StreamPath, open: boolean): boolean {
    if (open === this.#open.has(path)) return false;
    if (open) this.#open.add(path);
    else this.#open.delete(path);
    this.#stream.setPath(path, open ? this.#sends[path] : null);
    return true;
  }
}
