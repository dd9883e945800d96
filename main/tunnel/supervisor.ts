/** Owns the supervisor of the tunnel: runs one session of a provider after another and shows its status. */

import { Emitter } from '../common/emitter.ts';
import type { TunnelErrorCode, TunnelStatus } from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { createBackoff, type RetryPolicy } from '../common/timing/retry-policy.ts';
import { delay } from '../common/timing/timeout.ts';
import { FIRST_PROBE_MS, HealthRecord } from './health.ts';
import type { Probe } from './probe.ts';
import type { TunnelProvider } from './providers/provider.ts';

/** A session that had an address for this long was a good one: the next failure begins with the shortest wait. */
export const STABLE_MS = 60_000;

const RETRY_STEPS_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const RETRY_JITTER = 0.3;

/** What no further try can cure; the person has to do something first. */
const FINAL_CODES: ReadonlySet<TunnelErrorCode> = new Set([
  'ssh-not-found',
  'ssh-unusable',
  'ssh-no-account',
  'cloudflared-not-found',
  'host-key-mismatch',
]);

export interface Tunnel {
  readonly status: TunnelStatus;
  onStatus(listener: (status: TunnelStatus) => void): Disposable;
  /** Begins, or begins again after `failed`; nothing if it runs. A stop still under way is waited for first. */
  start(): void;
  /** Resolves once no process of it is left; the status is `off` then, or still `failed`. Nothing happens afterwards. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  readonly provider: TunnelProvider;
  readonly probe: Probe;
  readonly logger: Logger;
  readonly random: () => number;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

interface SessionEnd {
  readonly code: TunnelErrorCode;
  readonly stable: boolean;
}

export class TunnelSupervisor implements Tunnel {
  readonly #options: SupervisorOptions;
  readonly #retries: RetryPolicy;
  readonly #emitter = new Emitter<{ status: TunnelStatus }>();
  #status: TunnelStatus = { phase: 'off' };
  /** Set while started; aborting it ends that run. */
  #running: AbortController | null = null;
  /** The end of the newest run, and with it of all before. */
  #ended: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#retries = createBackoff({
      stepsMs: RETRY_STEPS_MS,
      jitter: RETRY_JITTER,
      random: options.random,
    });
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
    let failures = 0;
    while (!signal.aborted) {
      this.#setStatus({ phase: 'connecting' });
      const { code, stable } = await this.#runSession(signal);
      if (signal.aborted) break;
      if (FINAL_CODES.has(code)) {
        this.#running = null;
        this.#options.logger.warn('tunnel-failed', { code });
        this.#setStatus({ phase: 'failed', code });
        return;
      }
      failures = stable ? 1 : failures + 1;
      const retryInMs = this.#retries.nextDelayMs(failures) ?? 0;
      this.#options.logger.warn('tunnel-waiting', { code, failures, retryInMs });
      this.#setStatus({ phase: 'waiting', code, retryInMs });
      await delay(this.#options.timers, retryInMs, signal);
    }
    this.#setStatus({ phase: 'off' });
  }

  async #runSession(stopped: AbortSignal): Promise<SessionEnd> {
    const { provider, logger, clock, timers } = this.#options;
    const over = new AbortController();
    const signal = AbortSignal.any([stopped, over.signal]);
    let cause: TunnelErrorCode | null = null;
    let connectedAt: number | null = null;
    let current: { readonly url: string; readonly replaced: AbortController } | null = null;
    const endWith = (code: TunnelErrorCode): void => {
      cause ??= code;
      over.abort();
    };
    const connectTimer = timers.setTimeout(() => endWith('tunnel-timeout'), provider.connectTimeoutMs);

    const onAddress = (url: string): void => {
      if (signal.aborted || url === current?.url) return;
      timers.clearTimeout(connectTimer);
      logger.info('tunnel-connected', { moved: current !== null });
      connectedAt ??= clock();
      current?.replaced.abort();
      current = { url, replaced: new AbortController() };
      void this.#watch(url, AbortSignal.any([signal, current.replaced.signal]), () => {
        endWith('tunnel-not-answering');
      });
      this.#setStatus({ phase: 'connected', url });
    };

    const code = await provider.run({ signal, onAddress }).catch((): TunnelErrorCode => {
      // A file that could not be written, a process that could not be made: worth another try.
      logger.error('tunnel-provider-failed');
      return 'tunnel-lost';
    });
    timers.clearTimeout(connectTimer);
    over.abort();
    return { code: cause ?? code, stable: connectedAt !== null && clock() - connectedAt >= STABLE_MS };
  }

  /** Probes one address until the signal is aborted or the address is found to be down. */
  async #watch(url: string, signal: AbortSignal, onDown: () => void): Promise<void> {
    const health = new HealthRecord();
    let waitMs = FIRST_PROBE_MS;
    while (!signal.aborted) {
      await delay(this.#options.timers, waitMs, signal);
      if (signal.aborted) return;
      const result = await this.#options.probe(url, signal);
      if (signal.aborted) return;
      const verdict = health.handle(result);
      if (verdict.down) {
        onDown();
        return;
      }
      waitMs = verdict.nextProbeMs;
    }
  }

  #setStatus(status: TunnelStatus): void {
    this.#status = status;
    this.#emitter.emit('status', status);
  }
}
