/** Owns getting the chat's code when it is first needed, so that the page is there sooner; no message waits long. */

import type { RoomState } from '../../core/room-state.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatView } from './chat-view.ts';

/** When the host's computer does not answer, the code is asked for again. */
const RETRY_MS = 3_000;

export class Chat {
  readonly #context: ChatContext;
  #view: ChatView | null = null;
  #loading = false;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(context: ChatContext) {
    this.#context = context;
  }

  /** `room` is null once nothing goes on here; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    this.#latest = [room, invite];
    if (this.#view !== null) this.#view.render(room, invite);
    // Whoever is joining has the host's computer within reach, and will have the chat when they are in.
    else if (room !== null && room.call !== 'out') this.#load();
  }

  #load(): void {
    if (this.#loading) return;
    this.#loading = true;
    import('./chat-view.ts').then(
      ({ ChatView }) => {
        this.#view = new ChatView(this.#context);
        this.#view.render(...this.#latest);
      },
      () => this.#context.timers.setTimeout(() => this.#retry(), RETRY_MS),
    );
  }

  #retry(): void {
    this.#loading = false;
    this.render(...this.#latest);
  }
}
