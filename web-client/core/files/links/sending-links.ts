/** Owns the links by which files go to one person: made and ended by need, and made anew when one fails. */

import type { FileLinkBody } from '../../../../main/common/protocol/file-bodies.ts';
import {
  FILE_ACK_BYTES,
  FILE_LINK_IDLE_MS,
  FILE_LINK_SILENT_MS,
  FILE_LINKS_MAX,
  FILE_LINKS_RELAYED_MAX,
  FILE_MESSAGE_MAX_BYTES,
} from '../../../../main/common/protocol/file-limits.ts';
import { Timeout } from '../../../../main/common/timing/timeout.ts';
import { readQuality } from '../../stats/connection-quality.ts';
import { FileLink, type FileLinkTools, fileLinkTools, type LinkSignal } from './file-link.ts';
import type { FileLinks, FileLinksHandler, FileLinksOptions, LinkRefusal } from './file-links-port.ts';
import { LinkCount } from './link-count.ts';
import { LinkPump } from './link-pump.ts';
import { SendPace } from './send-pace.ts';

/** How often links are looked at while any is there. */
export const LOOK_MS = 1_000;
/** Between a failure and the next attempt, for as long as none carries. */
const RETRY_DELAYS_MS: readonly number[] = [250, 1_000, 2_000, 4_000, 8_000];

interface GoingLink {
  link: FileLink;
  /** null until it carries. */
  pump: LinkPump | null;
  /** Too many: it ends once what it began is acknowledged. */
  retired: boolean;
  /** The last round trip that was read of it. */
  roundTrip: string;
}

export class SendingLinks implements FileLinks {
  readonly #options: FileLinksOptions;
  readonly #handler: FileLinksHandler;
  readonly #giveBack: (sent: ArrayBuffer) => void;
  readonly #tools: FileLinkTools;
  readonly #links = new Map<number, GoingLink>();
  readonly #count = new LinkCount();
  readonly #pace = new SendPace();
  readonly #nextLook: Timeout;
  readonly #retry: Timeout;
  readonly #idle: Timeout;
  #newest = 0;
  #busy = false;
  #relayed = false;
  #over = false;
  #failures = 0;
  #bytes = 0;
  /** As it was last measured. */
  #bytesPerSecond = 0;
  #lookedAtMs = 0;
  #looks = 0;

  /** @param giveBack gives the memory of a frame back that was sent */
  constructor(
    options: FileLinksOptions,
    handler: FileLinksHandler,
    giveBack: (sent: ArrayBuffer) => void = () => {},
  ) {
    this.#options = options;
    this.#handler = handler;
    this.#giveBack = giveBack;
    this.#tools = fileLinkTools(options);
    this.#nextLook = new Timeout(options.timers);
    this.#retry = new Timeout(options.timers);
    this.#idle = new Timeout(options.timers);
  }

  get relayed(): boolean {
    return this.#relayed || this.#options.connections.relayOnly;
  }

  get open(): boolean {
    return this.#carrying.length > 0;
  }

