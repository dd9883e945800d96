/** Owns the page's end of the recorder's worker: what is asked and answered, what it reports, and that it may end by itself. */

import type { TimersLike } from '../../main/common/platform.ts';
import { SCRIPT_STARTS_MS } from '../../main/common/protocol/limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import type { RecorderFailure } from '../core/recording/recorder-port.ts';
import type {
  RecorderAnswers,
  RecorderCommand,
  RecorderReport,
  RecorderRequest,
} from './recorder-messages.ts';

/** The part of Worker that is used. */
export interface RecorderWorkerLike {
  postMessage(request: RecorderRequest, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: RecorderReport }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
}

export interface RecorderLinkHandler {
  onProgress(bytes: number, gapMs: number): void;
  onFailed(failure: RecorderFailure): void;
}

type Answer = Result<unknown, RecorderFailure>;
/** The number of no request: answered by the first report. */
const STARTED = 0;
type Asked = Extract<RecorderCommand, { readonly type: keyof RecorderAnswers }>;

export class RecorderLink {
  readonly #createWorker: () => RecorderWorkerLike;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #start: Timeout;
  #worker: RecorderWorkerLike | null = null;
  #hasStarted = false;
  #lastRequest = 0;
  /** Of the recording that runs. */
  handler: RecorderLinkHandler | null = null;

  constructor(createWorker: () => RecorderWorkerLike, timers: TimersLike) {
    this.#createWorker = createWorker;
    this.#start = new Timeout(timers);
  }

  /** Ahead of the first question; the worker then rests. */
  start(): Promise<Result<unknown, RecorderFailure>> {
    return new Promise((resolve) => {
      if (this.#hasStarted) return resolve(ok(null));
      this.#waiting.set(STARTED, resolve);
      try {
        this.#worker ??= this.#open();
      } catch {
        this.#handleEnd();
      }
    });
  }

  ask<Command extends Asked>(
    command: Command,
    transfer: Transferable[] = [],
  ): Promise<Result<RecorderAnswers[Command['type']], RecorderFailure>> {
    const request = ++this.#lastRequest;
    return new Promise((resolve) => {
      // What answers is this project's own, of the same build.
      this.#waiting.set(request, (answer) =>
        resolve(answer as Result<RecorderAnswers[Command['type']], RecorderFailure>),
      );
      this.#post({ request, command }, transfer);
    });
  }

  tell(command: RecorderCommand): void {
    this.#post({ request: null, command }, []);
  }

  #post(request: RecorderRequest, transfer: Transferable[]): void {
    try {
      this.#worker ??= this.#open();
      this.#worker.postMessage(request, transfer);
    } catch {
      this.#handleEnd();
    }
  }

  #open(): RecorderWorkerLike {
    const worker = this.#createWorker();
    this.#hasStarted = false;
    this.#start.set(() => this.#handleEnd(), SCRIPT_STARTS_MS);
    worker.addEventListener('message', ({ data }) => this.#handleReport(data));
    for (const type of ['error', 'messageerror'] as const)
      worker.addEventListener(type, () => worker === this.#worker && this.#handleEnd());
    return worker;
  }

  #handleReport(report: RecorderReport): void {
    this.#hasStarted = true;
    this.#start.clear();
    switch (report.type) {
      case 'started':
        this.#settle(STARTED, ok(null));
        return;
      case 'answer':
        this.#settle(report.request, report.ok ? ok(report.value) : fail(report.error));
        return;
      case 'progress':
        this.handler?.onProgress(report.bytes, report.gapMs);
        return;
      case 'failed':
        this.handler?.onFailed(report.failure);
    }
  }

  #settle(request: number, answer: Answer): void {
    const settle = this.#waiting.get(request);
    this.#waiting.delete(request);
    settle?.(answer);
  }

  /** The next thing asked goes to another worker, which finds on the disk what this one wrote. */
  #handleEnd(): void {
    const failure = this.#hasStarted ? 'failed' : 'missing';
    this.#worker?.terminate();
    this.#worker = null;
    this.#hasStarted = false;
    this.#start.clear();
    for (const request of [...this.#waiting.keys()]) this.#settle(request, fail(failure));
    this.handler?.onFailed(failure);
  }
}
