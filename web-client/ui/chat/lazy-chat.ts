/** Owns getting the chat's code when it is first needed, so that the page is there sooner; no message waits long. */

import type { TimerHandle } from '../../../main/common/platform.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { isConnecting } from '../page-state.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatView } from './chat-view.ts';

/** When the host's computer does not answer, the code is asked for again. */
const RETRY_MS = 3_000;
/** The chat gives way to the voices while people are being connected, but not for longer. */
const LOAD_AT_LATEST_MS = 1_600;

export class LazyChat {
  readonly #context: ChatContext;
  #view: ChatView | null = null;
  #loading = false;
  #patience: TimerHandle | null = null;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(context: ChatContext) {
    this.#context = context;
  }

  /** `room` is null once nothing goes on here; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    this.#latest = [room, invite];
    if (this.#view !== null) this.#view.render(room, invite);
    else if (room === null || room.call === 'out') this.#endPatience();
    else if (!isConnecting(room)) this.#load();
    else this.#patience ??= this.#context.timers.setTimeout(() => this.#load(), LOAD_AT_LATEST_MS);
  }

  handleLanguage(): void {
    this.#view?.handleLanguage();
  }

  #load(): void {
    this.#endPatience();
    if (this.#loading) return;
    this.#loading = true;
    Promise.all([import('./chat-view.ts'), this.#context.loadTexts()]).then(
      ([{ ChatView }]) => {
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

  #endPatience(): void {
    if (this.#patience !== null) this.#context.timers.clearTimeout(this.#patience);
    this.#patience = null;
  }
}
