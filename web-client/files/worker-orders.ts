/** Owns what is under way between the page and one file worker: each order has one answer, and a worker that breaks answers none. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { SCRIPT_STARTS_MS } from '../../main/common/protocol/limits.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import type { FileOrderName, FileOrders, FileWorkerWord, WorkerOrder } from './file-orders.ts';

/** The part of Worker that is used. */
export interface FileWorkerLike {
  postMessage(order: WorkerOrder, handedOver: ArrayBuffer[]): void;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: readonly FileWorkerWord[] }) => void,
  ): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

interface Waiting {
  readonly answer: (gives: never) => void;
  readonly giveUp: () => void;
}

export interface WorkerOrdersOptions {
  /** With the first order. May throw: then it is broken. */
  readonly createWorker: () => FileWorkerLike;
  /** Blocks of a file that lie in the worker's memory now. */
  readonly onCached: (file: number, blocks: readonly number[]) => void;
  readonly timers: TimersLike;
}

export class WorkerOrders implements Disposable {
  readonly #options: WorkerOrdersOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #start: Timeout;
  #worker: FileWorkerLike | null = null;
  /** Broken or ended: nothing is asked of it any more. */
  #isOver = false;
  #lastId = 0;

  constructor(options: WorkerOrdersOptions) {
    this.#options = options;
    this.#start = new Timeout(options.timers);
  }

  /** Another worker is to be asked from now on. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves with `without` where the worker cannot carry it out, or is gone. */
  ask<Name extends FileOrderName>(
    name: Name,
    takes: FileOrders[Name]['takes'],
    without: FileOrders[Name]['gives'],
    handedOver: ArrayBuffer[] = [],
  ): Promise<FileOrders[Name]['gives']> {
    return new Promise((resolve) => {
      const giveUp = () => resolve(without);
      const worker = this.#open();
      if (worker === null) return giveUp();
      const id = ++this.#lastId;
      this.#waiting.set(id, { answer: resolve, giveUp });
      const order: WorkerOrder<Name> = { id, name, takes };
      try {
        worker.postMessage(order, handedOver);
      } catch {
        this.#waiting.delete(id);
        giveUp();
      }
    });
  }

  dispose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#start.clear();
    this.#worker?.terminate();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { giveUp } of waiting) giveUp();
  }

  #open(): FileWorkerLike | null {
    if (this.#isOver || this.#worker !== null) return this.#isOver ? null : this.#worker;
    try {
      this.#worker = this.#options.createWorker();
    } catch {
      this.dispose();
      return null;
    }
    this.#start.set(() => this.dispose(), SCRIPT_STARTS_MS);
    this.#worker.addEventListener('message', ({ data }) => {
      this.#start.clear();
      for (const word of data) this.#handle(word);
    });
    // Its script did not come, or something in it went wrong that no order is to blame for.
    this.#worker.addEventListener('error', () => this.dispose());
    this.#worker.addEventListener('messageerror', () => this.dispose());
    return this.#worker;
  }

  #handle(word: FileWorkerWord): void {
    if ('cachedOf' in word) {
      this.#options.onCached(word.cachedOf, word.blocks);
      return;
    }
    const waiting = this.#waiting.get(word.id);
    this.#waiting.delete(word.id);
    if (waiting === undefined) return;
    if ('failed' in word) waiting.giveUp();
    else waiting.answer(word.gives as never);
  }
}
