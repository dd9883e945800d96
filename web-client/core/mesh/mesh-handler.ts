/** Owns the way out of the mesh: who takes what the others say, and what the mesh tells and asks of the call. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { PeerMessage } from '../../../main/common/protocol/bodies.ts';
import type { ClientMessage, SignalType } from '../../../main/common/protocol/messages.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { WayBack } from '../waiting/former-page.ts';

/** Takes what the others say, each under the id that it is known to be from. */
export interface MessageReceiver {
  handle(from: string, message: PeerMessage): void;
  /** What was sent to this person under this number was taken, or given up. */
  handleSettled(to: string, seq: number, delivered: boolean): void;
  /** The person, or oneself, is gone. */
  handleExit(from: string): void;
}

export interface SendOptions {
  /** Holds until another of its kind does: those to come are told as well, once connected. */
  readonly retain?: boolean;
  /** To this person alone, if they are there. */
  readonly to?: string;
}

export interface MeshHandler {
  readonly messages: MessageReceiver;
  sendBySocket(to: string, type: SignalType, box: Bytes): void;
  /** The participants, their peers, or whether one is in oneself changed. */
  onChange(): void;
  /** How many places the room has. */
  capacity(): number;
  /** What this page leaves to its next load, to come back by; none while the host is there, or one is out. */
  onWays(ways: readonly WayBack[]): void;
  onVoice(id: string, track: AudioTrackLike | null): void;
  /** What the host should know: who floods this page and was cut off here, or whether somebody is still there. */
  tellHost(message: Extract<ClientMessage, { readonly type: 'report' | 'vouch' }>): void;
}
