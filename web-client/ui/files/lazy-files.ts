/** Owns the lazy chunk of files, loaded with the chat's: no offer waits long. */

import type { RoomState } from '../../core/state/room-state.ts';
import { LateLoad } from '../shell/late-load.ts';
import type { FilesView, FileViewsContext } from './files-view.ts';

export class LazyFiles {
  readonly #late: LateLoad;
  #view: FilesView | null = null;
  #latest: RoomState | null = null;

  constructor(context: FileViewsContext) {
    this.#late = new LateLoad(
      async () => {
        const [{ FilesView }] = await Promise.all([import('./files-view.ts'), context.loadTexts()]);
        this.#view = new FilesView(context);
        this.#view.render(this.#latest);
      },
      context.timers,
      () => context.announce('part.failing'),
    );
  }

  /** `room` is null once nothing goes on here. */
  render(room: RoomState | null): void {
    this.#latest = room;
    if (this.#view !== null) this.#view.render(room);
    else this.#late.handleRoom(room);
  }

  /** Opens the chooser for one person; to be called inside a tap. Nothing in the first moments, before its code is there. */
  choose(to: string): void {
    this.#view?.choose(to);
  }

  handleLanguage(): void {
    this.#view?.handleLanguage();
  }
}
