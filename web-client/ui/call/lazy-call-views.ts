/** Owns the views of a call while their code is still to come: once there is anybody in the room, or one goes in. */

import type { RoomState } from '../../core/state/room-state.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { CallViews, CallViewsOptions } from './call-views.ts';

type LoadedViews = Pick<CallViews, 'render' | 'rest' | 'handleLanguage'>;

/** The code of a call, as far as it is shown. */
export interface CallViewsCode {
  readonly CallViews: new (options: CallViewsOptions) => LoadedViews;
}

export interface LazyCallViewsOptions extends CallViewsOptions {
  readonly loadCode: () => Promise<CallViewsCode>;
  /** The texts of a call are there, for what stands in the page itself. */
  readonly onLoaded: () => void;
  /** They do not come, and somebody waits for them. */
  readonly onFailing: () => void;
}

export class LazyCallViews {
  readonly #lazy: LazyLoad;
  #views: LoadedViews | null = null;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(options: LazyCallViewsOptions) {
    this.#lazy = new LazyLoad(
      async () => {
        const [{ CallViews }] = await Promise.all([options.loadCode(), options.loadTexts()]);
        this.#views = new CallViews(options);
        this.#views.render(...this.#latest);
        options.onLoaded();
      },
      options.timers,
      options.onFailing,
    );
  }

  /** `room` is null where there is no call; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    this.#latest = [room, invite];
    if (this.#views !== null) this.#views.render(room, invite);
    else if (room !== null && (room.call !== 'out' || room.participants.length > 0)) this.#lazy.startAfter(0);
  }

  rest(): void {
    this.#views?.rest();
  }

  /** Fetches them before that, for one who is about to go in. */
  prepare(): void {
    this.#lazy.startAfter(0);
  }

  handleLanguage(): void {
    this.#views?.handleLanguage();
  }
}
