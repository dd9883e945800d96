/** Owns ICE recovery, when a connection that does not carry is repaired: by restarts of ICE, seldom by a connection made anew. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { RelayRetry, type RelayRetryOptions } from './relay-retry.ts';

/** A short gap often closes by itself. */
export const DISCONNECTED_GRACE_MS = 3_000;
/** How long a repair may take before the next one, by the number of failures so far. */
export const REPAIR_TIMEOUTS_MS: readonly number[] = [15_000, 8_000, 15_000, 20_000, 30_000];
/** The same while no relay gives an address: one that refused, or was not reached by TCP, a browser asks once for each repair. */
export const WITHOUT_RELAY_MS = 8_000;
/** How long after the answer to one it is looked whether anything comes, where the browser does not say that anything was lost. */
export const ANSWERED_LOOK_MS = 1_000;
/** By so much the side that does not offer is later: what the other one begins meanwhile is the repair of both. */
export const OTHER_TURN_MS = 1_500;
/** Signs that come together (network back, computer awake) are one. */
export const WAKE_GAP_MS = 2_000;
/** The second repair, and each fourth from there, makes the connection anew: what a restart does not mend may be the browser's. */
const REBUILD_EVERY = 4;
/** Times over which an answer is awaited: while the other page is frozen, or out of reach, nothing new helps. */
const UNANSWERED_MAX = 2;

export type Repair = 'restart' | 'rebuild';

export interface IceRecoveryOptions extends Pick<RelayRetryOptions, 'connection'> {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Whether this side makes the first offer, and is the first to repair. */
  readonly offering: () => boolean;
  /** Whether the other side can be told; without a path a repair waits for one. */
  readonly hasPath: () => boolean;
  /** The same without this connection. */
  readonly hasOtherPath: () => boolean;
  readonly relays: {
    /** Whether there are relays to be asked, and none has given an address. */
    readonly lacksRelay: boolean;
    /** Whether one has, and direct ways are allowed as well. */
    readonly hasRelay: boolean;
  };
  /** Whether anything comes from the other side, as far as can be seen in a second. */
  readonly isAlive: () => Promise<boolean>;
  readonly onRepair: (repair: Repair) => void;
  /** `relayOnly` is another. */
  readonly onRelayOnly: () => void;
}

/** One for each stay of a peer, over all its connections. */
export class IceRecovery implements Disposable {
  readonly #options: IceRecoveryOptions;
  #failures = 0;
  #state = 'new';
  #waitsForPath = false;
  /** No answer is awaited: the other side has described something since the last repair began, or that came to nothing on this one. */
  #answered = true;
  #waits = 0;
  #lastWakeMs = Number.NEGATIVE_INFINITY;
  /** The present connection may not go on, but as long as it is the only path. */
  #rebuildDue = false;
  #repairedAtMs = Number.NEGATIVE_INFINITY;
  readonly #next: Timeout;
  readonly #nextWake: Timeout;
  readonly #nextLook: Timeout;
  readonly #relayRetry: RelayRetry;

