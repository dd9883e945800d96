/** Owns what a tab's page leaves to its next load, in the browser's database: for one tab, one use and a short time. */

import { FORMER_PAGE_MAX_MS } from '../../main/common/protocol/limits.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import type { StorageLike } from '../core/browser-api.ts';
import type { FormerPage } from '../core/waiting/former-page.ts';

/** Of the tab's storage; where it is, something was left. */
const FORMER_PAGE_KEY = 'secret-call.former';

export interface LeftByPage<Certificate> {
  readonly page: FormerPage<Certificate>;
  /** By the wall clock: when it was agreed on. */
  readonly keptMs: number;
}

/** Of the browser; each step is done whole or not at all. */
export interface FormerPageDatabase<Certificate> {
  /** What is older than this is gone then, whoever left it. */
  put(id: string, left: LeftByPage<Certificate>, olderThanMs: number): Promise<void>;
  delete(id: string): Promise<void>;
  /** Gives out what is there under this id, which is gone then, as is all that is older than this. */
  take(id: string, olderThanMs: number): Promise<LeftByPage<Certificate> | null>;
}

export interface FormerPagesOptions<Certificate> {
  /** The tab's, which a copy of the tab brings along. */
  readonly storage: StorageLike;
  readonly database: FormerPageDatabase<Certificate>;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly newId: () => string;
  /** Whether no page that is still there has this id; this one has it from then on. */
  readonly takeId: (id: string) => Promise<boolean>;
}

export class FormerPages<Certificate> {
  readonly #options: FormerPagesOptions<Certificate>;
  readonly #steps = new SerialQueue();
  #id: string | null = null;
  #latest: FormerPage<Certificate> | null = null;
  #isLeft = false;
  #going = false;

  constructor(options: FormerPagesOptions<Certificate>) {
    this.#options = options;
  }

  /** The page goes: what is left is left, whatever ends with it. */
  handleGoing(): void {
    this.#going = true;
  }

  /** Whether the next load would find something. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** Takes the place of what was left before; null: nothing is left to anybody. */
  async keep(page: FormerPage<Certificate> | null): Promise<void> {
    if (this.#going || (page === null && this.#id === null)) return;
    const id = this.#ownId();
    this.#latest = page;
    // What is of no more use must not be found, however soon the page goes.
    if (page === null) this.#forget();
    const step = page === null ? () => this.#options.database.delete(id) : () => this.#put(id, page);
    // A browser may keep nothing: then nothing is left.
    await this.#steps.run(step).catch(() => {});
  }

  /** What the tab's former page left, once and for good. */
  async take(): Promise<FormerPage<Certificate> | null> {
    const { storage, database, wallClock, takeId } = this.#options;
    const id = storage.getItem(FORMER_PAGE_KEY);
    storage.removeItem(FORMER_PAGE_KEY);
    if (id === null || !(await takeId(id))) return null;
    const nowMs = wallClock();
    const left = await database.take(id, nowMs - FORMER_PAGE_MAX_MS).catch(() => null);
    const isRecent = left !== null && left.keptMs <= nowMs && left.keptMs >= nowMs - FORMER_PAGE_MAX_MS;
    return isRecent ? left.page : null;
  }

  async #put(id: string, page: FormerPage<Certificate>): Promise<void> {
    const keptMs = this.#options.wallClock();
    await this.#options.database.put(id, { page, keptMs }, keptMs - FORMER_PAGE_MAX_MS);
    if (this.#latest !== page || this.#going) return;
    this.#options.storage.setItem(FORMER_PAGE_KEY, id);
    this.#isLeft = true;
  }

  #forget(): void {
    this.#options.storage.removeItem(FORMER_PAGE_KEY);
    this.#isLeft = false;
  }

  #ownId(): string {
    if (this.#id === null) {
      this.#id = this.#options.newId();
      void this.#options.takeId(this.#id);
    }
    return this.#id;
  }
}
