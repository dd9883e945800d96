/** Owns a file that is sent, and one that is received, as the page has them: what its worker does about each, and what is known of it without asking. */

import type { Bytes } from '../../main/common/bytes.ts';
import { FILE_BACKLOG_MAX_BYTES } from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { BlockSet } from '../core/files/block-set.ts';
import type {
  Fault,
  ReadFailure,
  ReceivedFile,
  ReceivingFile,
  SealTerms,
  SendingFile,
  TakeFailure,
} from '../core/files/file-worker-port.ts';
import type { WorkerOrders } from './worker-orders.ts';

export class SendingOnDesk implements SendingFile {
  readonly size: number;
  readonly #orders: WorkerOrders;
  readonly #file: number;
  readonly #takeSpare: () => ArrayBuffer[];
  readonly #onEnd: () => void;
  #cached: ReadonlySet<number> = new Set();
  #isOver = false;

  /** @param takeSpare frames that were sent, to be handed over */
  constructor(
    orders: WorkerOrders,
    file: number,
    blob: Blob,
    takeSpare: () => ArrayBuffer[],
    onEnd: () => void,
  ) {
    this.size = blob.size;
    this.#orders = orders;
    this.#file = file;
    this.#takeSpare = takeSpare;
    this.#onEnd = onEnd;
    void orders.ask('send', { file, blob, sizeBytes: this.size }, null);
  }

  get cached(): ReadonlySet<number> {
    return this.#cached;
  }

  handleCached(blocks: readonly number[]): void {
    this.#cached = new Set(blocks);
  }

  seal(block: number, terms: SealTerms): Promise<Result<readonly ArrayBuffer[], ReadFailure>> {
    const spare = this.#takeSpare();
    return this.#orders.ask('seal', { file: this.#file, block, terms, spare }, fail('fault'), spare);
  }

  digest(): Promise<Result<Bytes, ReadFailure>> {
    return this.#orders.ask('digest', { file: this.#file }, fail('fault'));
  }

  dispose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onEnd();
    void this.#orders.ask('endSending', { file: this.#file }, null);
  }
}

export interface ReceivingOnDeskOptions {
  readonly orders: WorkerOrders;
  readonly file: number;
  readonly have: BlockSet;
  readonly toReceived: (whole: File) => ReceivedFile;
  readonly discard: () => Promise<void>;
}

export class ReceivingOnDesk implements ReceivingFile {
  readonly have: BlockSet;
  readonly #options: ReceivingOnDeskOptions;
  /** Handed to the worker, which has not looked at it. */
  #backlogBytes = 0;

  constructor(options: ReceivingOnDeskOptions) {
    this.#options = options;
    this.have = options.have;
  }

  async take(link: number, frame: ArrayBuffer): Promise<Result<ArrayBuffer | null, TakeFailure>> {
    const { orders, file } = this.#options;
    const frameBytes = frame.byteLength;
    if (this.#backlogBytes + frameBytes > FILE_BACKLOG_MAX_BYTES) return fail('broken');
    this.#backlogBytes += frameBytes;
    const taken = await orders.ask('take', { file, link, frame }, fail('fault'), [frame]);
    this.#backlogBytes -= frameBytes;
    if (!taken.ok || taken.value === null) return taken.ok ? ok(null) : taken;
    this.have.add(taken.value.block);
    return ok(taken.value.ack);
  }

  dropLink(link: number): void {
    const { orders, file } = this.#options;
    void orders.ask('dropLink', { file, link }, null);
  }

  async finish(digest: Bytes): Promise<Result<ReceivedFile, 'different' | 'no-space' | Fault>> {
    const { orders, file, toReceived } = this.#options;
    const finished = await orders.ask('finish', { file, digest }, fail('fault'));
    return finished.ok ? ok(toReceived(finished.value)) : finished;
  }

  discard(): Promise<void> {
    return this.#options.discard();
  }

  dispose(): void {
    const { orders, file } = this.#options;
    void orders.ask('close', { file }, null);
  }
}
