/** Owns the lazy chunk of the chat, loaded when it is first needed; no message waits long. */

import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { isConnecting } from '../page-state.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatView } from './chat-view.ts';

/** The chat gives way to the voices while people are being connected, but not for longer. */
const LOAD_AT_LATEST_MS = 1_600;
/** The voices come a while after the connections, and the people connected are drawn first. */
const VOICES_MS = 250;

export class LazyChat {
  readonly #lazy: LazyLoad;
  readonly #patience: Timeout;
  readonly #voices: Timeout;
  #view: ChatView | null = null;
  #latest: readonly [room: RoomState | null, invite: string | null] = [null, null];

  constructor(context: ChatContext) {
    this.#patience = new Timeout(context.timers);
    this.#voices = new Timeout(context.timers);
    this.#lazy = new LazyLoad(
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
    else if (room === null || room.call === 'out') this.#clear();
    else if (isConnecting(room)) this.#loadWithin(this.#patience, LOAD_AT_LATEST_MS);
    else if (this.#patience.pending) this.#loadWithin(this.#voices, VOICES_MS);
    else this.#load();
  }

  handleLanguage(): void {
    this.#view?.handleLanguage();
  }

  /** Of both times, the one that ends first counts. */
  #loadWithin(timeout: Timeout, delayMs: number): void {
    if (!timeout.pending) timeout.set(() => this.#load(), delayMs);
  }

  #clear(): void {
    this.#patience.clear();
    this.#voices.clear();
  }

  #load(): void {
    this.#clear();
    this.#lazy.startAfter(0);
  }
}
