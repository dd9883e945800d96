/** Owns a page's file desk with its worker in the same process, and the keys and sealed frames of a pair, for tests of both. */

import { webcrypto } from 'node:crypto';
import type { Bytes } from '../../../main/common/bytes.ts';
import { openFileFrame, sealFileFrame } from '../../../main/common/e2ee/file-frame.ts';
import type { CryptoLike } from '../../../main/common/platform.ts';
import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { IncomingFile, OpenTerms, SealTerms } from '../../../web-client/core/files/file-worker-port.ts';
import { FileDesk } from '../../../web-client/files/file-desk.ts';
import type { FileWorkerWord, WorkerOrder } from '../../../web-client/files/file-orders.ts';
import { fileOrderHandlers } from '../../../web-client/files/file-worker-desk.ts';
import type { FileStore } from '../../../web-client/files/kept-file.ts';
import { FileSaver } from '../../../web-client/files/save-file.ts';
import type { FileWorkerLike } from '../../../web-client/files/worker-orders.ts';
import { ManualTime } from '../time/manual-time.ts';

export const fileCrypto: CryptoLike = webcrypto;

/** As the real one, with the same handing over. */
export class WorkerInProcess implements FileWorkerLike {
  readonly #store: FileStore;
  readonly #listeners = new Map<string, ((event: { readonly data: readonly FileWorkerWord[] }) => void)[]>();
  isStarted = false;
  isTerminated = false;
  /** What is asked of it waits. */
  isStuck = false;

  constructor(store: FileStore) {
    this.#store = store;
  }

  postMessage(order: WorkerOrder, handedOver: ArrayBuffer[]): void {
    void this.#carryOut(structuredClone(order, { transfer: handedOver }));
  }

  addEventListener(
    type: string,
    listener: (event: { readonly data: readonly FileWorkerWord[] }) => void,
  ): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  crash(): void {
    for (const listener of this.#listeners.get('error') ?? []) (listener as () => void)();
  }

  readonly #handlers = () =>
    fileOrderHandlers({
      crypto: fileCrypto,
      store: this.#store,
      noticesChange: false,
      preview: async () => null,
      onCached: (file, blocks) => this.#say({ cachedOf: file, blocks }),
    });
  #made: ReturnType<typeof fileOrderHandlers> | null = null;

  async #carryOut({ id, name, takes }: WorkerOrder): Promise<void> {
    if (this.isStuck) return;
    this.#made ??= this.#handlers();
    try {
      const handle = this.#made[name] as (takes: unknown) => unknown;
      this.#say({ id, gives: await handle(takes) });
    } catch {
      this.#say({ id, failed: true });
    }
  }

  #say(data: FileWorkerWord): void {
    if (!this.isTerminated)
      for (const listener of this.#listeners.get('message') ?? []) listener({ data: [data] });
  }
}

export interface FileRig {
  readonly desk: FileDesk;
  /** The first; each that takes the place of one that broke has the next of the stores. */
  readonly worker: WorkerInProcess;
  readonly time: ManualTime;
  /** Names of what was downloaded. */
  readonly downloads: string[];
  /** How the worker's script is had ahead; kept, unless a test says otherwise. */
  keepScript: () => Promise<boolean>;
}

export function createFileRig(
  store: FileStore,
  hasKept = true,
  nextStores: readonly FileStore[] = [],
): FileRig {
  const worker = new WorkerInProcess(store);
  const workers = [worker, ...nextStores.map((next) => new WorkerInProcess(next))];
  const time = new ManualTime();
  const downloads: string[] = [];
  const urls = { createObjectURL: () => 'blob:1', revokeObjectURL: () => {} };
  const press = (_url: string, name: string) => {
    downloads.push(name);
  };
  const desk = new FileDesk({
    createWorker: () => {
      const next = workers.shift();
      if (next === undefined) throw new Error('no worker is left');
      next.isStarted = true;
      return next;
    },
    keepScript: () => rig.keepScript(),
    hasKept: async () => hasKept,
    saver: new FileSaver({ urls, press, timers: time.timers, app: null }),
    crypto: fileCrypto,
    timers: time.timers,
  });
  const rig: FileRig = { desk, worker, time, downloads, keepScript: async () => true };
  return rig;
}

export interface PairOfTerms {
  readonly seal: SealTerms;
  /** Of the receiver, for the frames. */
  readonly open: OpenTerms;
  /** Of the sender, for the acks. */
  readonly acks: OpenTerms;
}

export async function createTerms(file = 7, messageMaxBytes = 262_144): Promise<PairOfTerms> {
  const algorithm = { name: 'AES-GCM', length: 256 } as const;
  const newKey = () => webcrypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const [key, ackKey] = await Promise.all([newKey(), newKey()]);
  const sender = new Uint8Array(16).fill(1);
  const receiver = new Uint8Array(16).fill(2);
  return {
    seal: { key, from: sender, to: receiver, file, messageMaxBytes },
    open: { key, ackKey, from: sender, to: receiver, file },
    acks: { key: ackKey, ackKey: key, from: receiver, to: sender, file },
  };
}

/** Of no block the same as another. */
export function someBytes(sizeBytes: number): Bytes {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let at = 0, word = 1; at < words.length; at++) {
    word = Math.imul(word, 1_664_525) + 1_013_904_223;
    words[at] = word;
  }
  return new Uint8Array(words.buffer, 0, sizeBytes).slice();
}

export async function digestOf(bytes: Bytes): Promise<Bytes> {
  const digests: number[] = [];
  for (let at = 0; at < bytes.length; at += FILE_BLOCK_BYTES) {
    const block = bytes.slice(at, at + FILE_BLOCK_BYTES);
    digests.push(...new Uint8Array(await webcrypto.subtle.digest('SHA-256', block)));
  }
  return new Uint8Array(await webcrypto.subtle.digest('SHA-256', Uint8Array.from(digests)));
}

/** A frame as a sender would make it, or one that lies. */
export function frameOf(
  { seal }: PairOfTerms,
  block: number,
  offset: number,
  content: Bytes,
  type: 'data' | 'ack' = 'data',
): Promise<ArrayBuffer> {
  return sealFileFrame(fileCrypto, seal, { type, file: seal.file, block, offset, content });
}

export async function isAckOf(
  { acks }: PairOfTerms,
  ack: ArrayBuffer | null,
  block: number,
): Promise<boolean> {
  const opened = ack && (await openFileFrame(fileCrypto, acks, new Uint8Array(ack)));
  return opened?.type === 'ack' && opened.block === block;
}

export function offerOf(sizeBytes: number, name = 'film.mkv', resume = 9): IncomingFile {
  return {
    resume: new Uint8Array(32).fill(resume),
    senderId: 'anna',
    name,
    size: sizeBytes,
    mime: 'video/webm',
  };
}

/** Far sooner than asking whether one equals the other, where they are large. */
export function isEqual(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
