/** Owns the call while its code is still to come: when that is fetched, and what the call is to be told once it is there. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { CALL_MESSAGES_KEPT_MAX } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { FileIntents } from '../call-intents.ts';
import type { CallPort } from './call-port.ts';

/** Once, by itself: a tunnel that stumbles is back by then, and who waits has not lost patience. */
const AGAIN_MS = 1_000;
/** What has not come by then is not believed to come. */
export const CALL_LOAD_MAX_MS = 15_000;

export interface LateCallOptions {
  readonly timers: TimersLike;
  /** Resolves with what opens the call; may be asked again after it failed. */
  readonly load: () => Promise<() => CallPort>;
  /** The code did not come. It is not asked for again before somebody wants it. */
  readonly onFailed: () => void;
}

type Step = (call: CallPort) => void;

/** What is told of, of which only the latest counts. */
export type ToldKind =
  | 'place'
  | 'standing'
  | 'microphone'
  | 'muted'
  | 'audio'
  | 'stun'
  | 'hiding'
  | 'speaker-test'
  | 'hello'
  | 'roster'
  | 'ice-servers'
  | 'files'
  | 'offline'
  | 'moved';

export class LateCall implements Disposable {
  readonly #options: LateCallOptions;
  readonly #timer: Timeout;
  #call: CallPort | null = null;
  /** null while nothing is being loaded. */
  #loading: object | null = null;
  #again = true;
  #kept: readonly { readonly kind: ToldKind | 'message'; readonly step: Step }[] = [];
  #disposed = false;

  constructor(options: LateCallOptions) {
    this.#options = options;
    this.#timer = new Timeout(options.timers);
  }

  /** Its code is there. */
  get open(): boolean {
    return this.#call !== null;
  }

  get files(): FileIntents | null {
    return this.#call?.files ?? null;
  }

  get hasConnectedPeers(): boolean {
    return this.#call?.hasConnectedPeers ?? false;
  }

  get muted(): boolean {
    return this.#call?.muted ?? false;
  }

  /** Now, or once the call is there, in order; of one kind only the latest. */
  tell(kind: ToldKind, step: Step): void {
    if (this.#call !== null) step(this.#call);
    else this.#kept = [...this.#kept.filter((other) => other.kind !== kind), { kind, step }];
  }

  /** The same for what counts each time. Those that are too many are dropped, as if lost: boxes are sent again. */
  pass(step: Step): void {
    if (this.#call !== null) step(this.#call);
    else if (this.#kept.filter(({ kind }) => kind === 'message').length < CALL_MESSAGES_KEPT_MAX)
      this.#kept = [...this.#kept, { kind: 'message', step }];
  }

  /** Now, if its code is there; what is only said in a call and of people in it cannot be wanted earlier. */
  use(step: Step): void {
    if (this.#call !== null) step(this.#call);
  }

  /** Fetches the code, unless it is there or on its way. */
  load(): void {
    if (this.#disposed || this.open || this.#loading !== null) return;
    const loading = {};
    this.#loading = loading;
    this.#timer.set(() => this.#fail(loading, false), CALL_LOAD_MAX_MS);
    this.#options.load().then(
      (open) => this.#open(open),
      () => this.#fail(loading, this.#again),
    );
  }

  /** The same when nobody wants it for so long. */
  loadAfter(delayMs: number): void {
    if (this.#disposed || this.open || this.#loading !== null || this.#timer.pending) return;
    this.#timer.set(() => this.load(), delayMs);
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer.clear();
    this.#kept = [];
    this.#call?.dispose();
  }

  /** Also where it comes later than it was waited for. */
  #open(open: () => CallPort): void {
    if (this.#disposed || this.open) return;
    this.#timer.clear();
    const call = open();
    this.#call = call;
    const kept = this.#kept;
    this.#kept = [];
    for (const { step } of kept) step(call);
  }

  #fail(loading: object, again: boolean): void {
    if (this.#disposed || this.open || loading !== this.#loading) return;
    this.#loading = null;
    this.#again = !again;
    this.#timer.clear();
    if (again) this.#timer.set(() => this.load(), AGAIN_MS);
    else this.#options.onFailed();
  }
}
