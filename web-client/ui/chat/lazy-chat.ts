/** Owns the lazy chunk of the chat, loaded when it is first needed; no message waits long. */

import { Timeout } from '../../../main/common/timing/timeout.ts';
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
  readonly #patience: Timeout;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(context: ChatContext) {
    this.#context = context;
    this.#patience = new Timeout(context.timers);
  }

  /** `room` is null once nothing goes on here; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    this.#latest = [room, invite];
    if (this.#view !== null) this.#view.render(room, invite);
    else if (room === null || room.call === 'out') this.#patience.clear();
    else if (!isConnecting(room)) this.#load();
    else if (!this.#patience.pending) this.#patience.set(() => this.#load(), LOAD_AT_LATEST_MS);
  }

  handleLanguage(): void {
    this.#view?.handleLanguage();
  }

  #load(): void {
    this.#patience.clear();
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
}
