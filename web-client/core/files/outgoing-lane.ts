/** Owns what goes to one person: which block goes next by which link, and no more at once than bounds the memory of both. */

import { readFileHeader } from '../../../main/common/e2ee/file-frame.ts';
import { FILE_WINDOW_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { FileWorkerPort } from './file-worker-port.ts';
import type { FileLinks, FileLinksHandler, LinkRefusal, PulledBlock } from './links/file-links-port.ts';
import type { OutgoingTransfer } from './outgoing-transfer.ts';
import type { PairTerms } from './pair-terms.ts';

export interface OutgoingLaneOptions {
  readonly terms: PairTerms;
  readonly worker: Pick<FileWorkerPort, 'openAck'>;
  readonly createLinks: (handler: FileLinksHandler) => FileLinks;
  readonly sendSignal: FileLinksHandler['send'];
  readonly onChange: () => void;
  readonly onRefused: (reason: LinkRefusal) => void;
}

/** A block that was begun, and is not acknowledged. */
interface UnderWay {
  readonly file: OutgoingTransfer;
  readonly number: number;
  readonly block: number;
  readonly link: number;
}

export class OutgoingLane {
  readonly #options: OutgoingLaneOptions;
  readonly #links: FileLinks;
  /** Whose turn was longest ago comes first. */
  readonly #files = new Set<OutgoingTransfer>();
  readonly #underWay = new Set<UnderWay>();

  constructor(options: OutgoingLaneOptions) {
    this.#options = options;
    this.#links = options.createLinks({
      send: options.sendSignal,
      pull: (link) => this.#pull(link),
      onMessage: (_link, data) => void this.#handleAck(data),
      onLinkEnd: (link) => this.#handleLinkEnd(link),
      onRefused: options.onRefused,
      onChange: options.onChange,
    });
  }

  get links(): FileLinks {
    return this.#links;
  }

  /** What of these is on its way to this person, from now on. */
  update(files: readonly OutgoingTransfer[]): void {
    const wanted = files.filter(({ state }) => state === 'sending');
    for (const file of this.#files) if (!wanted.includes(file)) this.#files.delete(file);
    for (const file of wanted) this.#files.add(file);
    for (const under of this.#underWay)
      if (!this.#files.has(under.file) || under.number !== under.file.number) this.#underWay.delete(under);
    this.#links.setBusy(wanted.some(({ moving }) => moving));
    this.#links.wake();
  }

  async #pull(link: number): Promise<PulledBlock | null> {
    for (let next = this.#begin(link); next !== null; next = this.#begin(link)) {
      const frames = await this.#seal(next);
      if (frames !== null) return frames;
      if (!this.#underWay.delete(next)) return null;
    }
    return null;
  }

  /** The next block; null where there is none, or no room for one. */
  #begin(link: number): UnderWay | null {
    const bytes = [...this.#underWay].reduce((sum, { file, block }) => sum + file.bytesOf(block), 0);
    for (const file of this.#files) {
      const block = file.nextBlock((other) =>
        [...this.#underWay].some((under) => under.file === file && under.block === other),
      );
      if (block === null) continue;
      if (bytes + file.bytesOf(block) > FILE_WINDOW_BYTES) return null;
      const next = { file, number: file.number, block, link };
      this.#underWay.add(next);
      this.#files.delete(file);
      this.#files.add(file);
      return next;
    }
    return null;
  }

  /** null where it cannot be read, or is not wanted any more. */
  async #seal(next: UnderWay): Promise<PulledBlock | null> {
    const { file, number, block } = next;
    const terms = await this.#options.terms.sealing(number);
    const { messageMaxBytes } = this.#links;
    const sealed = await file.source.seal(block, { ...terms, messageMaxBytes });
    if (!this.#underWay.has(next)) return null;
    if (!sealed.ok) file.handleUnread(sealed.error);
    return sealed.ok ? sealed.value : null;
  }

  async #handleAck(data: ArrayBuffer): Promise<void> {
    const header = readFileHeader(new Uint8Array(data));
    const file = [...this.#files].find(({ number }) => number === header?.file);
    if (file === undefined) return;
    const { number } = file;
    const ack = await this.#options.worker.openAck(data, await this.#options.terms.opening(number));
    if (ack === null || number !== file.number) return;
    for (const under of this.#underWay)
      if (under.file === file && under.block === ack.block) this.#underWay.delete(under);
    file.acknowledge(ack.block);
    this.#links.wake();
  }

  #handleLinkEnd(link: number): void {
    for (const under of this.#underWay) if (under.link === link) this.#underWay.delete(under);
    this.#links.wake();
  }
}
