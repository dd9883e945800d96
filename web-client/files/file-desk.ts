/** Owns the page's side of its file worker: each file that is sent or received, by a number of its own. */

import { openFileFrame } from '../../main/common/e2ee/file-frame.ts';
import type { CryptoLike, TimersLike } from '../../main/common/platform.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import { BlockSet } from '../core/files/block-set.ts';
import type {
  Fault,
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
/** Two blocks' worth where messages may be large. */
const SPARE_FRAMES_MAX = 6;

export interface FileDeskOptions {
  readonly createWorker: () => FileWorkerLike;
  /** Has the worker's script here; settles with whether it would start from here without the server. */
  readonly keepScript: () => Promise<boolean>;
  /** Whether a former page left anything: else no worker is started to look. */
  readonly hasKept: () => Promise<boolean>;
  readonly saver: FileSaver;
  readonly crypto: CryptoLike;
  readonly timers: TimersLike;
}

/** One that is received, and the worker that has it open. */
interface DeskFile {
  readonly orders: WorkerOrders;
  readonly file: number;
  readonly offer: IncomingFile;
}

export class FileDesk implements FileWorkerPort {
  readonly #options: FileDeskOptions;
  #orders: WorkerOrders;
  readonly #sending = new Map<number, SendingOnDesk>();
  readonly #spare: ArrayBuffer[] = [];
  readonly #received = new WeakMap<ReceivedFile, DeskFile>();
  /** What downloads may still read from, and whether it is to go after that. */
  readonly #downloading = new Map<number, { isUnwanted: boolean }>();
  #keeps: Promise<KeptIn | null> | null = null;
  #lastFile = 0;
  #disposed = false;

  constructor(options: FileDeskOptions) {
    this.#options = options;
    this.#orders = this.#newOrders();
  }

  get keeps(): Promise<KeptIn | null> {
    this.#keeps ??= this.#worker.ask('keeps', null, null).then((keptIn) => {
      // Another worker may know.
      if (keptIn === null) this.#keeps = null;
      return keptIn;
    });
    return this.#keeps;
  }

  /** Where a browser keeps no script, the worker itself is had: it rests, and takes memory. */
  async prepare(): Promise<void> {
    if (!(await this.#options.keepScript()) && (await this.keeps) === null)
      throw new Error('the file worker does not start');
  }

  /** It was sent, and the browser has copied it: filled anew, it is no garbage, which browsers collect more slowly than it comes. */
  giveBack(frame: ArrayBuffer): void {
    if (this.#spare.length < SPARE_FRAMES_MAX) this.#spare.push(frame);
  }

  openSending(blob: Blob): SendingFile {
    const file = ++this.#lastFile;
    const takeSpare = () => this.#spare.splice(0);
    const sending = new SendingOnDesk(this.#worker, file, blob, takeSpare, () => this.#sending.delete(file));
    this.#sending.set(file, sending);
    return sending;
  }

  async openReceiving(
    offer: IncomingFile,
    terms: OpenTerms,
  ): Promise<Result<ReceivingFile, 'no-space' | 'no-room' | Fault>> {
    const orders = this.#worker;
    const deskFile = { orders, file: ++this.#lastFile, offer };
    const { file } = deskFile;
    const opened = await orders.ask('receive', { file, offer, terms }, fail('fault'));
    if (!opened.ok) return opened;
    return ok(
      new ReceivingOnDesk({
        orders,
        file,
        have: new BlockSet(opened.value),
        toReceived: (whole) => this.#toReceived(deskFile, whole),
        discard: () => this.#discard(deskFile),
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
    const rows = await this.#worker.ask('partials', null, []);
    return rows.map(({ have, ...row }) => ({ ...row, have: new BlockSet(have) }));
  }

  async forget({ resume, senderId, name, size, mime }: IncomingFile): Promise<void> {
    await this.#worker.ask('forget', { offer: { resume, senderId, name, size, mime } }, null);
  }

  async openWhole({ resume, senderId, name, size, mime }: KeptPartial): Promise<ReceivedFile | null> {
    const offer = { resume, senderId, name, size, mime };
    const deskFile = { orders: this.#worker, file: ++this.#lastFile, offer };
    const whole = await deskFile.orders.ask('openWhole', { file: deskFile.file, offer }, null);
    return whole && this.#toReceived(deskFile, whole);
  }

  async save(received: ReceivedFile): Promise<Result<SavedFile, SaveFailure>> {
    const saved = await this.#options.saver.save(received.file);
    const deskFile = this.#received.get(received);
    if (!saved.ok || deskFile === undefined) return saved;
    const { orders, file } = deskFile;
    if (saved.value.showInFolder === null) this.#handleDownload(deskFile, received.file.size);
    await orders.ask('markSaved', { file }, null);
    return saved;
  }

  preview({ file }: ReceivedFile): Promise<ImageBitmap | null> {
    return this.#worker.ask('preview', { file }, null);
  }

  dispose(): void {
    this.#disposed = true;
    this.#orders.dispose();
  }

  /** One that breaks has another in its place from the next thing on that is asked. */
  get #worker(): WorkerOrders {
    if (this.#orders.isOver && !this.#disposed) this.#orders = this.#newOrders();
    return this.#orders;
  }

  #newOrders(): WorkerOrders {
    return new WorkerOrders({
      ...this.#options,
      onCached: (file, blocks) => this.#sending.get(file)?.handleCached(blocks),
    });
  }

  #toReceived(deskFile: DeskFile, whole: File): ReceivedFile {
    const received = { file: whole, discard: () => this.#discard(deskFile) };
    this.#received.set(received, deskFile);
    return received;
  }

  #handleDownload(deskFile: DeskFile, sizeBytes: number): void {
    const { file } = deskFile;
    const download = { isUnwanted: false };
    this.#downloading.set(file, download);
    this.#options.timers.setTimeout(
      () => {
        if (this.#downloading.get(file) !== download) return;
        this.#downloading.delete(file);
        if (download.isUnwanted) void this.#discard(deskFile);
      },
      DOWNLOAD_LEAST_MS + sizeBytes / DOWNLOAD_BYTES_PER_MS,
    );
  }

  async #discard({ orders, file, offer }: DeskFile): Promise<void> {
    const download = this.#downloading.get(file);
    if (download !== undefined) download.isUnwanted = true;
    else if (orders.isOver) await this.forget(offer);
    else await orders.ask('discard', { file }, null);
  }
}
