/** Owns the room's state as it is now: takes actions, and tells the state that comes of one and the events between. */

import { Emitter } from '../../../main/common/emitter.ts';
import type { Logger } from '../../../main/common/logger.ts';
import { INITIAL_STATE, type RoomAction, reduceRoom } from './room-reducer.ts';
import type { RoomState } from './room-state.ts';
import { type SessionEvent, sessionEventsBetween } from './session-events.ts';
import { logChanges } from './state-log.ts';

interface RoomStoreEvents {
  state: RoomState;
  event: SessionEvent;
}

export class RoomStore extends Emitter<RoomStoreEvents> {
  readonly #logger: Logger;
  #state: RoomState = INITIAL_STATE;

  constructor(logger: Logger) {
    super();
    this.#logger = logger;
  }

  get state(): RoomState {
    return this.#state;
  }

  /** Nothing is tried any more. */
  get ended(): boolean {
    return this.#state.signaling.phase === 'ended';
  }

  dispatch(action: RoomAction): void {
    const before = this.#state;
    this.#state = reduceRoom(before, action);
    if (this.#state === before) return;
    logChanges(this.#logger, before, this.#state);
    this.emit('state', this.#state);
    for (const event of sessionEventsBetween(before, this.#state)) this.emit('event', event);
  }
}
