/** Owns the heartbeat of the WebSocket to the host: pings after a silence, doubts it when no frame answers soon, then reports it dead. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { HEARTBEAT_IN_CALL_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** How long any frame may take to come after a ping, where the way there and back is short or unknown, and where it is long. */
export const HEARTBEAT_REPLY_MS = 3_000;
export const HEARTBEAT_REPLY_MAX_MS = 10_000;
/** Of the time there and back. */
const REPLY_FACTOR = 4;
/** Of the time for a reply, before the socket is doubted. */
const DOUBT_SHARE = 1 / 3;
/** A timer that comes so much too late was stopped with its page, and whatever came meanwhile was not read yet. */
const LATE_MS = 1_000;

export interface HeartbeatOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** How long a silence may last before a ping. */
  readonly intervalMs: () => number;
  readonly sendPing: () => void;
  /** Nothing answers as soon as it should, or (false) something does after all. */
  readonly onDoubt: (doubted: boolean) => void;
  readonly onDead: () => void;
}

export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions;
  #lastFrameMs = 0;
  /** Since when an answer is awaited; null while none is. */
  #askedMs: number | null = null;
  #doubted = false;
  #replyMs = HEARTBEAT_REPLY_MS;
  readonly #timer: Timeout;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = new Timeout(options.timers);
  }

  /** A socket stands. */
  start(): void {
    this.#lastFrameMs = this.#options.clock();
    this.#askedMs = null;
    this.#doubted = false;
    this.#wait();
  }

  /** A frame came. */
  handleFrame(): void {
    const { clock, onDoubt } = this.#options;
    this.#lastFrameMs = clock();
    if (this.#askedMs === null) return;
    const replyMs = REPLY_FACTOR * (this.#lastFrameMs - this.#askedMs);
    this.#replyMs = Math.min(Math.max(replyMs, HEARTBEAT_REPLY_MS), HEARTBEAT_REPLY_MAX_MS);
    this.#askedMs = null;
    this.#wait();
    if (!this.#doubted) return;
    this.#doubted = false;
    onDoubt(false);
  }

  /** Asks now, after a sign that the network changed; the socket is doubted already. */
  probe(): void {
    if (this.#askedMs === null && this.#timer.pending) this.#ask();
    this.#doubted = true;
  }

  /** It is lost. */
  stop(): void {
    this.#timer.clear();
    this.#askedMs = null;
  }

  dispose(): void {
    this.stop();
  }

  #wait(): void {
    const { clock, intervalMs } = this.#options;
    const leftMs = this.#lastFrameMs + intervalMs() - clock();
    if (leftMs > 0) this.#arm(() => this.#wait(), Math.min(leftMs, HEARTBEAT_IN_CALL_MS));
    else this.#ask();
  }

  #ask(): void {
    this.#askedMs = this.#options.clock();
    this.#arm(() => this.#doubt(), this.#replyMs * DOUBT_SHARE);
    this.#options.sendPing();
  }

  #doubt(): void {
    this.#arm(this.#options.onDead, this.#replyMs * (1 - DOUBT_SHARE));
    this.#doubted = true;
    this.#options.onDoubt(true);
  }

  #arm(then: () => void, delayMs: number): void {
    const { clock } = this.#options;
    const dueMs = clock() + delayMs;
    this.#timer.set(() => (clock() - dueMs > LATE_MS ? this.#ask() : then()), delayMs);
  }
}
