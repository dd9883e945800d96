/** Owns what the other of a pair tells of himself: the name that holds for the pair, microphone, hand, passing emoji. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { NameBody, PresenceBody, ReactionBody } from '../../../main/common/protocol/bodies.ts';
import { assertNever } from '../../../main/common/result.ts';
import type { QuickReaction, RemoteMicrophone } from '../state/room-state.ts';
import { TransientReaction } from './transient-reaction.ts';

export interface PresenceView {
  /** As the person gave it inside the pair's own stream; null until then. */
  readonly name: string | null;
  readonly microphone: RemoteMicrophone | null;
  readonly handUp: boolean;
  readonly reaction: QuickReaction | null;
}

export class RemotePresence {
  readonly #onChange: () => void;
  readonly #reaction: TransientReaction;
  #name: string | null = null;
  #microphone: RemoteMicrophone | null = null;
  #handUp = false;

  constructor(timers: TimersLike, onChange: () => void) {
    this.#onChange = onChange;
    this.#reaction = new TransientReaction(timers, onChange);
  }

  get view(): PresenceView {
    return {
      name: this.#name,
      microphone: this.#microphone,
      handUp: this.#handUp,
      reaction: this.#reaction.shown,
    };
  }

  handle(body: NameBody | PresenceBody | ReactionBody): void {
    switch (body.kind) {
      case 'name':
        this.#name = body.name;
        this.#onChange();
        break;
      case 'presence':
        this.#microphone = body.microphone;
        this.#handUp = body.handUp;
        this.#onChange();
        break;
      case 'reaction':
        this.#reaction.show(body.emoji);
        break;
      default:
        assertNever(body);
    }
  }

  /** The person is gone: the name stays with the id, the rest was of that moment. */
  clear(): void {
    this.#microphone = null;
    this.#handUp = false;
    this.#reaction.clear();
  }
}
