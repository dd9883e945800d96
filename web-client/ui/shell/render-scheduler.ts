/** Owns the render scheduler: the page is drawn once a frame at most, seldom in a flood, and not while people are being connected, when the processor is theirs. */

import { Emitter } from '../../../main/common/emitter.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { type RateLimit, TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { Cue } from '../../core/call-intents.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { isConnecting, type PageState, type TabPage } from '../page-state.ts';

/**
 * Drawing the room costs a phone about as much as connecting two people does, and both at once make each wait for the other.
 * Most connections stand by then, and are drawn only once.
 */
export const CONNECTING_DRAW_MS = 400;
/** The two sides are connected one after the other, and a voice takes some 200 ms from there until it is heard: the drawing lets it pass. */
export const CONNECTED_DRAW_MS = 300;
/** Where several were connected their voices begin together, and take a busy processor that much longer. */
export const SEVERAL_CONNECTED_DRAW_MS = 800;
/** A timer that is this late tells of a processor that has more to do than it can: the drawing is put off once more. */
export const LATE_MS = 40;
/** Where so many are being connected at once and it goes on, the processor stays theirs; one alone may never come about. */
const SEVERAL = 2;
/** Drawing, words and sounds take more of the processor than they are worth until all stand, but nobody waits longer for them. */
export const AT_LATEST_MS = 1_600;

/** However fast the room changes: nobody sees more, and one guest must not keep everybody's page busy. */
export const DRAWING: RateLimit = { burst: 20, perSecond: 20 };

/** Calls back once, before the next picture of the page, or soon where the page is not seen and there is none. */
export type NextFrame = (callback: () => void) => void;

/** A page that can stop moving without being drawn. */
export interface RenderTarget extends TabPage {
  rest(): void;
}

export class RenderScheduler implements TabPage {
  readonly #page: RenderTarget;
  readonly #clock: ClockMs;
  readonly #nextFrame: NextFrame;
  readonly #drawings: Emitter<{ drawn: PageState }> = new Emitter();
  readonly #bucket: TokenBucket;
  #frameAsked = false;
  #latest: PageState | null = null;
  #drawn: PageState | null = null;
  readonly #drawing: Timeout;
  /** When what is put off is drawn, however much there is to do. */
  #deadlineMs = 0;
  #connecting = false;
  /** Whether at any time since the drawing was put off several were being connected. */
  #several = false;
  /** How far the connecting was when the drawing was put off last. */
  #progress = '';
  /** Words and sounds that wait until they are drawn whom they are about. */
  #events: ((page: TabPage) => void)[] = [];
  readonly #flush: Timeout;

  constructor(page: RenderTarget, timers: TimersLike, clock: ClockMs, nextFrame: NextFrame) {
    this.#page = page;
    this.#drawing = new Timeout(timers);
    this.#flush = new Timeout(timers);
    this.#clock = clock;
    this.#nextFrame = nextFrame;
    this.#bucket = new TokenBucket(DRAWING, clock());
  }

  render(state: PageState): void {
    const wasConnecting = this.#connecting;
    this.#latest = state;
    this.#connecting = state.kind === 'room' && isConnecting(state.room);
    if (!this.#drawing.pending) {
      if (this.#connecting) this.#begin();
      else this.#drawInTurn();
    } else if (wasConnecting && !this.#connecting) {
      const voicesMs = this.#several ? SEVERAL_CONNECTED_DRAW_MS : CONNECTED_DRAW_MS;
      this.#wait(Math.max(0, Math.min(voicesMs, this.#deadlineMs - this.#clock())));
    }
    this.#several ||= peersConnecting(state) >= SEVERAL;
  }

  /** Calls back after each drawing: what a state asks of the device beside the call can wait as long. */
  onDrawn(listener: (state: PageState) => void): Disposable {
    return this.#drawings.on('drawn', listener);
  }

  /** Draws the first state at once: from then on what is pressed is acted on. */
  drawFirst(): void {
    this.#draw();
  }

  announce(text: TextKey, name?: string | null, count?: number): void {
    this.#announce((page) => page.announce(text, name, count));
  }

  playCue(cue: Cue): void {
    this.#announce((page) => page.playCue(cue));
  }

  askToSwitch(go: () => void): void {
    this.#page.askToSwitch(go);
  }

  showLevel(level: number): void {
    this.#page.showLevel(level);
  }

  #drawInTurn(): void {
    const nowMs = this.#clock();
    const waitMs = this.#bucket.waitMs(nowMs);
    this.#deadlineMs = nowMs + waitMs;
    if (waitMs === 0) this.#askFrame();
    else this.#wait(waitMs);
  }

  #askFrame(): void {
    if (this.#frameAsked) return;
    this.#frameAsked = true;
    this.#nextFrame(() => {
      this.#frameAsked = false;
      if (!this.#drawing.pending) this.#draw();
    });
  }

  #begin(): void {
    this.#page.rest();
    this.#several = false;
    this.#deadlineMs = this.#clock() + AT_LATEST_MS;
    this.#wait(CONNECTING_DRAW_MS);
  }

  #wait(delayMs: number): void {
    this.#progress = progressOf(this.#latest);
    const dueMs = this.#clock() + delayMs;
    this.#drawing.set(() => this.#handleDue(dueMs), delayMs);
  }

  #handleDue(dueMs: number): void {
    const nowMs = this.#clock();
    const busy = nowMs - dueMs > LATE_MS || this.#goesOn();
    if (this.#connecting && busy && nowMs < this.#deadlineMs)
      this.#wait(Math.min(CONNECTING_DRAW_MS, this.#deadlineMs - nowMs));
    else this.#draw();
  }

  #goesOn(): boolean {
    return peersConnecting(this.#latest) >= SEVERAL && progressOf(this.#latest) !== this.#progress;
  }

  #draw(): void {
    this.#bucket.take(this.#clock());
    const fresh = this.#latest === this.#drawn ? null : this.#latest;
    if (fresh !== null) this.#page.render(fresh);
    this.#drawn = this.#latest;
    if (!this.#connecting) this.#flushEvents();
    if (fresh !== null) this.#drawings.emit('drawn', fresh);
  }

  #announce(event: (page: TabPage) => void): void {
    this.#events.push(event);
    if (!this.#drawing.pending && !this.#connecting && !this.#frameAsked) this.#flushEvents();
    else if (!this.#flush.pending) this.#flush.set(() => this.#flushEvents(), AT_LATEST_MS);
  }

  #flushEvents(): void {
    this.#flush.clear();
    const events = this.#events;
    this.#events = [];
    for (const event of events) event(this.#page);
  }
}

function peersOf(state: PageState | null): RoomState['participants'] {
  return state?.kind === 'room' ? state.room.participants : [];
}

function peersConnecting(state: PageState | null): number {
  return peersOf(state).filter(({ peer }) => peer.phase === 'connecting').length;
}

/** Another text once somebody came in or was connected. */
function progressOf(state: PageState | null): string {
  if (state?.kind !== 'room') return '';
  const { call, participants } = state.room;
  return [call, participants.length, peersConnecting(state)].join(' ');
}
