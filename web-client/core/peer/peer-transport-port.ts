/** Owns what the transport to one peer is given, and what it tells whoever has it. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { BodyMap, SignalBody, WishBody } from '../../../main/common/protocol/bodies.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { ConnectionSetupOptions } from './connection-setup.ts';
import type { ConnectionTurn } from './connection-turns.ts';
import type { DescriptionProblem } from './description-sections.ts';
import type { StandingReserve } from './own-reserve.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';
import type { ReserveConnectionsOptions } from './reserve-connections.ts';

export interface PeerTransportHandler {
  sendSignal<Type extends SignalBody['type']>(type: Type, body: BodyMap[Type]): void;
  sendWish(body: WishBody): void;
  /** Phase, data channel or connection changed. */
  onChange(): void;
  /** A message came through the data channel of the present connection; what cannot be a box is an empty one. */
  onMessage(box: Bytes, sizeBytes: number): void;
  onRemoteVoice(track: AudioTrackLike): void;
  /** The voice was looked at: when its last packet came. */
  onLook(lastPacketAt: number | null): void;
  /** The other side described or did what ends the connection for good. */
  onRefused(reason: DescriptionProblem): void;
  /** A page came that says it is the other one, loaded anew; the reserve is the handler's from then on. */
  onReturn(reserve: StandingReserve, word: Bytes): void;
}

export interface PeerTransportOptions
  extends ConnectionSetupOptions,
    Pick<ReserveConnectionsOptions, 'reserveTurn' | 'isAlive'> {
  readonly connections: PeerConnectionFactory;
  /** When a further connection may be made. */
  readonly turn: ConnectionTurn;
  /** Whether a signal can reach the other side now. */
  readonly hasPath: () => boolean;
  readonly hasOtherPath: () => boolean;
}
