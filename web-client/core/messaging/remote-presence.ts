/** Owns remote presence: what each of the others says of the moment, which is microphone, hand and passing reaction. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { PresenceBody, ReactionBody } from '../../../main/common/protocol/bodies.ts';
import type { ParticipantState, RemoteMicrophone } from '../state/room-state.ts';
import { TransientReaction } from './transient-reaction.ts';

export type PresenceView = Pick<ParticipantState, 'microphone' | 'handUp' | 'reaction'>;

interface Said {
  microphone: RemoteMicrophone | null;
  handUp: boolean;
  readonly reaction: TransientReaction;
}

const NOTHING_SAID: PresenceView = { microphone: null, handUp: false, reaction: null };

export class RemotePresence implements Disposable {
  readonly #timers: TimersLike;
  readonly #onChange: () => void;
  readonly #byId = new Map<string, Said>();

  constructor(timers: TimersLike, onChange: () => void) {
    this.#timers = timers;
    this.#onChange = onChange;
  }

  of(id: string): PresenceView {
    const said = this.#byId.get(id);
    return said ? { ...said, reaction: said.reaction.shown } : NOTHING_SAID;
  }

  handlePresence(from: string, { microphone, handUp }: PresenceBody): void {
    Object.assign(this.#saidBy(from), { microphone, handUp });
    this.#onChange();
  }

  handleReaction(from: string, { emoji }: ReactionBody): void {
    this.#saidBy(from).reaction.show(emoji);
  }

  /** The person is gone, and with them all that was of that moment. */
  handleExit(from: string): void {
    this.#byId.get(from)?.reaction.dispose();
    this.#byId.delete(from);
  }

  dispose(): void {
    for (const { reaction } of this.#byId.values()) reaction.dispose();
    this.#byId.clear();
  }

  #saidBy(id: string): Said {
    const known = this.#byId.get(id);
    if (known) return known;
    const said: Said = {
      microphone: null,
      handUp: false,
      reaction: new TransientReaction(this.#timers, this.#onChange),
    };
    this.#byId.set(id, said);
    return said;
  }
}
