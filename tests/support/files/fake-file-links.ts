/** Owns links between the pages of a test: no connection, but the same signals, pulls and ends; they break and come back as a test says. */

import type { FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import type { CreateFileLinks } from '../../../web-client/core/files/file-people.ts';
import type { FileLinks, FileLinksHandler } from '../../../web-client/core/files/links/file-links-port.ts';
import type { ManualTime } from '../time/manual-time.ts';

/** Of one pair and direction, by the sending side. */
const LINKS_WANTED = 2;

export class FakeLinkNetwork {
  readonly time: ManualTime;
  /** How long a block takes. */
  msPerBlock = 40;
  messageMaxBytes = 262_144;
  /** Sending sides, by the description that they offered. */
  readonly offers = new Map<string, FakeFileLinks>();
  readonly #all = new Set<FakeFileLinks>();
  #up = true;

  constructor(time: ManualTime) {
    this.time = time;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Links that carry now, each counted at both ends. */
  get open(): number {
    return [...this.#all].reduce((sum, { count }) => sum + count, 0);
  }

  readonly create: CreateFileLinks = (_options, direction, handler) => {
    const links = new FakeFileLinks(this, direction, handler);
    this.#all.add(links);
    return links;
  };

  /** All links end at once, with what they carried. */
  cut(): void {
    this.#up = false;
    for (const links of this.#all) links.endAll();
  }

  mend(): void {
    this.#up = true;
    for (const links of this.#all) links.wake();
  }
}

export class FakeFileLinks implements FileLinks {
  readonly relayed = false;
  readonly #network: FakeLinkNetwork;
  readonly #direction: 'sending' | 'receiving';
  readonly #handler: FileLinksHandler;
  /** The other end of each that carries. */
  readonly #links = new Map<number, FakeFileLinks>();
  readonly #asked = new Set<number>();
  readonly #pulling = new Set<number>();
  #newest = 0;
  #busy = false;
  #disposed = false;

  constructor(network: FakeLinkNetwork, direction: 'sending' | 'receiving', handler: FileLinksHandler) {
    this.#network = network;
    this.#direction = direction;
    this.#handler = handler;
  }

  get count(): number {
    return this.#links.size;
  }

  get open(): boolean {
    return this.#links.size > 0;
  }

  get messageMaxBytes(): number {
    return this.#network.messageMaxBytes;
  }

  handleSignal({ link, signal }: FileLinkBody): void {
    if (this.#disposed) return;
    if (signal.type === 'end') this.#end(link);
    if (signal.type !== 'offer') return;
    const other = this.#network.offers.get(signal.sdp);
    if (other === undefined || !this.#network.up) return;
    this.#links.set(link, other);
    this.#send(link, { type: 'answer', sdp: signal.sdp });
    this.#handler.onChange();
    other.#handleOpen(link, this);
  }

  wake(): void {
    this.#adjust();
    for (const link of this.#links.keys()) void this.#pump(link);
  }

  setBusy(busy: boolean): void {
    this.#busy = busy;
    if (!busy) this.endAll();
    this.#adjust();
  }

  sendAck(link: number, ack: ArrayBuffer): void {
    const other = this.#links.get(link);
    if (other !== undefined) other.#handler.onMessage(link, ack);
  }

  reroute(): void {
    this.endAll();
    this.#adjust();
  }

  endAll(): void {
    this.#asked.clear();
    for (const link of [...this.#links.keys()]) {
      this.#send(link, { type: 'end' });
      this.#end(link);
    }
  }

  dispose(): void {
    this.endAll();
    this.#disposed = true;
  }

  #adjust(): void {
    if (this.#direction !== 'sending' || !this.#busy || this.#disposed || !this.#network.up) return;
    while (this.#links.size + this.#asked.size < LINKS_WANTED) {
      const link = ++this.#newest;
      const sdp = `links of a test ${this.#network.offers.size}`;
      this.#asked.add(link);
      this.#network.offers.set(sdp, this);
      this.#send(link, { type: 'offer', sdp });
    }
  }

  #handleOpen(link: number, other: FakeFileLinks): void {
    if (!this.#asked.delete(link)) return;
    this.#links.set(link, other);
    this.#handler.onChange();
    void this.#pump(link);
  }

  async #pump(link: number): Promise<void> {
    if (this.#direction !== 'sending' || this.#pulling.has(link)) return;
    this.#pulling.add(link);
    const block = await this.#handler.pull(link);
    if (block === null || !this.#links.has(link)) {
      this.#pulling.delete(link);
      return;
    }
    this.#network.time.timers.setTimeout(() => {
      this.#pulling.delete(link);
      const other = this.#links.get(link);
      if (other === undefined) return;
      for (const frame of block) other.#handler.onMessage(link, frame);
      void this.#pump(link);
    }, this.#network.msPerBlock);
  }

  #end(link: number): void {
    if (!this.#links.delete(link)) return;
    this.#handler.onLinkEnd(link);
    this.#handler.onChange();
  }

  #send(link: number, signal: FileLinkBody['signal']): void {
    const by = this.#direction === 'sending' ? 'me' : 'you';
    this.#handler.send({ kind: 'file-link', link, by, signal });
  }
}
