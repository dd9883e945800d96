/** Owns local presence: microphone, hand and passing reaction, as the others are told of them. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { PresenceBody } from '../../../main/common/protocol/bodies.ts';
import type { MicrophoneState } from '../state/audio-state.ts';
import type { RemoteMicrophone, SelfState } from '../state/room-state.ts';
import { TransientReaction } from './transient-reaction.ts';

export interface LocalPresenceHandler {
  /** There is something new to tell. */
  onPresence(presence: PresenceBody): void;
  /** The own hand or emoji changed. */
  onChange(): void;
}

export class LocalPresence implements Disposable {
  readonly #handler: LocalPresenceHandler;
  readonly #reaction: TransientReaction;
  #body: PresenceBody = { kind: 'presence', microphone: 'none', handUp: false };

  constructor(timers: TimersLike, handler: LocalPresenceHandler) {
    this.#handler = handler;
    this.#reaction = new TransientReaction(timers, () => handler.onChange());
  }

  get body(): PresenceBody {
    return this.#body;
  }

  get view(): Pick<SelfState, 'handUp' | 'reaction'> {
    return { handUp: this.#body.handUp, reaction: this.#reaction.shown };
  }

  setMicrophone(state: MicrophoneState): void {
    this.#set({ ...this.#body, microphone: asRemote(state) });
  }

  setHandUp(handUp: boolean): void {
    if (handUp === this.#body.handUp) return;
    this.#set({ ...this.#body, handUp });
    this.#handler.onChange();
  }

  showReaction(emoji: string): void {
    this.#reaction.show(emoji);
  }

  /** One goes out: the hand is down when one comes back. */
  clear(): void {
    this.setHandUp(false);
    this.#reaction.clear();
  }

  dispose(): void {
    this.#reaction.dispose();
  }

  #set(presence: PresenceBody): void {
    const { microphone, handUp } = this.#body;
    if (presence.microphone === microphone && presence.handUp === handUp) return;
    this.#body = presence;
    this.#handler.onPresence(presence);
  }
}

function asRemote(state: MicrophoneState): RemoteMicrophone {
  if (state.phase !== 'live') return 'none';
  return state.muted ? 'muted' : 'open';
}
