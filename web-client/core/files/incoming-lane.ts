/** Owns what comes from one person: frames to the files they belong to, acks back, and no more than was accepted. */

import { type FileFrameHeader, readFileHeader } from '../../../main/common/e2ee/file-frame.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_FRAME_OVERHEAD_BYTES, FILE_WINDOW_BYTES } from '../../../main/common/protocol/file-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { blockBytes } from './block-set.ts';
import type { IncomingTransfer } from './incoming-transfer.ts';
import type { FileLinks, FileLinksHandler } from './links/file-links-port.ts';

/** After nothing is wanted of them any more their links end; an honest page ends them by itself before. */
const LINGER_MS = 30_000;
/** What may still be on its way of a file that is not taken any more. */
const STRAY_MAX_BYTES = 2 * FILE_WINDOW_BYTES;

export interface IncomingLaneOptions {
  readonly timers: TimersLike;
  readonly createLinks: (handler: FileLinksHandler) => FileLinks;
  readonly sendSignal: FileLinksHandler['send'];
  readonly onChange: () => void;
  /** They do what no page of ours does. */
  readonly onBroken: () => void;
}

export class IncomingLane implements Disposable {
  readonly #options: IncomingLaneOptions;
  readonly #links: FileLinks;
  readonly #linger: Timeout;
  #files: readonly IncomingTransfer[] = [];
  #numbers: ReadonlySet<number> = new Set();
  #strayBytes = 0;
  /** By link, the number of the file whose block it is in the middle of. */
  readonly #unfinished = new Map<number, number>();

  constructor(options: IncomingLaneOptions) {
    this.#options = options;
    this.#linger = new Timeout(options.timers);
    this.#links = options.createLinks({
      send: options.sendSignal,
      pull: async () => null,
      onMessage: (link, data) => void this.#take(link, data),
      onLinkEnd: (link) => {
        this.#unfinished.delete(link);
        for (const file of this.#files) file.dropLink(link);
      },
      onRefused: options.onBroken,
      onChange: options.onChange,
    });
  }

  get links(): FileLinks {
    return this.#links;
  }

  /** What of these is taken from now on. */
  update(files: readonly IncomingTransfer[]): void {
    this.#files = files.filter(({ taking }) => taking);
    const numbers = new Set(this.#files.map(({ number }) => number));
    if ([...this.#numbers].some((number) => !numbers.has(number))) this.#strayBytes = STRAY_MAX_BYTES;
    this.#numbers = numbers;
    for (const [link, number] of this.#unfinished) if (!numbers.has(number)) this.#unfinished.delete(link);
    if (numbers.size > 0) this.#linger.clear();
    else if (this.#links.open && !this.#linger.pending)
      this.#linger.set(() => this.#links.reroute(), LINGER_MS);
  }

  /** Of a link that they made: only where something of theirs is wanted. */
  handleSignal(body: FileLinkBody): void {
    if (body.signal.type !== 'offer' || this.#files.length > 0) this.#links.handleSignal(body);
  }

  dispose(): void {
    this.#linger.dispose();
    this.#links.dispose();
  }

  async #take(link: number, data: ArrayBuffer): Promise<void> {
    const header = readFileHeader(new Uint8Array(data));
    const file = this.#files.find(({ number }) => number === header?.file);
    if (file === undefined || header?.type !== 'data') {
      this.#strayBytes -= data.byteLength;
      if (header?.type !== 'data' || this.#strayBytes < 0) this.#options.onBroken();
      return;
    }
    if (!this.#isInTurn(link, file, header, data.byteLength - FILE_FRAME_OVERHEAD_BYTES)) {
      this.#options.onBroken();
      return;
    }
    const ack = await file.take(link, header.block, data);
    if (ack !== null) this.#links.sendAck(link, ack);
  }

  /** A link brings one block after another, of whichever file: each that is begun takes a block's memory. */
  #isInTurn(link: number, file: IncomingTransfer, header: FileFrameHeader, contentBytes: number): boolean {
    const { number, facts } = file;
    if ((this.#unfinished.get(link) ?? number) !== number) return false;
    if (header.offset + contentBytes < blockBytes(facts.size, header.block))
      this.#unfinished.set(link, number);
    else this.#unfinished.delete(link);
    return true;
  }
}
