/** Owns one end of a reserve: a connection that is silent and does not count, until it carries boxes and is handed over. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { isReturnWord } from '../../../main/common/e2ee/return-word.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import { RESERVE_HEARD_MAX } from '../../../main/common/protocol/peer-limits.ts';
import type { AudioTrackLike, PeerConnectionLike } from '../browser-api.ts';
import type { ConnectionSetup, ReserveRole } from './connection-setup.ts';
import type { PeerConnection, PeerConnectionHandler } from './peer-connection.ts';

export type ReserveEndHandler = Pick<
  PeerConnectionHandler,
  'onDescription' | 'onCandidates' | 'onBroken' | 'onRefused'
> & {
  /** Its data channel is open: it can be handed over. */
  onOpen(end: ReserveEnd): void;
  /** Something came by it, before it is handed over: a return word, or (null) a box, which is kept. */
  onSpoken(end: ReserveEnd, word: Bytes | null): void;
};

export class ReserveEnd implements Disposable {
  readonly connection: PeerConnection;
  #handler: PeerConnectionHandler;
  /** Came before there was anybody to hear it. */
  #voice: AudioTrackLike | null = null;
  /** The same. */
  #heard: readonly (readonly [message: Bytes, sizeBytes: number])[] = [];

  constructor(
    setup: Pick<ConnectionSetup, 'wrapReserve'>,
    raw: PeerConnectionLike,
    role: ReserveRole,
    handler: ReserveEndHandler,
  ) {
    this.#handler = {
      ...handler,
      onAddress: () => {},
      onServerError: () => {},
      onChange: () => {
        if (this.connection.isOpen('boxes')) handler.onOpen(this);
      },
      messages: {
        boxes: (message, sizeBytes) => {
          const word = isReturnWord(message) ? message : null;
          if (word === null && this.#heard.length < RESERVE_HEARD_MAX)
            this.#heard = [...this.#heard, [message, sizeBytes]];
          handler.onSpoken(this, word);
        },
      },
      onRemoteVoice: (track) => {
        this.#voice = track;
      },
    };
    this.connection = setup.wrapReserve(raw, role, {
      onDescription: (type, sdp) => this.#handler.onDescription(type, sdp),
      onAddress: (side, candidate) => this.#handler.onAddress(side, candidate),
      onServerError: (url, code) => this.#handler.onServerError(url, code),
      onCandidates: (candidates) => this.#handler.onCandidates(candidates),
      onChange: () => this.#handler.onChange(),
      messages: { boxes: (box, sizeBytes) => this.#handler.messages.boxes(box, sizeBytes) },
      onRemoteVoice: (track) => this.#handler.onRemoteVoice(track),
      onBroken: () => this.#handler.onBroken(),
      onRefused: (reason) => this.#handler.onRefused(reason),
    });
  }

  /** From now on the connection tells `handler` all that it tells; boxes that came before are told with `repeat`. */
  handOver(handler: PeerConnectionHandler): void {
    this.#handler = handler;
    if (this.#voice !== null) handler.onRemoteVoice(this.#voice);
    this.#voice = null;
  }

  repeat(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const [message, sizeBytes] of heard) this.#handler.messages.boxes(message, sizeBytes);
  }

  dispose(): void {
    this.connection.dispose();
  }
}
