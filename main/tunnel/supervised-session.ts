/** Owns one session of a provider under supervision: its time to connect, its addresses one after another, the probes of each. */

import type { TunnelErrorCode } from '../common/host-api/snapshot.ts';
import type { Logger } from '../common/logger.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { Pause } from '../common/timing/timeout.ts';
import { FIRST_PROBE_MS, HealthRecord } from './health.ts';
import type { Probe } from './probe.ts';
import type { TunnelProvider } from './providers/provider.ts';

/** An address that stood for less was no good one: links with it are dead before those who were invited open them. */
export const GOOD_ADDRESS_MS = 300_000;
const SHORT_LIVED_MAX = 3;

export interface SupervisedSessionOptions {
  readonly provider: TunnelProvider;
  /** From the start to the first address; after that the session is given up. */
  readonly connectLimitMs: number;
  /** Whether it ends once several of its addresses in a row stood too short to be of use. */
  readonly endsUnsteady: boolean;
  readonly probe: Probe;
  readonly logger: Logger;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly onAddress: (url: string) => void;
}

export interface SessionEnd {
  readonly code: TunnelErrorCode;
  readonly lastedMs: number;
  /** From the start to the first address; null if there was none. */
  readonly connectedAfterMs: number | null;
  /** How long the last address stood; null if there was none. */
  readonly addressMs: number | null;
}

/** The address that is good now. */
interface WatchedAddress {
  readonly url: string;
  readonly sinceMs: number;
  readonly health: HealthRecord;
  readonly pause: Pause;
  readonly replaced: AbortController;
}

export class SupervisedSession {
  readonly #options: SupervisedSessionOptions;
  readonly #over = new AbortController();
  #cause: TunnelErrorCode | null = null;
  #current: WatchedAddress | null = null;
  /** Addresses in a row that stood for too short. */
  #shortLived = 0;

  constructor(options: SupervisedSessionOptions) {
    this.#options = options;
  }

  /** Resolves once the provider has ended it. */
  async run(stopped: AbortSignal): Promise<SessionEnd> {
    const { provider, connectLimitMs, logger, clock, timers } = this.#options;
    const signal = AbortSignal.any([stopped, this.#over.signal]);
    const startedAt = clock();
    let connectedAfterMs: number | null = null;
    const connectTimer = timers.setTimeout(() => this.#endWith('tunnel-timeout'), connectLimitMs);
    const onAddress = (url: string): void => {
      if (signal.aborted || url === this.#current?.url) return;
      timers.clearTimeout(connectTimer);
      connectedAfterMs ??= clock() - startedAt;
      this.#handleAddress(url, signal);
    };

    const code = await provider.run({ signal, onAddress }).catch((): TunnelErrorCode => {
      // A file that could not be written, a process that could not be made: worth another try.
      logger.error('tunnel-provider-failed');
      return 'tunnel-lost';
    });
    timers.clearTimeout(connectTimer);
    this.#over.abort();
    const addressMs = this.#current && clock() - this.#current.sinceMs;
    return { code: this.#cause ?? code, lastedMs: clock() - startedAt, connectedAfterMs, addressMs };
  }

  /** The way out of this computer may be another one: whether the address still answers is asked at once. */
  handleSign(): void {
    this.#current?.health.doubt();
    this.#current?.pause.cut();
  }

  #endWith(code: TunnelErrorCode): void {
    this.#cause ??= code;
    this.#over.abort();
  }

  #handleAddress(url: string, signal: AbortSignal): void {
    const { logger, clock, timers, onAddress, endsUnsteady } = this.#options;
    if (this.#current !== null) {
      this.#shortLived = clock() - this.#current.sinceMs < GOOD_ADDRESS_MS ? this.#shortLived + 1 : 0;
      if (endsUnsteady && this.#shortLived >= SHORT_LIVED_MAX) {
        this.#endWith('tunnel-unsteady');
        return;
      }
    }
    logger.info('tunnel-connected', { moved: this.#current !== null });
    this.#current?.replaced.abort();
    const watched: WatchedAddress = {
      url,
      sinceMs: clock(),
      health: new HealthRecord(),
      pause: new Pause(timers),
      replaced: new AbortController(),
    };
    this.#current = watched;
    void this.#watch(watched, AbortSignal.any([signal, watched.replaced.signal]));
    onAddress(url);
  }

  /** Probes one address until the signal is aborted or the address is found to be down. */
  async #watch({ url, health, pause }: WatchedAddress, signal: AbortSignal): Promise<void> {
    let waitMs = FIRST_PROBE_MS;
    while (!signal.aborted) {
      await pause.wait(waitMs, signal);
      if (signal.aborted) return;
      const result = await this.#options.probe(url, signal);
      if (signal.aborted) return;
      const verdict = health.handle(result);
      if (verdict.down) {
        this.#endWith('tunnel-not-answering');
        return;
      }
      waitMs = verdict.nextProbeMs;
    }
  }
}
