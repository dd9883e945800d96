/** Owns the links by which one person's files come: taken as their side makes them, up to a bound. */

import type { FileLinkBody } from '../../../../main/common/protocol/file-bodies.ts';
import { FILE_LINKS_MAX, FILE_MESSAGE_MAX_BYTES } from '../../../../main/common/protocol/file-limits.ts';

import { SIGNALS_KEPT_MAX } from '../../../../main/common/protocol/peer-limits.ts';
import { FileLink, type FileLinkTools, fileLinkTools, type LinkSignal } from './file-link.ts';
import type { FileLinks, FileLinksHandler, FileLinksOptions, LinkRefusal } from './file-links-port.ts';

type KeptSignal = Exclude<LinkSignal, { readonly type: 'end' }>;

interface ComingLink {
  /** null until its turn to be made. */
  link: FileLink | null;
  /** Came before that. */
  readonly kept: KeptSignal[];
  open: boolean;
}

export class ReceivingLinks implements FileLinks {
  readonly messageMaxBytes = FILE_MESSAGE_MAX_BYTES;
  /** Which way a link takes is the sender's to look after. */
  readonly relayed = false;
  readonly #options: FileLinksOptions;
  readonly #handler: FileLinksHandler;
  readonly #tools: FileLinkTools;
  readonly #links = new Map<number, ComingLink>();
  /** Numbers count up; a lower one is over. */
  #newest = 0;
  #over = false;

  constructor(options: FileLinksOptions, handler: FileLinksHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#tools = fileLinkTools(options);
  }

  get open(): boolean {
    return [...this.#links.values()].some(({ open }) => open);
  }

  handleSignal({ link: number, signal }: FileLinkBody): void {
    if (this.#over) return;
    const known = this.#links.get(number);
    if (signal.type === 'end') this.#remove(number);
    else if (known === undefined) this.#take(number, signal);
    else if (known.link !== null) known.link.handleSignal(signal);
    else if (known.kept.length < SIGNALS_KEPT_MAX) known.kept.push(signal);
  }

  wake(): void {}

  setBusy(): void {}

  sendAck(number: number, ack: ArrayBuffer): void {
    this.#links.get(number)?.link?.send(ack);
  }

  /** Whoever sends makes others then. */
  reroute(): void {
    for (const number of [...this.#links.keys()]) this.#end(number);
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.turn.cancel();
    for (const [number, { link }] of this.#links) {
      link?.dispose();
      this.#send(number, { type: 'end' });
    }
    this.#links.clear();
  }

  #take(number: number, signal: KeptSignal): void {
    if (signal.type !== 'offer' || number <= this.#newest) return;
    this.#newest = number;
    if (this.#links.size >= FILE_LINKS_MAX) {
      this.#refuse('flooding');
      return;
    }
    this.#links.set(number, { link: null, kept: [signal], open: false });
    this.#options.turn.request(() => this.#makeNext());
  }

  #makeNext(): void {
    const [number, coming] = [...this.#links].find(([, { link }]) => link === null) ?? [];
    if (number === undefined || coming === undefined) return;
    try {
      this.#make(number, coming);
    } catch {
      this.#end(number);
    }
    if ([...this.#links.values()].some(({ link }) => link === null))
      this.#options.turn.request(() => this.#makeNext());
  }

  /** Throws where the browser makes no connection. */
  #make(number: number, coming: ComingLink): void {
    const { connections, byRelay } = this.#options;
    const link = new FileLink(connections.create(byRelay()), false, FILE_MESSAGE_MAX_BYTES, this.#tools, {
      onSignal: (signal) => this.#send(number, signal),
      onOpen: () => {
        coming.open = true;
        this.#handler.onChange();
      },
      onMessage: (data) => this.#handler.onMessage(number, data),
      onEnd: () => this.#end(number),
      onRefused: (reason) => this.#refuse(reason),
    });
    coming.link = link;
    for (const signal of coming.kept.splice(0)) link.handleSignal(signal);
  }

  /** By this side. */
  #end(number: number): void {
    this.#send(number, { type: 'end' });
    this.#remove(number);
  }

  #remove(number: number): void {
    const coming = this.#links.get(number);
    if (coming === undefined) return;
    this.#links.delete(number);
    coming.link?.dispose();
    this.#handler.onLinkEnd(number);
    if (coming.open) this.#handler.onChange();
  }

  #refuse(reason: LinkRefusal): void {
    if (this.#over) return;
    this.dispose();
    this.#handler.onRefused(reason);
  }

  #send(link: number, signal: LinkSignal): void {
    this.#handler.send({ kind: 'file-link', link, by: 'you', signal });
  }
}
