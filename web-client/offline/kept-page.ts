/** Owns the kept page: the files of one build, in the browser's cache, for the time in which nobody answers at their address. */

import type { TimersLike } from '../../main/common/platform.ts';
import { KEPT_PAGE_MAX_MS, KEPT_PAGE_SLOW_MS } from '../../main/common/protocol/limits.ts';

const CACHE_PREFIX = 'secret-call.page.';
/** What a person may have in the address bar, the part after # aside. */
const DOCUMENT_PATHS: readonly string[] = ['/', '/index.html'];
const DOCUMENT = '/';
/** No path of the server's: since when the page is kept. */
const SINCE = '/kept-since';

type Caches = Pick<CacheStorage, 'keys' | 'delete' | 'open' | 'match'>;
type Asked = Pick<Request, 'method' | 'mode' | 'url'>;

export interface KeptPageOptions<AskedRequest extends Asked> {
  readonly origin: string;
  /** Another one for each build. */
  readonly build: string;
  /** Paths of what a call needs besides its document, each with a hash of its content in its name. */
  readonly files: readonly string[];
  readonly caches: Caches;
  readonly fetch: (asked: AskedRequest | string) => Promise<Response>;
  readonly timers: TimersLike;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  /** The worker is not to be asked any more. */
  readonly retire: () => Promise<unknown>;
}

/** Of every build: nothing of the page is kept any more. */
export async function dropKeptPages(caches: Pick<Caches, 'keys' | 'delete'>, except?: string): Promise<void> {
  const names = await caches.keys();
  const dropped = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== except);
  await Promise.all(dropped.map((name) => caches.delete(name)));
}

/** Answers for the page's own files alone. Whoever answers at the address goes first, and what is kept never changes. */
export class KeptPage<AskedRequest extends Asked> {
  readonly #options: KeptPageOptions<AskedRequest>;
  readonly #cacheName: string;

  constructor(options: KeptPageOptions<AskedRequest>) {
    this.#options = options;
    this.#cacheName = CACHE_PREFIX + options.build;
  }

  /** Takes the page from its server, the whole of it or nothing. */
  async install(): Promise<void> {
    const { caches, files, wallClock } = this.#options;
    const cache = await caches.open(this.#cacheName);
    try {
      await Promise.all(
        [DOCUMENT, ...files].map(async (path) => cache.put(path, await this.#fetchWhole(path))),
      );
      await cache.put(SINCE, new Response(String(wallClock())));
    } catch (error) {
      await caches.delete(this.#cacheName);
      throw error;
    }
  }

  /** This build's worker is the one that counts. */
  activate(): Promise<void> {
    return dropKeptPages(this.#options.caches, this.#cacheName);
  }

  /**
   * null for what the browser is to ask by itself.
   * @param last has the worker live until this is done
   */
  answer(asked: AskedRequest, last: (step: Promise<unknown>) => void): Promise<Response> | null {
    const { origin, pathname } = new URL(asked.url);
    if (asked.method !== 'GET' || origin !== this.#options.origin) return null;
    if (asked.mode === 'navigate')
      return DOCUMENT_PATHS.includes(pathname) ? this.#answerDocument(asked, last) : null;
    return this.#options.files.includes(pathname) ? this.#answerFile(asked, pathname) : null;
  }

  async #answerDocument(asked: AskedRequest, last: (step: Promise<unknown>) => void): Promise<Response> {
    const kept = await this.#recallDocument();
    if (kept === null) return this.#options.fetch(asked);
    const answer = await this.#answerInTime(asked);
    if (answer === null) return kept;
    last(this.#compare(answer.clone(), kept));
    return answer;
  }

  async #answerFile(asked: AskedRequest, path: string): Promise<Response> {
    return (await this.#recall(path)) ?? this.#options.fetch(asked);
  }

  /** null where nobody answers, or something in between does instead of the host. */
  async #answerInTime(asked: AskedRequest): Promise<Response | null> {
    const { fetch, timers } = this.#options;
    return new Promise((resolve) => {
      const timer = timers.setTimeout(() => resolve(null), KEPT_PAGE_SLOW_MS);
      const settle = (answer: Response | null) => {
        timers.clearTimeout(timer);
        resolve(answer);
      };
      fetch(asked).then(
        (answer) => settle(answer.ok ? answer : null),
        () => settle(null),
      );
    });
  }

  /** Another build, or another owner of the address, has the page asked for anew at the next join. */
  async #compare(answer: Response, kept: Response): Promise<void> {
    const [present, former] = await Promise.all([answer.text(), kept.text()]);
    if (present !== former) await this.#forget();
  }

  async #recallDocument(): Promise<Response | null> {
    const since = await this.#recall(SINCE);
    if (since === null) return null;
    const keptMs = this.#options.wallClock() - Number(await since.text());
    if (keptMs >= 0 && keptMs <= KEPT_PAGE_MAX_MS) return this.#recall(DOCUMENT);
    await this.#forget();
    return null;
  }

  async #recall(path: string): Promise<Response | null> {
    const options = { cacheName: this.#cacheName, ignoreVary: true };
    return (await this.#options.caches.match(path, options)) ?? null;
  }

  async #fetchWhole(path: string): Promise<Response> {
    const answer = await this.#options.fetch(path);
    if (!answer.ok || answer.redirected) throw new Error('page: a file did not come');
    return answer;
  }

  async #forget(): Promise<void> {
    await dropKeptPages(this.#options.caches);
    await this.#options.retire();
  }
}
