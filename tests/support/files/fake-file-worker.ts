/** Owns the file worker of a test's page: real sealing and digests, a disk that is a map and outlives the page, and counts. */

import { createHash } from 'node:crypto';
import { type Bytes, concatBytes, equalBytes, toBase64Url } from '../../../main/common/bytes.ts';
import { openFileFrame, sealFileFrame } from '../../../main/common/e2ee/file-frame.ts';
import type { CryptoLike } from '../../../main/common/platform.ts';
import { FILE_BLOCK_BYTES, FILE_FRAME_OVERHEAD_BYTES } from '../../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import { BlockSet } from '../../../web-client/core/files/block-set.ts';
import type {
  Fault,
  FileWorkerPort,
  IncomingFile,
  KeptPartial,
  OpenedAck,
  OpenTerms,
  ReadFailure,
  ReceivedFile,
  ReceivingFile,
  SavedFile,
  SaveFailure,
  SealTerms,
  SendingFile,
  TakeFailure,
} from '../../../web-client/core/files/file-worker-port.ts';

const sha = (...parts: Uint8Array[]): Bytes =>
  new Uint8Array(
    createHash('sha256')
      .update(concatBytes(...parts))
      .digest(),
  );
const blockOf = (bytes: Bytes, block: number) =>
  bytes.subarray(block * FILE_BLOCK_BYTES, (block + 1) * FILE_BLOCK_BYTES);
const digestOf = (bytes: Bytes): Bytes => {
  const blocks = Math.ceil(bytes.length / FILE_BLOCK_BYTES);
  return sha(...Array.from({ length: blocks }, (_, block) => sha(blockOf(bytes, block))));
};

interface Kept {
  readonly offer: IncomingFile;
  readonly bytes: Bytes;
  readonly have: BlockSet;
  whole: boolean;
}

/** What the pages of one tab keep, one after another. */
export class TabDisk {
  readonly kept = new Map<string, Kept>();
  /** Bytes it takes. */
  room = Number.POSITIVE_INFINITY;
}

class FakeSending implements SendingFile {
  readonly size: number;
  readonly cached = new Set<number>();
  readonly #worker: FakeFileWorker;
  readonly #bytes: Promise<Bytes>;
  readonly #life: number;

