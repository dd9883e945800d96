/** Owns two ends of the links of a pair over a fake peer network: one that sends, one that receives, and the signals between them. */

import type { CryptoLike } from '../../../main/common/platform.ts';
import type { FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_ACK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { FileLinks, FileLinksHandler } from '../../../web-client/core/files/links/file-links-port.ts';
import { ReceivingLinks } from '../../../web-client/core/files/links/receiving-links.ts';
import { SendingLinks } from '../../../web-client/core/files/links/sending-links.ts';
import { ConnectionTurns } from '../../../web-client/core/peer/connection-turns.ts';
import { OwnNetwork } from '../../../web-client/core/peer/own-network.ts';
import { ManualTime } from '../time/manual-time.ts';
import type { FakeCertificate, FakePeerConnection } from './fake-peer-connection.ts';
import { FakePeerNetwork } from './fake-peer-network.ts';

export const FRAME_BYTES = 65_536;
const FRAMES = 4;

export class LinkSide implements FileLinksHandler {
  readonly links: FileLinks;
  readonly name: 'from' | 'to';
  /** Of those it was handed, by link. */
  readonly messages: { readonly link: number; readonly data: ArrayBuffer }[] = [];
  readonly ended: number[] = [];
  readonly refused: string[] = [];
  readonly sent: FileLinkBody[] = [];
  relayOnly = false;
  byRelay = false;
  canTalk = true;
  /** Blocks to be pulled. */
  left = 0;
  /** Whether each whole block is answered. */
  acks = true;
  /** Of connections made, the ones by relays alone. */
  readonly relayed: boolean[] = [];
  readonly #pair: LinkPair;

  constructor(pair: LinkPair, name: 'from' | 'to', own: FakeCertificate, fp: Uint8Array<ArrayBuffer>) {
    this.#pair = pair;
    this.name = name;
    const { time, network } = pair;
    const relayOnly = () => this.relayOnly;
    const Links = name === 'from' ? SendingLinks : ReceivingLinks;
    this.links = new Links(
      {
        ...time,
        crypto: pair.crypto,
        ownNetwork: new OwnNetwork(),
        fp,
        connections: {
          create: (byRelay = false) => {
            this.relayed.push(byRelay);
            return network.create(name, own, name);
          },
          get relayOnly() {
            return relayOnly();
          },
        },
        turn: new ConnectionTurns(time).pair(),
        canTalk: () => this.canTalk,
        byRelay: () => this.byRelay,
      },
      this,
    );
  }

  /** Not closed, in the order they were made. */
  get connections(): FakePeerConnection[] {
    return this.#pair.network.open.filter((connection) => connection.name.startsWith(`${this.name}#`));
  }

  send(body: FileLinkBody): void {
    this.sent.push(body);
    this.#pair.carry(this.name, body);
  }

  async pull() {
    if (this.left === 0) return null;
    this.left--;
    return Array.from({ length: FRAMES }, () => new ArrayBuffer(FRAME_BYTES));
  }

  onMessage(link: number, data: ArrayBuffer): void {
    this.messages.push({ link, data });
    const ofLink = this.messages.filter((message) => message.link === link).length;
    if (this.name === 'to' && this.acks && ofLink % FRAMES === 0)
      this.links.sendAck(link, new ArrayBuffer(FILE_ACK_BYTES));
  }

  onLinkEnd(link: number): void {
    this.ended.push(link);
  }

  onRefused(reason: string): void {
    this.refused.push(reason);
  }

  onChange(): void {}
}

async function certificateOf(name: string) {
  const der = new TextEncoder().encode(name).buffer as ArrayBuffer;
  const fp = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  const hex = [...fp].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return { certificate: { der, fingerprint: hex.join(':') }, fp };
}

export class LinkPair {
  readonly time: ManualTime;
  readonly network = new FakePeerNetwork();
  /** Applied to each signal on its way. */
  tamper: (body: FileLinkBody) => FileLinkBody = (body) => body;
  /** While true no signal arrives. */
  lost = false;
  from!: LinkSide;
  to!: LinkSide;
  #digesting = 0;

  private constructor() {
    // WebCrypto answers from other threads.
    this.time = new ManualTime(async () => {
      do await new Promise((resolve) => setTimeout(resolve, 0));
      while (this.#digesting > 0);
    });
  }

  /** @param impostor has another certificate than the one that its descriptions name, on the receiving side */
  static async create({ impostor = false } = {}): Promise<LinkPair> {
    const pair = new LinkPair();
    const [from, to] = await Promise.all([certificateOf('from'), certificateOf('to')]);
    const shown = impostor ? { ...to.certificate, der: from.certificate.der } : to.certificate;
    pair.from = new LinkSide(pair, 'from', from.certificate, to.fp);
    pair.to = new LinkSide(pair, 'to', shown, from.fp);
    return pair;
  }

  /** WebCrypto, for whose answers no time passes. */
  get crypto(): CryptoLike {
    const digest = async (...terms: Parameters<CryptoLike['subtle']['digest']>) => {
      this.#digesting++;
      return crypto.subtle.digest(...terms).finally(() => this.#digesting--);
    };
    return { ...crypto, subtle: { ...crypto.subtle, digest } as CryptoLike['subtle'] };
  }

  /** Files are on their way, so many blocks of them. */
  async start(blocks: number): Promise<void> {
    this.from.left = blocks;
    this.from.links.setBusy(true);
    await this.time.advance(100);
  }

  carry(from: 'from' | 'to', body: FileLinkBody): void {
    const other = from === 'from' ? this.to : this.from;
    queueMicrotask(() => {
      if (!this.lost) other.links.handleSignal(this.tamper(body));
    });
  }
}
