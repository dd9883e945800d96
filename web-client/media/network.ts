/** Owns the network watch: connections may be dead without knowing it once the network changed or the computer slept. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { NetworkPort } from '../core/signaling/host-reachability.ts';

const WATCH_INTERVAL_MS = 10_000;
/** A gap in time that no throttled background tab makes: those run their timers at least once a minute. */
const SLEEP_MIN_MS = 90_000;
const STATES = ['online', 'offline'];
/** As long as a socket may take to come to stand. */
const ANSWER_MAX_MS = 10_000;

export interface NetworkOptions {
  /** `window`; its `online` and `offline` events. */
  readonly target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** Wall clock in milliseconds: it goes on while the computer sleeps. */
  readonly wallClock: () => number;
  readonly setInterval: (callback: () => void, intervalMs: number) => number;
  readonly clearInterval: (handle: number) => void;
  /** `() => navigator.onLine` */
  readonly online: () => boolean;
  /** `window.fetch`, for the page's own address. */
  readonly fetch: (path: string, options: RequestInit) => Promise<Response>;
}

/** A browser has no event for waking up: a clock that jumped tells it. */
export class Network implements NetworkPort {
  readonly #options: NetworkOptions;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  get offline(): boolean {
    return !this.#options.online();
  }

  /** As the host's server answers and nothing else that may stand in the way with a page of its own. */
  async hostAnswers(): Promise<boolean> {
    try {
      const answer = await this.#options.fetch('/healthz', {
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MAX_MS),
      });
      const { ok }: { readonly ok?: unknown } = Object(await answer.json());
      return answer.ok && ok === true;
    } catch {
      return false;
    }
  }

  onWake(listener: () => void): Disposable {
    const { target, wallClock, setInterval, clearInterval } = this.#options;
    let lastMs = wallClock();
    const watch = setInterval(() => {
      const sinceMs = wallClock() - lastMs;
      lastMs += sinceMs;
      if (sinceMs >= SLEEP_MIN_MS) listener();
    }, WATCH_INTERVAL_MS);
    for (const event of STATES) target.addEventListener(event, listener);
    return toDisposable(() => {
      clearInterval(watch);
      for (const event of STATES) target.removeEventListener(event, listener);
    });
  }
}
