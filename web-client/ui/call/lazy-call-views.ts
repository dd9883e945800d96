/** Owns getting the views of a call once there is anybody in the room, or one goes in, so that the page is there sooner. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { Preload } from '../shell/preload.ts';
import type { CallViews, CallViewsOptions } from './call-views.ts';

export class LazyCallViews {
  readonly #preload: Preload;
  #views: CallViews | null = null;
  #room: RoomState | null = null;

  /** `loadTexts` settles when `t` has the texts of a call. */
  constructor(options: CallViewsOptions, loadTexts: () => Promise<void>, timers: TimersLike) {
    this.#preload = new Preload(async () => {
      const [{ CallViews }] = await Promise.all([import('./call-views.ts'), loadTexts()]);
      this.#views = new CallViews(options);
      this.#views.render(this.#room);
    }, timers);
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (this.#views !== null) this.#views.render(room);
    else if (room !== null && (room.call !== 'out' || room.participants.length > 0))
      this.#preload.startAfter(0);
  }

  handleLanguage(): void {
    this.#views?.handleLanguage();
  }
}
