/**
 * Owns when updates are looked for, fetched and installed: never before the person said so, nothing fetched or installed while a call
 * goes on or a room is open, and never a version that is not newer.
 */

import { Emitter } from '../../common/emitter.ts';
import type { CommandResult } from '../../common/host-api/commands.ts';
import type {
  UpdateAction,
  UpdateErrorCode,
  UpdateProgress,
  UpdateStatus,
} from '../../common/host-api/updates.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import { UPDATE_CHECK_INTERVAL_MS, UPDATE_FIRST_CHECK_MS } from '../../common/protocol/limits.ts';
import { assertNever, fail, ok, type Result } from '../../common/result.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import { compareVersions, type Release } from './update-feed.ts';

/** What can be done about a release on this system. */
export interface PackageUpdater {
  /** Resolves once the whole file is there, or with why it is not. */
  fetch(
    release: Release,
    onPercent: (percent: number) => void,
    signal: AbortSignal,
  ): Promise<Result<null, UpdateErrorCode>>;
  /** Whether what was fetched is still what the feed vouches for. */
  verify(): Promise<Result<null, UpdateErrorCode>>;
  /** Begins at once to put it in the place of this program, which ends by that; resolves with why, where it could not. */
  install(): Promise<UpdateErrorCode>;
}

export interface UpdatesOptions {
  readonly current: string;
  readonly source: UpdateStatus['source'];
  readonly lookUp: (signal: AbortSignal) => Promise<Result<Release, UpdateErrorCode>>;
  readonly updater: PackageUpdater;
  /** Whether a call goes on or a room is open. */
  readonly held: () => boolean;
  /** Whether the person wants new versions looked for without asking each time. */
  readonly mayLook: () => boolean;
  /** Shows people where the packages are. */
  readonly openPage: () => Promise<CommandResult>;
  readonly timers: TimersLike;
  readonly logger: Logger;
}

/** Of what nobody asked for, only this is told: somebody is at work there. */
const ALARMING: readonly UpdateErrorCode[] = ['feed-forged', 'file-altered'];

