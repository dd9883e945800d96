/** Owns the supervisor of the tunnel: runs one session of a provider after another and shows its status. */

import { Emitter } from '../common/emitter.ts';
import type { TunnelStatus } from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { createBackoff, type RetryPolicy } from '../common/timing/retry-policy.ts';
import { Pause } from '../common/timing/timeout.ts';
import type { WatchNetwork } from './network-watch.ts';
import type { Probe } from './probe.ts';
import type { TunnelProvider } from './providers/provider.ts';
import { Succession } from './succession.ts';
import { type SessionEnd, SupervisedSession } from './supervised-session.ts';

/** A session that had an address for this long was a good one: the next failure begins with the shortest wait. */
export const STABLE_MS = 60_000;

/** From the beginning of one try to the next: a try that took long has waited already. */
const RETRY_STEPS_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000];
/** A provider that has no more addresses to give out is not to be pressed. */
const BUSY_RETRY_STEPS_MS: readonly number[] = [10_000, 30_000, 60_000];
const RETRY_LEAST_MS = 1_000;
const RETRY_JITTER = 0.3;

/** Once a provider has shown how soon it has an address, a mute session is not waited for much longer than that. */
const CONNECT_TOLERANCE = 4;
const CONNECT_LIMIT_LEAST_MS = 12_000;

export interface Tunnel {
  readonly status: TunnelStatus;
  onStatus(listener: (status: TunnelStatus) => void): Disposable;
  /** Begins, or begins again after `failed`; nothing if it runs. A stop still under way is waited for first. */
  start(): void;
  /** Resolves once no process of it is left; the status is `off` then, or still `failed`. Nothing happens afterwards. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  /** The chosen one, then those that may take its place where it keeps failing. */
  readonly providers: readonly [TunnelProvider, ...TunnelProvider[]];
  readonly probe: Probe;
  readonly watchNetwork: WatchNetwork;
  readonly logger: Logger;
  readonly random: () => number;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export class TunnelSupervisor implements Tunnel {
  readonly #options: SupervisorOptions;
  readonly #retries: RetryPolicy;
  readonly #busyRetries: RetryPolicy;
  readonly #emitter = new Emitter<{ status: TunnelStatus }>();
  readonly #pause: Pause;
  #status: TunnelStatus = { phase: 'off' };
  /** Set while started; aborting it ends that run. */
  #running: AbortController | null = null;
  /** The end of the newest run, and with it of all before. */
  #ended: Promise<void> = Promise.resolve();
  #session: SupervisedSession | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#pause = new Pause(options.timers);
    const backoff = (stepsMs: readonly number[]) =>
      createBackoff({ stepsMs, jitter: RETRY_JITTER, random: options.random });
    this.#retries = backoff(RETRY_STEPS_MS);
    this.#busyRetries = backoff(BUSY_RETRY_STEPS_MS);
  }

  get status(): TunnelStatus {
    return this.#status;
  }

  onStatus(listener: (status: TunnelStatus) => void): Disposable {
    return this.#emitter.on('status', listener);
  }

  start(): void {
    if (this.#running !== null) return;
    const controller = new AbortController();
    this.#running = controller;
    this.#ended = this.#ended.then(() => this.#run(controller));
  }

  stop(): Promise<void> {
    this.#running?.abort();
    this.#running = null;
    return this.#ended;
  }

  async #run(controller: AbortController): Promise<void> {
    const { signal } = controller;
    const { logger, providers } = this.#options;
    const succession = new Succession(providers, this.#options.clock);
    const network = this.#options.watchNetwork(() => this.#handleSign(succession));
    const connectLimits = new Map<TunnelProvider, number>();
    let failures = 0;
    while (!signal.aborted) {
      const { provider, substitute } = succession;
      const whose = substitute && { substitute };
      this.#setStatus({ phase: 'connecting', ...whose });
      const session = new SupervisedSession({
        ...this.#options,
        provider,
        connectLimitMs: connectLimits.get(provider) ?? provider.connectTimeoutMs,
        endsUnsteady: await succession.hasNext(),
        onAddress: (url) => this.#setStatus({ phase: 'connected', url, ...whose }),
      });
      const end = await this.#runSession(session, signal);
      if (signal.aborted) break;
      const { code, lastedMs, connectedAfterMs } = end;
      const turn = await succession.handleEnd(end);
      if (signal.aborted) break;
      if (turn === 'failed') {
        this.#running = null;
        network.dispose();
        logger.warn('tunnel-failed', { code });
        this.#setStatus({ phase: 'failed', code, ...whose });
        return;
      }
      if (connectedAfterMs !== null) connectLimits.set(provider, connectLimit(provider, connectedAfterMs));
      const stable = connectedAfterMs !== null && lastedMs - connectedAfterMs >= STABLE_MS;
      failures = stable ? 1 : failures + 1;
      const retryInMs = turn === 'next' ? RETRY_LEAST_MS : this.#retryDelay(end, failures);
      logger.warn('tunnel-waiting', { code, failures, retryInMs, turn });
      const exhausted = succession.exhausted && { exhausted: true as const };
      this.#setStatus({ phase: 'waiting', code, retryInMs, ...exhausted, ...whose });
      await this.#pause.wait(retryInMs, signal);
    }
    network.dispose();
    this.#setStatus({ phase: 'off' });
  }

  async #runSession(session: SupervisedSession, signal: AbortSignal): Promise<SessionEnd> {
    this.#session = session;
    try {
      return await session.run(signal);
    } finally {
      this.#session = null;
    }
  }

  #retryDelay({ code, lastedMs }: SessionEnd, failures: number): number {
    if (code === 'tunnel-busy') return this.#busyRetries.nextDelayMs(failures) ?? 0;
    const stepMs = this.#retries.nextDelayMs(failures) ?? 0;
    return Math.max(stepMs - lastedMs, Math.min(stepMs, RETRY_LEAST_MS));
  }

  /** The computer woke, or has another network: what is waited for is done now, and the chosen provider is tried first. */
  #handleSign(succession: Succession): void {
    if (this.#status.phase === 'waiting') succession.restart();
    this.#session?.handleSign();
    this.#pause.cut();
  }

  #setStatus(status: TunnelStatus): void {
    this.#status = status;
    this.#emitter.emit('status', status);
  }
}

function connectLimit({ connectTimeoutMs }: TunnelProvider, connectedAfterMs: number): number {
  return Math.min(Math.max(CONNECT_LIMIT_LEAST_MS, connectedAfterMs * CONNECT_TOLERANCE), connectTimeoutMs);
}
