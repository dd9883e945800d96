/** Owns the heartbeat of a WebSocket: pings after a silence, and reports it dead when no frame answers. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { HEARTBEAT_INTERVAL_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** How long any frame may take to come after a ping. */
export const HEARTBEAT_REPLY_MS = 10_000;

export interface HeartbeatOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly sendPing: () => void;
  readonly onDead: () => void;
}

export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions;
  #lastFrameMs: number;
  #waitingForReply = false;
  readonly #timer: Timeout;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#lastFrameMs = options.clock();
    this.#timer = new Timeout(options.timers);
    this.#arm(HEARTBEAT_INTERVAL_MS);
  }

  /** A frame came. */
  handleFrame(): void {
    this.#lastFrameMs = this.#options.clock();
    if (!this.#waitingForReply) return;
    this.#waitingForReply = false;
    this.#arm(HEARTBEAT_INTERVAL_MS);
  }

  /** Asks now, after a hint that the network changed. */
  probe(): void {
    if (!this.#waitingForReply) this.#ask();
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #check(): void {
    if (this.#waitingForReply) {
      this.#options.onDead();
      return;
    }
    const silentMs = this.#options.clock() - this.#lastFrameMs;
    if (silentMs < HEARTBEAT_INTERVAL_MS) this.#arm(HEARTBEAT_INTERVAL_MS - silentMs);
    else this.#ask();
  }

  #ask(): void {
    this.#waitingForReply = true;
    this.#arm(HEARTBEAT_REPLY_MS);
    this.#options.sendPing();
  }

  #arm(delayMs: number): void {
    this.#timer.set(() => this.#check(), delayMs);
  }
}
