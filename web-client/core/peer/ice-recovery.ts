/** Owns ICE recovery, when a connection that does not carry is repaired: a restart of ICE first, then the connection anew. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** A short gap often closes by itself. */
export const DISCONNECTED_GRACE_MS = 3_000;
/** How long a repair may take before the next one, by the number of failures so far. */
export const REPAIR_TIMEOUTS_MS: readonly number[] = [15_000, 8_000, 15_000, 20_000, 30_000];
/** Two hints at once (network back, computer awake) are one. */
export const WAKE_GAP_MS = 2_000;
/** Failures in a row after which a restart of ICE is no longer worth trying. */
const RESTARTS_MAX = 1;

export type Repair = 'restart' | 'rebuild';

export interface IceRecoveryOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Whether the other side can be told; without a path a rebuild waits for one. */
  readonly hasPath: () => boolean;
  readonly onRepair: (repair: Repair) => void;
}

/** One for each stay of a peer, over all its connections. */
export class IceRecovery implements Disposable {
  readonly #options: IceRecoveryOptions;
  #failures = 0;
  #connected = false;
  #waitsForPath = false;
  #lastWakeMs = Number.NEGATIVE_INFINITY;
  #repairedAtMs = Number.NEGATIVE_INFINITY;
  readonly #next: Timeout;

  constructor(options: IceRecoveryOptions) {
    this.#options = options;
    this.#next = new Timeout(options.timers);
    this.#arm(this.#timeoutMs());
  }

  /** Takes each `connectionState` of the present RTCPeerConnection. */
  handleState(state: string): void {
    this.#connected = state === 'connected';
    if (state === 'connected') this.#handleConnected();
    else if (state === 'disconnected') this.#arm(DISCONNECTED_GRACE_MS);
    else if (state === 'failed') this.handleFailure();
  }

  /** The connection cannot come up as it is. The first failures are answered at once, later ones no faster than the ladder. */
  handleFailure(): void {
    const sinceRepairMs = this.#options.clock() - this.#repairedAtMs;
    if (this.#failures <= RESTARTS_MAX) this.#repair();
    else this.#arm(Math.max(0, this.#timeoutMs() - sinceRepairMs));
  }

  /** The network came back or the computer woke: what says "connected" may be dead. */
  wake(): void {
    const nowMs = this.#options.clock();
    if (nowMs - this.#lastWakeMs < WAKE_GAP_MS) return;
    this.#lastWakeMs = nowMs;
    if (this.#connected) this.#options.onRepair('restart');
    else this.#repair();
  }

  /** A path to the other side opened. */
  handlePath(): void {
    if (this.#waitsForPath) this.#repair();
  }

  dispose(): void {
    this.#next.clear();
  }

  #handleConnected(): void {
    this.#failures = 0;
    this.#waitsForPath = false;
    this.#next.clear();
  }

  #repair(): void {
    const repair: Repair = this.#failures < RESTARTS_MAX ? 'restart' : 'rebuild';
    this.#waitsForPath = !this.#options.hasPath();
    this.#next.clear();
    if (this.#waitsForPath) return;
    this.#failures++;
    this.#repairedAtMs = this.#options.clock();
    this.#arm(this.#timeoutMs());
    this.#options.onRepair(repair);
  }

  #timeoutMs(): number {
    return REPAIR_TIMEOUTS_MS[Math.min(this.#failures, REPAIR_TIMEOUTS_MS.length - 1)] ?? 0;
  }

  #arm(delayMs: number): void {
    this.#next.set(() => this.#repair(), delayMs);
  }
}