  get messageMaxBytes(): number {
    const taken = this.#carrying.map(({ link }) => link.messageMaxBytes);
    return Math.min(FILE_MESSAGE_MAX_BYTES, this.#pace.messageBytes ?? FILE_MESSAGE_MAX_BYTES, ...taken);
  }

  handleSignal({ link: number, signal }: FileLinkBody): void {
    if (signal.type === 'end') {
      if (this.#links.has(number)) this.#fail(number);
    } else this.#links.get(number)?.link.handleSignal(signal);
  }

  wake(): void {
    for (const { pump } of this.#links.values()) pump?.wake();
    this.#adjust();
  }

  setBusy(busy: boolean): void {
    if (busy === this.#busy || this.#over) return;
    this.#busy = busy;
    this.#idle.clear();
    if (!busy) this.#idle.set(() => this.#rest(), FILE_LINK_IDLE_MS);
    this.#adjust();
    this.#look();
  }

  sendAck(): void {}

  reroute(): void {
    this.#relayed = false;
    this.#failures = 0;
    for (const number of [...this.#links.keys()]) this.#end(number);
    this.#adjust();
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.turn.cancel();
    for (const timeout of [this.#nextLook, this.#retry, this.#idle]) timeout.dispose();
    for (const [number, { link, pump }] of this.#links) {
      pump?.dispose();
      link.dispose();
      this.#send(number, { type: 'end' });
    }
    this.#links.clear();
  }

  get #staying(): GoingLink[] {
    return [...this.#links.values()].filter(({ retired }) => !retired);
  }

  get #carrying(): (GoingLink & { readonly pump: LinkPump })[] {
    return [...this.#links.values()].flatMap((going) =>
      going.pump === null ? [] : [going as GoingLink & { readonly pump: LinkPump }],
    );
  }

  /** Makes and retires links until there are as many as are wanted. */
  #adjust(): void {
    if (!this.#busy || this.#over) return;
    const { canTalk, turn } = this.#options;
    const staying = this.#staying;
    const missing = this.#count.wanted - staying.length;
    if (missing > 0 && !this.#retry.pending && canTalk()) turn.request(() => this.#make());
    for (const surplus of staying.slice(this.#count.wanted)) {
      surplus.retired = true;
      surplus.pump?.stop();
    }
  }

  #make(): void {
    if (!this.#busy || this.#over || this.#staying.length >= this.#count.wanted) return;
    const number = ++this.#newest;
    const { connections, byRelay } = this.#options;
    try {
      const link = new FileLink(connections.create(byRelay()), true, FILE_ACK_BYTES, this.#tools, {
        onSignal: (signal) => this.#send(number, signal),
        onOpen: () => void this.#handleOpen(number),
        onMessage: (ack) => this.#handleAck(number, ack),
        onEnd: () => this.#fail(number),
        onRefused: (reason) => this.#refuse(reason),
      });
      this.#links.set(number, { link, pump: null, retired: false, roundTrip: '' });
    } catch {
      this.#delay();
    }
    this.#adjust();
  }

  async #handleOpen(number: number): Promise<void> {
    const going = this.#links.get(number);
    const channel = going?.link.channel;
    if (going === undefined || !channel) return;
    // What the way is like says how fast one may begin.
    await this.#lookAtWay(going, 0);
    if (this.#links.get(number) !== going) return;
    going.pump = new LinkPump({
      ...this.#options,
      channel,
      pace: this.#pace,
      pull: () => this.#handler.pull(number),
      onSent: this.#giveBack,
      onFailed: () => this.#fail(number),
    });
    this.#handler.onChange();
    if (going.retired) going.pump.stop();
    else going.pump.wake();
  }

  #handleAck(number: number, ack: ArrayBuffer): void {
    const going = this.#links.get(number);
    if (going?.pump?.takeAck() !== true) {
      this.#refuse('flooding');
      return;
    }
    this.#failures = 0;
    this.#handler.onMessage(number, ack);
    this.#endIfDone(number, going);
  }

  #endIfDone(number: number, { retired, pump }: GoingLink): void {
    if (retired && pump?.clear !== false) this.#end(number);
  }

  /** Looks at all links again and again, while any is there or wanted. */
  #look(): void {
    if (this.#nextLook.pending || this.#over || (!this.#busy && this.#links.size === 0)) return;
    this.#lookedAtMs = this.#options.clock();
    this.#nextLook.set(() => {
      this.#measure(this.#options.clock() - this.#lookedAtMs - LOOK_MS);
      this.#adjust();
      this.#look();
    }, LOOK_MS);
  }

  /** @param lateMs this comes so much after its time */
  #measure(lateMs: number): void {
    const nowMs = this.#options.clock();
    let moved = 0;
    for (const [number, going] of this.#links) {
      moved += going.pump?.measure() ?? 0;
      if ((going.pump?.silentMs ?? 0) > FILE_LINK_SILENT_MS) this.#fail(number);
      else this.#endIfDone(number, going);
    }
    this.#bytes += moved;
    this.#bytesPerSecond = (moved * 1_000) / (nowMs - this.#lookedAtMs);
    const staying = this.#carrying.filter(({ retired }) => !retired);
    this.#count.handle({
      nowMs,
      bytes: this.#bytes,
      open: staying.length,
      hungry: staying.every(({ pump }) => !pump.starved),
      full: this.#pace.limited,
      most: this.relayed ? FILE_LINKS_RELAYED_MAX : FILE_LINKS_MAX,
    });
    // One link after another: all go by the same way.
    const looked = staying[this.#looks++ % Math.max(1, staying.length)];
    if (looked !== undefined) void this.#lookAtWay(looked, lateMs);
  }

  async #lookAtWay(going: GoingLink, lateMs: number): Promise<void> {
    const { clock } = this.#options;
    const askedMs = clock();
    const report = await going.link.stats().catch(() => null);
    if (report === null || this.#over) return;
    const { roundTripMs, roundTrips, path } = readQuality(report);
    if (path.kind !== 'unknown') this.#relayed = path.kind === 'relayed';
    const roundTrip = `${roundTrips} ${roundTripMs}`;
    if (roundTripMs === null || roundTrip === going.roundTrip) return;
    going.roundTrip = roundTrip;
    const nowMs = clock();
    this.#pace.handleRoundTrip({
      roundTripMs,
      lateMs: Math.max(lateMs, nowMs - askedMs),
      nowMs,
      bytesPerSecond: this.#bytesPerSecond,
    });
  }

  /** Nothing has moved for a while. */
  #rest(): void {
    this.#count.reset();
    this.#failures = 0;
    this.#retry.clear();
    for (const number of [...this.#links.keys()]) this.#end(number);
  }

  /** It carries no more: another is made after a while. */
  #fail(number: number): void {
    this.#delay();
    this.#end(number);
  }

  #delay(): void {
    const delayMs = RETRY_DELAYS_MS[Math.min(this.#failures, RETRY_DELAYS_MS.length - 1)] ?? 0;
    this.#failures++;
    this.#retry.set(() => this.#adjust(), delayMs);
  }

  #end(number: number): void {
    const going = this.#links.get(number);
    if (going === undefined) return;
    this.#links.delete(number);
    going.pump?.dispose();
    going.link.dispose();
    this.#send(number, { type: 'end' });
    this.#handler.onLinkEnd(number);
    if (going.pump !== null) this.#handler.onChange();
  }

  #refuse(reason: LinkRefusal): void {
    if (this.#over) return;
    this.dispose();
    this.#handler.onRefused(reason);
  }

  #send(link: number, signal: LinkSignal): void {
    this.#handler.send({ kind: 'file-link', link, by: 'me', signal });
  }
}
