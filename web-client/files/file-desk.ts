/** Owns the page's side of its file worker: each file that is sent or received, by a number of its own. */

import { openFileFrame } from '../../main/common/e2ee/file-frame.ts';
import type { CryptoLike, TimersLike } from '../../main/common/platform.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import { BlockSet } from '../core/files/block-set.ts';
import type {
  FileWorkerPort,
  IncomingFile,
  KeptPartial,
  OpenedAck,
  OpenTerms,
  ReceivedFile,
  ReceivingFile,
  SavedFile,
  SaveFailure,
  SendingFile,
} from '../core/files/file-worker-port.ts';
import { ReceivingOnDesk, SendingOnDesk } from './desk-files.ts';
import type { KeptIn } from './file-orders.ts';
import type { FileSaver } from './save-file.ts';
import { type FileWorkerLike, WorkerOrders } from './worker-orders.ts';

/** A browser goes on reading what it downloads, and tells no page for how long: so long, and as a slow disk takes to write it. */
const DOWNLOAD_LEAST_MS = 60_000;
const DOWNLOAD_BYTES_PER_MS = 10_000;

export interface FileDeskOptions {
  readonly createWorker: () => FileWorkerLike;
  /** Whether a former page left anything: else no worker is started to look. */
  readonly hasKept: () => Promise<boolean>;
  readonly saver: FileSaver;
  readonly crypto: CryptoLike;
  readonly timers: TimersLike;
}

export class FileDesk implements FileWorkerPort {
  readonly #options: FileDeskOptions;
  readonly #orders: WorkerOrders;
  readonly #sending = new Map<number, SendingOnDesk>();
  readonly #received = new WeakMap<ReceivedFile, number>();
  /** What downloads may still read from, and whether it is to go after that. */
  readonly #downloading = new Map<number, { isUnwanted: boolean }>();
  #keeps: Promise<KeptIn> | null = null;
  #lastFile = 0;

  constructor(options: FileDeskOptions) {
    this.#options = options;
    this.#orders = new WorkerOrders({
      createWorker: options.createWorker,
      onCached: (file, blocks) => this.#sending.get(file)?.handleCached(blocks),
    });
  }

  get keeps(): Promise<KeptIn> {
    this.#keeps ??= this.#orders.ask('keeps', null, 'memory');
    return this.#keeps;
  }

  openSending(blob: Blob): SendingFile {
    const file = ++this.#lastFile;
    const sending = new SendingOnDesk(this.#orders, file, blob, () => this.#sending.delete(file));
    this.#sending.set(file, sending);
    return sending;
  }

  async openReceiving(
    offer: IncomingFile,
    terms: OpenTerms,
  ): Promise<Result<ReceivingFile, 'no-space' | 'no-room'>> {
    const file = ++this.#lastFile;
    const opened = await this.#orders.ask('receive', { file, offer, terms }, fail('no-space'));
    if (!opened.ok) return opened;
    return ok(
      new ReceivingOnDesk({
        orders: this.#orders,
        file,
        have: new BlockSet(opened.value),
        toReceived: (whole) => this.#toReceived(file, whole),
        discard: () => this.#discard(file),
      }),
    );
  }

  async openAck(frame: ArrayBuffer, terms: OpenTerms): Promise<OpenedAck | null> {
    const opened = await openFileFrame(this.#options.crypto, terms, new Uint8Array(frame));
    if (opened === null || opened.type !== 'ack' || opened.file !== terms.file) return null;
    return { block: opened.block, digest: opened.content };
  }

  async partials(): Promise<readonly KeptPartial[]> {
    if (!(await this.#options.hasKept())) return [];
    const rows = await this.#orders.ask('partials', null, []);
    return rows.map(({ have, ...row }) => ({ ...row, have: new BlockSet(have) }));
  }

  async forget({ resume, senderId, name, size, mime }: IncomingFile): Promise<void> {
    await this.#orders.ask('forget', { offer: { resume, senderId, name, size, mime } }, null);
  }

  async openWhole({ resume, senderId, name, size, mime }: KeptPartial): Promise<ReceivedFile | null> {
    const file = ++this.#lastFile;
    const offer = { resume, senderId, name, size, mime };
    const whole = await this.#orders.ask('openWhole', { file, offer }, null);
    return whole && this.#toReceived(file, whole);
  }

  async save(received: ReceivedFile): Promise<Result<SavedFile, SaveFailure>> {
    const saved = await this.#options.saver.save(received.file);
    const file = this.#received.get(received);
    if (!saved.ok || file === undefined) return saved;
    if (saved.value.showInFolder === null) this.#handleDownload(file, received.file.size);
    await this.#orders.ask('markSaved', { file }, null);
    return saved;
  }

  preview({ file }: ReceivedFile): Promise<ImageBitmap | null> {
    return this.#orders.ask('preview', { file }, null);
  }

  dispose(): void {
    this.#orders.dispose();
  }

  #toReceived(file: number, whole: File): ReceivedFile {
    const received = { file: whole, discard: () => this.#discard(file) };
    this.#received.set(received, file);
    return received;
  }

  #handleDownload(file: number, sizeBytes: number): void {
    const download = { isUnwanted: false };
    this.#downloading.set(file, download);
    this.#options.timers.setTimeout(
      () => {
        if (this.#downloading.get(file) !== download) return;
        this.#downloading.delete(file);
        if (download.isUnwanted) void this.#discard(file);
      },
      DOWNLOAD_LEAST_MS + sizeBytes / DOWNLOAD_BYTES_PER_MS,
    );
  }

  async #discard(file: number): Promise<void> {
    const download = this.#downloading.get(file);
    if (download !== undefined) download.isUnwanted = true;
    else await this.#orders.ask('discard', { file }, null);
  }
}
