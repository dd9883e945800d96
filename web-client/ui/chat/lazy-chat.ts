/** Owns the lazy chunk of the chat, loaded when it is first needed; no message waits long. */

import type { RoomState } from '../../core/state/room-state.ts';
import { LateLoad } from '../shell/late-load.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatView } from './chat-view.ts';

export class LazyChat {
  readonly #late: LateLoad;
  #view: ChatView | null = null;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(context: ChatContext) {
    this.#late = new LateLoad(
      async () => {
        const [{ ChatView }] = await Promise.all([import('./chat-view.ts'), context.loadTexts()]);
        this.#view = new ChatView(context);
        this.#view.render(...this.#latest);
      },
      context.timers,
      () => context.announce('part.failing'),
    );
  }

  /** `room` is null once nothing goes on here; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    this.#latest = [room, invite];
    if (this.#view !== null) this.#view.render(room, invite);
    else this.#late.handleRoom(room);
  }

  handleLanguage(): void {
    this.#view?.handleLanguage();
  }
}
