/** Owns the return to a call whose page was loaded anew: by itself where the browser allows it, else with the next press of Join. */

import { type Disposable, DisposableStore } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { PLACE_HELD_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import { type CallMemory, type KeptCall, keptCallOf } from './call-memory.ts';

/** As long as the host keeps the place: who comes later may have forgotten that there was a call. */
export const RETURN_MAX_MS = PLACE_HELD_MS;
/** A page that crashed leaves a time that is older by up to this. */
export const SEEN_INTERVAL_MS = 10_000;
/** The page before is still being put away for a moment. */
export const TAB_FREE_MAX_MS = 1_000;

/** What is kept is of the tab, by the browser's word. */
export interface ReturnBrowser {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly newTab: () => string;
  /** This load of the page is a reload. */
  readonly reloaded: boolean;
  /** Whether no other page has this tab's id within `waitMs`; this one has it from then on. */
  takeTab(tab: string, waitMs: number): Promise<boolean>;
  /** Whether the microphone opens without a question. */
  mayUseMicrophone(): Promise<boolean>;
  /** The page goes; `restored`: it is there again, out of the browser's memory. */
  onPage(event: 'goes' | 'restored', listener: () => void): Disposable;
}

/** Of the tab's session. */
export interface ReturningTab {
  readonly room: RoomState | null;
  readonly muted: boolean;
  readonly intents: Pick<PageIntents, 'restore' | 'join'>;
  onChange(listener: (room: RoomState | null) => void): Disposable;
}

export interface CallReturnOptions {
  readonly tab: ReturningTab;
  readonly memory: CallMemory;
  readonly browser: ReturnBrowser;
  readonly timers: TimersLike;
}

/** One for the page. */
export class CallReturn implements Disposable {
  readonly #options: CallReturnOptions;
  readonly #store = new DisposableStore();
  readonly #seen: Timeout;
  #tab: string | null = null;
  #inCall = false;
  /** What one is on the way back with, until one is in again. */
  #returning: KeptCall | null = null;
  /** How one stood in the call when it was kept last. */
  #kept: (Pick<KeptCall, 'muted' | 'handUp'> & Pick<RoomState, 'microphone'>) | null = null;

  constructor(options: CallReturnOptions) {
    this.#options = options;
    this.#seen = this.#store.add(new Timeout(options.timers));
  }

  /**
   * From then on keeps how one stands in the call.
   * @param recalled the tab had its link before: nobody opened it now
   */
  async start(recalled: boolean): Promise<void> {
    const { tab, memory, browser } = this.#options;
    this.#store.add(browser.onPage('goes', () => this.#keep(true)));
    this.#store.add(browser.onPage('restored', () => memory.forget()));
    this.#store.add(tab.onChange((room) => this.#handleRoom(room)));
    const kept = recalled ? memory.recall() : null;
    if (kept === null || !this.#isRecent(kept) || !(await browser.takeTab(kept.tab, TAB_FREE_MAX_MS))) {
      // What came with a copy of another tab, or is too old.
      if (!this.#inCall) memory.forget();
    } else {
      this.#tab = kept.tab;
      await this.#goBack(kept);
    }
    this.#handleRoom(tab.room);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #isRecent({ seenMs }: KeptCall): boolean {
    return Math.abs(this.#options.browser.wallClock() - seenMs) <= RETURN_MAX_MS;
  }

  /** Who had left the page, and comes to it again without a reload, has not asked to be heard. */
  async #goBack(kept: KeptCall): Promise<void> {
    const { tab, browser } = this.#options;
    tab.intents.restore(kept);
    if (tab.room?.call !== 'out') return;
    const byItself = browser.reloaded || !kept.closed;
    if (!byItself || !(kept.listening || (await browser.mayUseMicrophone()))) return;
    this.#returning = kept;
    tab.intents.join(kept.name, kept.listening ? 'listen' : 'talk');
    this.#keepReturning();
  }

  /** Who waits for a host that does not answer, however often the page is loaded anew, has not forgotten the call. */
  #keepReturning(closed = false): void {
    const { memory, browser } = this.#options;
    if (this.#returning === null) return;
    memory.keep({ ...this.#returning, seenMs: browser.wallClock(), closed });
    this.#seen.set(() => this.#keepReturning(), SEEN_INTERVAL_MS);
  }

  #handleRoom(room: RoomState | null): void {
    const inCall = room !== null && room.call !== 'out';
    if (this.#inCall && !inCall) {
      this.#kept = null;
      this.#returning = null;
      this.#seen.clear();
      this.#options.memory.forget();
    }
    this.#inCall = inCall;
    // Whoever mutes is to stay so, however soon the page is gone; the sound of others is kept with the time.
    if (room?.call === 'joined' && !this.#isKept(room)) this.#keep();
  }

  #isKept({ microphone, self: { handUp } }: RoomState): boolean {
    const kept = this.#kept;
    return (
      kept?.microphone === microphone && kept.handUp === handUp && kept.muted === this.#options.tab.muted
    );
  }

  #keep(closed = false): void {
    const { tab, memory, browser } = this.#options;
    const { room, muted } = tab;
    const page = { tab: this.#takenTab(), muted, seenMs: browser.wallClock(), closed };
    const call = room === null ? null : keptCallOf(room, page);
    if (room?.call === 'joining') this.#keepReturning(closed);
    if (room === null || call === null) return;
    this.#returning = null;
    this.#kept = { microphone: room.microphone, handUp: room.self.handUp, muted };
    memory.keep(call);
    this.#seen.set(() => this.#keep(), SEEN_INTERVAL_MS);
  }

  #takenTab(): string {
    if (this.#tab === null) {
      this.#tab = this.#options.browser.newTab();
      void this.#options.browser.takeTab(this.#tab, TAB_FREE_MAX_MS);
    }
    return this.#tab;
  }
}
