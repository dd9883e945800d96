/** Owns one end of a reserve: a connection that is silent and does not count, until it carries boxes and is handed over. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { AudioTrackLike, PeerConnectionLike } from '../browser-api.ts';
import type { ConnectionSetup, ReserveRole } from './connection-setup.ts';
import type { PeerConnection, PeerConnectionHandler } from './peer-connection.ts';

export type ReserveEndHandler = Pick<
  PeerConnectionHandler,
  'onDescription' | 'onCandidates' | 'onBroken' | 'onRefused'
> & {
  /** Its data channel is open: it can be handed over. */
  onOpen(end: ReserveEnd): void;
};

export class ReserveEnd implements Disposable {
  readonly connection: PeerConnection;
  #handler: PeerConnectionHandler;
  /** Came before there was anybody to hear it. */
  #voice: AudioTrackLike | null = null;

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
      // What is said before is said again.
      messages: { boxes: () => {} },
      onRemoteVoice: (track) => {
        this.#voice = track;
      },
    };
    this.connection = setup.wrapReserve(raw, role, {
      onDescription: (type, sdp) => this.#handler.onDescription(type, sdp),
      onAddress: (side, candidate) => this.#handler.onAddress(side, candidate),
      onServerError: (code) => this.#handler.onServerError(code),
      onCandidates: (candidates) => this.#handler.onCandidates(candidates),
      onChange: () => this.#handler.onChange(),
      messages: { boxes: (box, sizeBytes) => this.#handler.messages.boxes(box, sizeBytes) },
      onRemoteVoice: (track) => this.#handler.onRemoteVoice(track),
      onBroken: () => this.#handler.onBroken(),
      onRefused: (reason) => this.#handler.onRefused(reason),
    });
  }

  /** From now on the connection tells `handler` all that it tells. */
  handOver(handler: PeerConnectionHandler): void {
    this.#handler = handler;
    if (this.#voice !== null) handler.onRemoteVoice(this.#voice);
    this.#voice = null;
  }

  dispose(): void {
    this.connection.dispose();
  }
}