export class Updates implements Disposable {
  readonly #options: UpdatesOptions;
  readonly #events = new Emitter<{ status: UpdateStatus }>();
  readonly #nextLook: Timeout;
  #progress: UpdateProgress = { phase: 'quiet' };
  #held: boolean;
  #looking: { readonly abort: AbortController; readonly asked: boolean } | null = null;
  #fetching: AbortController | null = null;
  #found: Release | null = null;
  /** No older one is believed to be the newest after it. */
  #newestSeen: string;
  /** Put away by the person: told of again only when they ask. */
  #unwanted: string | null = null;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#held = options.held();
    this.#newestSeen = options.current;
    this.#nextLook = new Timeout(options.timers);
    this.#planLook(UPDATE_FIRST_CHECK_MS);
  }

  get status(): UpdateStatus {
    const { current, source } = this.#options;
    return { current, source, held: this.#held, progress: this.#progress };
  }

  onStatus(listener: (status: UpdateStatus) => void): Disposable {
    return this.#events.on('status', listener);
  }

  async handle(action: UpdateAction): Promise<CommandResult> {
    if (this.#options.source === null) return fail('bad-options');
    switch (action) {
      case 'check':
        return this.#check();
      case 'download':
        return this.#download();
      case 'install':
        return this.#install();
      case 'open-page':
        return this.#options.openPage();
      case 'put-away':
        return this.#putAway();
      default:
        return assertNever(action);
    }
  }

  /** To be called when the host, a call or the preferences may have changed. */
  reconsider(): void {
    const held = this.#options.held();
    const changed = held !== this.#held;
    this.#held = held;
    const { phase } = this.#progress;
    if (held && phase === 'downloading') this.#hold(this.#progress.version);
    else if (!held && phase === 'held') void this.#fetch();
    else if (changed) this.#changed();
    if (!this.#options.mayLook()) this.#stopLooking();
    else if (!this.#nextLook.pending && this.#looking === null) this.#planLook(UPDATE_FIRST_CHECK_MS);
  }

  dispose(): void {
    this.#nextLook.dispose();
    this.#looking?.abort.abort();
    this.#fetching?.abort();
    this.#events.dispose();
  }

  #planLook(delayMs: number): void {
    const { source, mayLook } = this.#options;
    if (source === null || !mayLook()) return;
    this.#nextLook.set(() => void this.#lookUnasked(), delayMs);
  }

  /** What the person asked for goes on. */
  #stopLooking(): void {
    this.#nextLook.clear();
    if (this.#looking === null || this.#looking.asked) return;
    this.#looking.abort.abort();
    this.#looking = null;
  }

  /** Nothing of it is seen unless there is something to tell. */
  async #lookUnasked(): Promise<void> {
    const { phase } = this.#progress;
    if (this.#held) return this.#planLook(UPDATE_FIRST_CHECK_MS);
    if (phase === 'quiet' || phase === 'newest' || phase === 'failed') await this.#look(false);
    this.#planLook(UPDATE_CHECK_INTERVAL_MS);
  }

  async #check(): Promise<CommandResult> {
    const { phase } = this.#progress;
    if (phase === 'quiet' || phase === 'newest' || phase === 'offered' || phase === 'failed') {
      this.#show({ phase: 'checking' });
      await this.#look(true);
    }
    return ok(null);
  }

  async #look(asked: boolean): Promise<void> {
    const { lookUp, logger } = this.#options;
    this.#looking?.abort.abort();
    const looking = { abort: new AbortController(), asked };
    this.#looking = looking;
    const found = await lookUp(looking.abort.signal);
    if (this.#looking !== looking) return;
    this.#looking = null;
    logger.info('update-looked-for', { result: found.ok ? 'answered' : found.error });
    if (found.ok) this.#judge(found.value, asked);
    else this.#tellFailure(found.error, null, asked);
  }

  #judge(release: Release, asked: boolean): void {
    const { version } = release;
    if (compareVersions(version, this.#newestSeen) < 0) {
      this.#tellFailure('feed-older', null, asked);
      return;
    }
    this.#newestSeen = version;
    const isNewer = compareVersions(version, this.#options.current) > 0;
    this.#found = isNewer ? release : null;
    if (!isNewer) this.#show({ phase: asked ? 'newest' : 'quiet' });
    else if (asked || version !== this.#unwanted) this.#show({ phase: 'offered', version });
  }

  #tellFailure(code: UpdateErrorCode, version: string | null, asked: boolean): void {
    if (asked || ALARMING.includes(code)) this.#show({ phase: 'failed', code, version });
  }

  async #download(): Promise<CommandResult> {
    const { phase } = this.#progress;
    const isOffered = phase === 'offered' || phase === 'failed';
    if (!isOffered || this.#found === null || this.#options.source?.way !== 'itself')
      return fail('bad-options');
    if (this.#held) this.#hold(this.#found.version);
    else void this.#fetch();
    return ok(null);
  }

  #hold(version: string): void {
    this.#fetching?.abort();
    this.#fetching = null;
    this.#show({ phase: 'held', version });
  }

  async #fetch(): Promise<void> {
    const release = this.#found;
    if (release === null) return;
    const { version } = release;
    const { updater, logger } = this.#options;
    const fetching = new AbortController();
    this.#fetching = fetching;
    this.#show({ phase: 'downloading', version, percent: 0 });
    const tellPercent = (percent: number) => {
      if (this.#fetching === fetching) this.#show({ phase: 'downloading', version, percent });
    };
    const fetched = await updater.fetch(release, tellPercent, fetching.signal);
    if (this.#fetching !== fetching) return;
    this.#fetching = null;
    logger.info('update-fetched', { result: fetched.ok ? 'whole' : fetched.error });
    if (fetched.ok) this.#show({ phase: 'ready', version });
    else this.#tellFailure(fetched.error, version, true);
  }

  async #install(): Promise<CommandResult> {
    if (this.#progress.phase !== 'ready') return fail('bad-options');
    if (this.#held) return fail('busy');
    const { version } = this.#progress;
    const { updater, logger } = this.#options;
    this.#show({ phase: 'installing', version });
    const verified = await updater.verify();
    // Meanwhile somebody may have opened the room or gone to a call.
    if (this.#held) {
      this.#show({ phase: 'ready', version });
      return fail('busy');
    }
    const failure = verified.ok ? await updater.install() : verified.error;
    logger.warn('update-not-installed', { code: failure });
    this.#tellFailure(failure, version, true);
    return ok(null);
  }

  async #putAway(): Promise<CommandResult> {
    const { phase } = this.#progress;
    if (phase === 'downloading' || phase === 'installing') return fail('busy');
    this.#looking?.abort.abort();
    this.#looking = null;
    if (phase === 'offered' || phase === 'held' || phase === 'ready') this.#unwanted = this.#progress.version;
    this.#show({ phase: 'quiet' });
    return ok(null);
  }

  #show(progress: UpdateProgress): void {
    this.#progress = progress;
    this.#changed();
  }

  #changed(): void {
    this.#events.emit('status', this.status);
  }
}