  constructor(options: IceRecoveryOptions) {
    this.#options = options;
    this.#next = new Timeout(options.timers);
    this.#nextWake = new Timeout(options.timers);
    this.#nextLook = new Timeout(options.timers);
    this.#relayRetry = new RelayRetry({
      ...options,
      hasRelay: () => options.relays.hasRelay,
      onChange: options.onRelayOnly,
      onFallBack: () => this.#fallBack(),
      onReturn: () => this.reroute('restart'),
    });
    this.#arm(this.#timeoutMs());
  }

  /** Whether connections go by relays alone for now, whatever the person wants. */
  get relayOnly(): boolean {
    return this.#relayRetry.relayOnly;
  }

  /** Takes each `connectionState` of the present RTCPeerConnection. */
  handleState(state: string): void {
    this.#relayRetry.handleState(state);
    const stood = this.#state === 'connected';
    this.#state = state;
    if (state === 'connected') this.#handleConnected();
    else if (state === 'disconnected') this.#handleLoss(DISCONNECTED_GRACE_MS, stood);
    else if (state === 'failed') this.#handleLoss(0, stood);
  }

  /** Nothing comes any more over a connection that says it stands. */
  handleSilence(): void {
    this.#state = 'disconnected';
    this.#relayRetry.handleSilence();
    this.#handleLoss(0, true);
  }

  /** The browser refuses to go on with the connection. The first failures are answered at once, later ones no faster than the ladder. */
  handleFailure(): void {
    this.#answered = true;
    const sinceRepairMs = this.#options.clock() - this.#repairedAtMs;
    this.#arm(this.#failures <= 1 ? 0 : Math.max(0, this.#timeoutMs() - sinceRepairMs));
  }

  /** The other side has begun a repair, with an offer or a wish: that is this side's as well. */
  handleRepair(): void {
    // Else it is what this side has asked for.
    if (this.#answered) this.#relayRetry.handleRepair('theirs');
    this.#waitsForPath = this.#rebuildDue;
    const nowMs = this.#options.clock();
    if (nowMs - this.#repairedAtMs > WAKE_GAP_MS) this.#failures++;
    this.#repairedAtMs = nowMs;
    if (this.#state !== 'connected') this.#arm(this.#timeoutMs());
  }

  /** The other side is there: it has described something. */
  handleAnswer(): void {
    this.#answered = true;
    if (this.#state === 'connected') this.#nextLook.set(() => void this.#look(), ANSWERED_LOOK_MS);
  }

  /** The own network changed or the computer woke: what says "connected" may be dead, and what failed before means nothing. */
  wake(): void {
    const nowMs = this.#options.clock();
    const leftMs = this.#lastWakeMs + WAKE_GAP_MS - nowMs;
    if (leftMs > 0) {
      // The network may not have been there yet when the first sign came.
      if (this.#state !== 'connected' || !this.#answered) this.#nextWake.set(() => this.wake(), leftMs);
      return;
    }
    this.#relayRetry.forget();
    this.#repairAtOnce();
  }

  /**
   * The way that the connection is to go is another, whether or not it carries. Browsers keep to the way they are on after a restart
   * as long as it carries, so one that may not be gone any more takes a connection made anew.
   */
  reroute(repair: Repair): void {
    this.#rebuildDue = repair === 'rebuild';
    this.#repairAtOnce();
  }

  /** A path to the other side opened: where one was lost that was the own network, mostly, which is another now. */
  handlePath(): void {
    if (this.#state === 'disconnected' || this.#state === 'failed') this.wake();
    else if (this.#waitsForPath) this.#repair();
  }

  dispose(): void {
    this.#next.clear();
    this.#nextWake.clear();
    this.#nextLook.clear();
    this.#relayRetry.dispose();
  }

  /** It carries no more: repaired after so long, or once a repair that is under way, of either side, has had its time. */
  #handleLoss(graceMs: number, stood: boolean): void {
    const leftMs = this.#repairedAtMs + this.#timeoutMs() - this.#options.clock();
    // What was repaired without a word of the browser's has stood since.
    if (leftMs <= 0 && stood) this.#failures = 0;
    this.#arm(this.#failures === 0 ? graceMs : Math.max(graceMs, leftMs));
  }

  /** A browser that said "connected" all along does not say that a repair is over: what comes after it does. */
  async #look(): Promise<void> {
    const lookedFromMs = this.#repairedAtMs;
    const isOver = await this.#options.isAlive();
    if (isOver && this.#state === 'connected' && this.#repairedAtMs === lookedFromMs) this.#handleConnected();
  }

  #handleConnected(): void {
    this.#failures = 0;
    this.#answered = true;
    this.#waitsForPath = this.#rebuildDue;
    this.#next.clear();
  }

  #handleDue(): void {
    if (this.#state === 'connected') return;
    if (this.#answered || this.#waits++ >= UNANSWERED_MAX) this.#repair();
    else this.#arm(this.#timeoutMs());
  }

  /** It is the ladder's step that makes the connection anew; what comes after it begins with restarts. */
  #fallBack(): void {
    this.#rebuildDue = true;
    this.#failures = Math.max(this.#failures, 1);
    this.#repair();
  }

  /** What failed before means nothing. */
  #repairAtOnce(): void {
    this.#lastWakeMs = this.#options.clock();
    this.#failures = 0;
    this.#answered = true;
    this.#repair();
  }

  #repair(): void {
    const { hasPath, hasOtherPath } = this.#options;
    this.#waitsForPath = !(this.#rebuildDue ? hasOtherPath() : hasPath());
    this.#next.clear();
    if (this.#waitsForPath) return;
    const repair = this.#rebuildDue || this.#failures % REBUILD_EVERY === 1 ? 'rebuild' : 'restart';
    if (!this.#rebuildDue) this.#relayRetry.handleRepair(repair);
    this.#rebuildDue = false;
    this.#failures++;
    this.#answered = false;
    this.#waits = 0;
    this.#repairedAtMs = this.#options.clock();
    this.#arm(this.#timeoutMs());
    this.#options.onRepair(repair);
  }

  #timeoutMs(): number {
    const timeoutMs = REPAIR_TIMEOUTS_MS[Math.min(this.#failures, REPAIR_TIMEOUTS_MS.length - 1)] ?? 0;
    const waitsForRelay = this.#failures > 0 && this.#options.relays.lacksRelay;
    return waitsForRelay ? Math.min(timeoutMs, WITHOUT_RELAY_MS) : timeoutMs;
  }

  #arm(delayMs: number): void {
    const turnMs = this.#options.offering() ? 0 : OTHER_TURN_MS;
    if (delayMs + turnMs === 0) this.#handleDue();
    else this.#next.set(() => this.#handleDue(), delayMs + turnMs);
  }
}
