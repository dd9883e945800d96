/** Owns the page's end of the recorder's worker: what is asked and answered, what it reports, and that it may end by itself. */

import { fail, ok, type Result } from '../../main/common/result.ts';
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
type Asked = Extract<RecorderCommand, { readonly type: keyof RecorderAnswers }>;

export class RecorderLink {
  readonly #createWorker: () => RecorderWorkerLike;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #worker: RecorderWorkerLike | null = null;
  #lastRequest = 0;
  /** Of the recording that runs. */
  handler: RecorderLinkHandler | null = null;

  constructor(createWorker: () => RecorderWorkerLike) {
    this.#createWorker = createWorker;
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
    worker.addEventListener('message', ({ data }) => this.#handleReport(data));
    for (const type of ['error', 'messageerror'] as const)
      worker.addEventListener(type, () => worker === this.#worker && this.#handleEnd());
    return worker;
  }

  #handleReport(report: RecorderReport): void {
    switch (report.type) {
      case 'answer': {
        const settle = this.#waiting.get(report.request);
        this.#waiting.delete(report.request);
        settle?.(report.ok ? ok(report.value) : fail(report.error));
        return;
      }
      case 'progress':
        this.handler?.onProgress(report.bytes, report.gapMs);
        return;
      case 'failed':
        this.handler?.onFailed(report.failure);
    }
  }

  /** The next thing asked goes to another worker, which finds on the disk what this one wrote. */
  #handleEnd(): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const settle of waiting) settle(fail('failed'));
    this.handler?.onFailed('failed');
  }
}