  constructor(worker: FakeFileWorker, file: Blob) {
    this.size = worker.sizeFound ?? file.size;
    this.#worker = worker;
    this.#life = worker.life;
    this.#bytes = file.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  }

  async seal(block: number, terms: SealTerms): Promise<Result<readonly ArrayBuffer[], ReadFailure>> {
    const bytes = await this.#bytes;
    const { readFailure, crypto } = this.#worker;
    if (this.#life !== this.#worker.life) return fail('fault');
    if (readFailure !== null) return fail(readFailure);
    if (!this.cached.has(block)) this.#worker.reads.push(block);
    this.cached.add(block);
    const [oldest] = this.cached;
    if (this.cached.size > 4 && oldest !== undefined) this.cached.delete(oldest);
    const { key, from, to, file, messageMaxBytes } = terms;
    const step = messageMaxBytes - FILE_FRAME_OVERHEAD_BYTES;
    const content = blockOf(bytes, block);
    const offsets = Array.from({ length: Math.ceil(content.length / step) }, (_, index) => index * step);
    const frames = offsets.map((offset) =>
      sealFileFrame(
        crypto,
        { key, from, to },
        {
          ...{ type: 'data', file, block, offset },
          content: content.subarray(offset, offset + step),
        },
      ),
    );
    return ok(await Promise.all(frames));
  }

  async digest(): Promise<Result<Bytes, ReadFailure>> {
    const { readFailure, wrongDigest } = this.#worker;
    if (this.#life !== this.#worker.life) return fail('fault');
    if (readFailure !== null) return fail(readFailure);
    return ok(wrongDigest ?? digestOf(await this.#bytes));
  }

  dispose(): void {
    this.#worker.openSendings--;
  }
}

class FakeReceiving implements ReceivingFile {
  readonly #worker: FakeFileWorker;
  readonly #kept: Kept;
  readonly #life: number;
  readonly #terms: OpenTerms;
  /** In the order in which it came. */
  readonly #taking = new SerialQueue();
  /** How often each link ended: what it had brought before that counts no more. */
  readonly #drops = new Map<number, number>();
  /** Of each link, the block it brings and how much of that is there. */
  readonly #lanes = new Map<number, { readonly block: number; filledBytes: number; readonly bytes: Bytes }>();

  constructor(worker: FakeFileWorker, kept: Kept, terms: OpenTerms) {
    this.#worker = worker;
    this.#life = worker.life;
    this.#kept = kept;
    this.#terms = terms;
  }

  get have(): BlockSet {
    return this.#kept.have;
  }

  take(link: number, data: ArrayBuffer): Promise<Result<ArrayBuffer | null, TakeFailure>> {
    const drops = this.#drops.get(link);
    return this.#taking.run(() => this.#take(link, data, drops));
  }

  async #take(
    link: number,
    data: ArrayBuffer,
    drops: number | undefined,
  ): Promise<Result<ArrayBuffer | null, TakeFailure>> {
    const { crypto, disk } = this.#worker;
    if (this.#life !== this.#worker.life) return fail('fault');
    const { key, ackKey, from, to, file } = this.#terms;
    const frame = await openFileFrame(crypto, { key, from, to }, new Uint8Array(data));
    const { size } = this.#kept.offer;
    if (drops !== this.#drops.get(link)) return ok(null);
    if (frame?.type !== 'data' || frame.block * FILE_BLOCK_BYTES >= size) return fail('broken');
    const { block, offset, content } = frame;
    const length = Math.min(FILE_BLOCK_BYTES, size - block * FILE_BLOCK_BYTES);
    const lane = this.#lanes.get(link) ?? { block, filledBytes: 0, bytes: new Uint8Array(length) };
    if (lane.block !== block || lane.filledBytes !== offset || offset + content.length > length)
      return fail('broken');
    lane.bytes.set(content, offset);
    lane.filledBytes += content.length;
    this.#lanes.set(link, lane);
    if (lane.filledBytes < length) return ok(null);
    this.#lanes.delete(link);
    if ((this.have.count + 1) * FILE_BLOCK_BYTES > disk.room) return fail('no-space');
    this.#kept.bytes.set(lane.bytes, block * FILE_BLOCK_BYTES);
    this.have.add(block);
    const ack = { type: 'ack', file, block, offset: 0, content: sha(lane.bytes) } as const;
    return ok(await sealFileFrame(crypto, { key: ackKey, from: to, to: from }, ack));
  }

  dropLink(link: number): void {
    this.#drops.set(link, (this.#drops.get(link) ?? 0) + 1);
    this.#lanes.delete(link);
  }

  async finish(digest: Bytes): Promise<Result<ReceivedFile, 'different' | 'no-space' | Fault>> {
    if (this.#worker.breaksAtEnd) this.#worker.crash();
    if (this.#life !== this.#worker.life) return fail('fault');
    if (!equalBytes(digestOf(this.#kept.bytes), digest)) return fail('different');
    this.#kept.whole = true;
    return ok(this.#worker.receivedOf(this.#kept));
  }

  async discard(): Promise<void> {
    this.#worker.disk.kept.delete(toBase64Url(this.#kept.offer.resume));
  }

  dispose(): void {}
}

export class FakeFileWorker implements FileWorkerPort {
  readonly crypto: CryptoLike;
  readonly disk: TabDisk;
  keptIn: 'disk' | 'memory' | null = 'disk';
  /** It cannot be started. */
  isDown = false;
  /** It is at hand without the server. */
  isPrepared = false;
  /** It breaks over the next file that is all there. */
  breaksAtEnd = false;
  #life = 0;
  readFailure: ReadFailure | null = null;
  /** Of what is sent, if it is not what the page says. */
  sizeFound: number | null = null;
  wrongDigest: Bytes | null = null;
  saveFailure: SaveFailure | null = null;
  /** Blocks read, over all that was sent. */
  readonly reads: number[] = [];
  readonly saved: Bytes[] = [];
  readonly shown: string[] = [];
  openSendings = 0;
  disposed = false;

  constructor(crypto: CryptoLike, disk: TabDisk) {
    this.crypto = crypto;
    this.disk = disk;
  }

  /** What was open is in nobody's hands from now on. */
  crash(): void {
    this.breaksAtEnd = false;
    this.#life++;
  }

  get life(): number {
    return this.#life;
  }

  get keeps(): Promise<'disk' | 'memory' | null> {
    return Promise.resolve(this.isDown ? null : this.keptIn);
  }

  async prepare(): Promise<void> {
    if (this.isDown) throw new Error('it does not start');
    this.isPrepared = true;
  }

  openSending(file: Blob): SendingFile {
    this.openSendings++;
    return new FakeSending(this, file);
  }

  async openReceiving(
    offer: IncomingFile,
    terms: OpenTerms,
  ): Promise<Result<ReceivingFile, 'no-space' | 'no-room' | Fault>> {
    if (this.isDown) return fail('fault');
    const name = toBase64Url(offer.resume);
    if (offer.size > this.disk.room) return fail('no-space');
    const fresh = { offer, bytes: new Uint8Array(offer.size), have: new BlockSet(), whole: false };
    const kept = this.disk.kept.get(name) ?? fresh;
    this.disk.kept.set(name, kept);
    return ok(new FakeReceiving(this, kept, terms));
  }

  async openAck(frame: ArrayBuffer, { key, from, to, file }: OpenTerms): Promise<OpenedAck | null> {
    const opened = await openFileFrame(this.crypto, { key, from, to }, new Uint8Array(frame));
    if (opened?.type !== 'ack' || opened.file !== file) return null;
    return { block: opened.block, digest: opened.content };
  }

  async partials(): Promise<readonly KeptPartial[]> {
    return [...this.disk.kept.values()].map(({ offer, have, whole }) => ({ ...offer, have, whole }));
  }

  async forget({ resume }: IncomingFile): Promise<void> {
    this.disk.kept.delete(toBase64Url(resume));
  }

  async openWhole({ resume }: KeptPartial): Promise<ReceivedFile | null> {
    const kept = this.disk.kept.get(toBase64Url(resume));
    return kept?.whole ? this.receivedOf(kept) : null;
  }

  receivedOf({ offer, bytes }: Kept): ReceivedFile {
    return {
      file: new File([bytes], offer.name, { type: offer.mime }),
      discard: async () => void this.disk.kept.delete(toBase64Url(offer.resume)),
    };
  }

  async save({ file }: ReceivedFile): Promise<Result<SavedFile, SaveFailure>> {
    if (this.saveFailure !== null) return fail(this.saveFailure);
    this.saved.push(new Uint8Array(await file.arrayBuffer()));
    return ok({ name: file.name, showInFolder: () => void this.shown.push(file.name) });
  }

  async preview({ file }: ReceivedFile): Promise<ImageBitmap | null> {
    return file.type === 'image/png' ? ({ width: 1, height: 1, close: () => {} } as ImageBitmap) : null;
  }

  dispose(): void {
    this.disposed = true;
  }
}
