/** Owns the metrics of a running cloudflared, polled on its metrics port: when the address is good, and when it is lost. */

import type { ClockMs, TimersLike } from '../../common/platform.ts';
import { delay } from '../../common/timing/timeout.ts';
import type { HttpAnswer } from '../http-get.ts';
import { parseQuickTunnel, parseReady } from './cloudflared-output.ts';

const CONNECTING_POLL_MS = 500;
const CONNECTED_POLL_MS = 5_000;

/** cloudflared reconnects by itself and keeps its address; only after this long is a new one the better hope. */
export const NOT_READY_LIMIT_MS = 120_000;

export interface MetricsOptions {
  /** GET on the metrics port; null when nobody answers (yet). */
  readonly read: (path: '/quicktunnel' | '/ready') => Promise<HttpAnswer | null>;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly signal: AbortSignal;
  readonly onAddress: (url: string) => void;
}

/** Announces the address once it is ready. Resolves when the tunnel must be given up, or on abort. */
export async function followMetrics({
  read,
  clock,
  timers,
  signal,
  onAddress,
}: MetricsOptions): Promise<void> {
  let url: string | null = null;
  let announced = false;
  let lastReady = clock();
  while (!signal.aborted) {
    url ??= await readWith(parseQuickTunnel, '/quicktunnel');
    const ready = (await readWith(parseReady, '/ready')) === true;
    if (signal.aborted) return;
    if (ready) lastReady = clock();
    if (ready && url !== null && !announced) {
      announced = true;
      onAddress(url);
    }
    if (announced && clock() - lastReady >= NOT_READY_LIMIT_MS) return;
    await delay(timers, announced ? CONNECTED_POLL_MS : CONNECTING_POLL_MS, signal);
  }

  async function readWith<Value>(
    parse: (answer: HttpAnswer) => Value,
    path: '/quicktunnel' | '/ready',
  ): Promise<Value | null> {
    const answer = await read(path);
    return answer === null ? null : parse(answer);
  }
}
