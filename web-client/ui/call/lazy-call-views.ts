/** Owns the lazy chunk with the views of a call, loaded once there is anybody in the room, or one goes in. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { CallViews, CallViewsOptions } from './call-views.ts';

type LoadedViews = Pick<CallViews, 'render' | 'handleLanguage'>;
type LoadCallViews = () => Promise<{ readonly CallViews: new (options: CallViewsOptions) => LoadedViews }>;

export class LazyCallViews {
  readonly #lazy: LazyLoad;
  #views: LoadedViews | null = null;
  #room: RoomState | null = null;

  /** `loadTexts` settles when `t` has the texts of a call. */
  constructor(
    options: CallViewsOptions,
    loadTexts: () => Promise<void>,
    timers: TimersLike,
    onFailing: () => void,
    loadViews: LoadCallViews = () => import('./call-views.ts'),
  ) {
    this.#lazy = new LazyLoad(
      async () => {
        const [{ CallViews }] = await Promise.all([loadViews(), loadTexts()]);
        this.#views = new CallViews(options);
        this.#views.render(this.#room);
      },
      timers,
      onFailing,
    );
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (this.#views !== null) this.#views.render(room);
    else if (room !== null && (room.call !== 'out' || room.participants.length > 0)) this.#lazy.startAfter(0);
  }

  handleLanguage(): void {
    this.#views?.handleLanguage();
  }
}
