/** Owns putting together what is received: frames into blocks, in order within each link, and blocks into the file. */

import type { Bytes } from '../../main/common/bytes.ts';
import { type FileFrame, openFileFrame, sealFileFrame } from '../../main/common/e2ee/file-frame.ts';
import { sha256 } from '../../main/common/e2ee/hkdf.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import {
  FILE_BLOCK_BYTES,
  FILE_LINKS_MAX,
  FILE_WINDOW_BYTES,
} from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import type { OpenTerms, TakeFailure } from '../core/files/file-worker-port.ts';
import type { WrittenBlock } from './file-orders.ts';
import type { KeptFile } from './kept-file.ts';

interface UnfinishedBlock {
  readonly block: number;
  readonly bytes: Bytes;
  filledBytes: number;
}

/** What comes by one link. */
class Lane {
  readonly queue = new SerialQueue();
  unfinished: UnfinishedBlock | null = null;
  isDropped = false;
}

type Taken = Result<WrittenBlock | null, TakeFailure>;

const WINDOW_BLOCKS = FILE_WINDOW_BYTES / FILE_BLOCK_BYTES;
/** Of links that ended some may not be known to have. */
const LANES_MAX = 2 * FILE_LINKS_MAX;

export interface ReceivingBlocksOptions {
  readonly kept: KeptFile;
  readonly terms: OpenTerms;
  readonly crypto: CryptoLike;
}

export class ReceivingBlocks {
  readonly #options: ReceivingBlocksOptions;
  readonly #lanes = new Map<number, Lane>();
  /** Blocks that may come though they are there: of as many the ack can be under way, or be lost with its link. */
  #repeatsLeft = WINDOW_BLOCKS;
  #failure: TakeFailure | null = null;
  /** Blocks that were written, to be filled again: a browser is slow to take back what is thrown away as fast as that. */
  readonly #spare: Bytes[] = [];
  /** Nothing more is taken, and nothing written. */
  #isOver = false;

  constructor(options: ReceivingBlocksOptions) {
    this.#options = options;
  }

  /** Opens it at once, and looks at it when the link's earlier ones have been. */
  take(link: number, frame: ArrayBuffer): Promise<Taken> {
    const { crypto, terms } = this.#options;
    const lane = this.#laneOf(link);
    if (lane === null) return Promise.resolve(this.#fail('broken'));
    const opening = openFileFrame(crypto, terms, new Uint8Array(frame));
    return lane.queue.run(async () => this.#place(lane, await opening));
  }

  dropLink(link: number): void {
    const lane = this.#lanes.get(link);
    if (lane === undefined) return;
    lane.isDropped = true;
    this.#lanes.delete(link);
    this.#repeatsLeft += WINDOW_BLOCKS;
  }

  end(): void {
    this.#isOver = true;
  }

  /** null: of more links than there can be. */
  #laneOf(link: number): Lane | null {
    const known = this.#lanes.get(link);
    if (known !== undefined) return known;
    if (this.#lanes.size >= LANES_MAX) return null;
    const lane = new Lane();
    this.#lanes.set(link, lane);
    return lane;
  }

  async #place(lane: Lane, frame: FileFrame | null): Promise<Taken> {
    if (this.#failure !== null) return fail(this.#failure);
    if (lane.isDropped || this.#isOver) return ok(null);
    const unfinished = frame === null ? null : this.#blockOf(lane, frame);
    if (frame === null || unfinished === null) return this.#fail('broken');
    unfinished.bytes.set(frame.content, unfinished.filledBytes);
    unfinished.filledBytes += frame.content.length;
    if (unfinished.filledBytes < unfinished.bytes.length) return ok(null);
    lane.unfinished = null;
    const taken = await this.#keep(unfinished);
    this.#spare.push(unfinished.bytes);
    return taken;
  }

  #bytesFor(sizeBytes: number): Bytes {
    const spare = this.#spare.pop();
    return spare?.length === sizeBytes ? spare : new Uint8Array(sizeBytes);
  }

  /** The block that the frame goes on with or begins; null where it does neither. */
  #blockOf(lane: Lane, { type, file, block, offset, content }: FileFrame): UnfinishedBlock | null {
    const { kept, terms } = this.#options;
    const { digests } = kept;
    if (type !== 'data' || file !== terms.file || !digests.isBlock(block) || content.length === 0)
      return null;
    if (lane.unfinished === null && digests.have.has(block) && this.#repeatsLeft-- <= 0) return null;
    lane.unfinished ??= { block, bytes: this.#bytesFor(digests.sizeOf(block)), filledBytes: 0 };
    const { unfinished } = lane;
    const fits = unfinished.filledBytes + content.length <= unfinished.bytes.length;
    return unfinished.block === block && unfinished.filledBytes === offset && fits ? unfinished : null;
  }

  /** One that is there already stays as it is, and is acknowledged once more. */
  async #keep({ block, bytes }: UnfinishedBlock): Promise<Taken> {
    const { kept, terms, crypto } = this.#options;
    if (!kept.digests.have.has(block)) {
      const digest = await sha256(crypto, bytes);
      if (this.#isOver) return ok(null);
      if (!kept.digests.have.has(block) && !kept.write(block, bytes, digest)) return this.#fail('no-space');
    }
    const content = kept.digests.of(block).slice();
    const frame = { type: 'ack', file: terms.file, block, offset: 0, content } as const;
    const ack = await sealFileFrame(crypto, { key: terms.ackKey, from: terms.to, to: terms.from }, frame);
    return ok({ block, ack });
  }

  /** Once it has failed nothing more is taken. */
  #fail(failure: TakeFailure): Taken {
    this.#failure ??= failure;
    return fail(this.#failure);
  }
}
