/** Owns what stands in a page that has one end of a pair's links and no call, for a test that carries the signals. */

import { type Bytes, concatBytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { sha256 } from '../../../main/common/e2ee/hkdf.ts';
import { parseFingerprint } from '../../../main/common/e2ee/identity.ts';
import type { FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_ACK_BYTES, FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { FileLinks, FileLinksHandler } from '../../../web-client/core/files/links/file-links-port.ts';
import { ReceivingLinks } from '../../../web-client/core/files/links/receiving-links.ts';
import { SendingLinks } from '../../../web-client/core/files/links/sending-links.ts';
import { ConnectionTurns } from '../../../web-client/core/peer/connection-turns.ts';
import { OwnNetwork } from '../../../web-client/core/peer/own-network.ts';
import { blockWords, digestOverBlocks } from './link-blocks.ts';

export interface LinkReport {
  /** Blocks that came whole, or whose acks did. */
  readonly blocks: number;
  /** SHA-256 over those that came, by number. */
  readonly digest: string;
  /** Of what the other side's browser says that it takes in a message. */
  readonly takenMaxBytes: number;
  readonly ended: number;
  readonly refused: readonly string[];
}

declare global {
  interface Window {
    linkPage: LinkPage;
  }
}

/** A number and its place go before what a frame holds. */
const HEADER_BYTES = 8;

class LinkPage implements FileLinksHandler {
  #links: FileLinks | null = null;
  readonly #signals: FileLinkBody[] = [];
  readonly #due: number[] = [];
  readonly #onWay = new Map<number, number[]>();
  readonly #coming = new Map<number, Bytes[]>();
  readonly #whole = new Map<number, Bytes>();
  readonly #connections: RTCPeerConnection[] = [];
  readonly #refused: string[] = [];
  #acked = 0;
  #ended = 0;
  #certificate: RTCCertificate | null = null;

  /** Makes the page's certificate; its SHA-256. */
  async identity(): Promise<string> {
    const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
    this.#certificate = await RTCPeerConnection.generateCertificate(algorithm);
    const [{ value = '' } = {}] = this.#certificate.getFingerprints();
    return toBase64Url(parseFingerprint(value) ?? new Uint8Array());
  }

  /** Asked for, a microphone has the browser tell addresses instead of names. */
  async open(direction: 'sending' | 'receiving', fp: string): Promise<void> {
    const certificates = this.#certificate === null ? [] : [this.#certificate];
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
    const time = {
      clock: () => performance.now(),
      timers: {
        setTimeout: (callback: () => void, delayMs: number) => setTimeout(callback, delayMs),
        clearTimeout: (handle: unknown) => clearTimeout(handle as number),
      },
    };
    const Links = direction === 'sending' ? SendingLinks : ReceivingLinks;
    this.#links = new Links(
      {
        ...time,
        crypto,
        ownNetwork: new OwnNetwork(),
        fp: fromBase64Url(fp) ?? new Uint8Array(),
        connections: {
          create: () => {
            const connection = new RTCPeerConnection({ certificates, bundlePolicy: 'max-bundle' });
            this.#connections.push(connection);
            return connection;
          },
          relayOnly: false,
        },
        turn: new ConnectionTurns(time).pair(),
        canTalk: () => true,
        byRelay: () => false,
      },
      this,
    );
  }

  takeSignals(): readonly FileLinkBody[] {
    return this.#signals.splice(0);
  }

  giveSignals(bodies: readonly FileLinkBody[]): void {
    for (const body of bodies) this.#links?.handleSignal(body);
  }

  begin(blocks: number): void {
    this.#due.push(...Array.from({ length: blocks }, (_, block) => block));
    this.#links?.setBusy(true);
    this.#links?.wake();
  }

  rest(): void {
    this.#links?.setBusy(false);
  }

  async report(): Promise<LinkReport> {
    const digests = [...this.#whole].sort(([a], [b]) => a - b).map(([, digest]) => digest);
    return {
      blocks: Math.max(this.#acked, this.#whole.size),
      digest: await digestOverBlocks(digests),
      takenMaxBytes: Math.max(...this.#connections.map(({ sctp }) => sctp?.maxMessageSize ?? 0)),
      ended: this.#ended,
      refused: this.#refused,
    };
  }

  send(body: FileLinkBody): void {
    this.#signals.push(body);
  }

  async pull(link: number) {
    const block = this.#due.shift();
    if (block === undefined) return null;
    this.#onWay.set(link, [...(this.#onWay.get(link) ?? []), block]);
    return framesOf(block, this.#links?.messageMaxBytes ?? 0);
  }

  onMessage(link: number, data: ArrayBuffer): void {
    if (data.byteLength === FILE_ACK_BYTES) {
      this.#acked++;
      this.#onWay.get(link)?.shift();
    } else void this.#take(link, data);
  }

  onLinkEnd(link: number): void {
    this.#ended++;
    this.#due.unshift(...(this.#onWay.get(link) ?? []));
    this.#onWay.delete(link);
    this.#coming.delete(link);
    this.#links?.wake();
  }

  onRefused(reason: string): void {
    this.#refused.push(reason);
  }

  onChange(): void {}

  async #take(link: number, data: ArrayBuffer): Promise<void> {
    const parts = this.#coming.get(link) ?? [];
    const [block = -1, offset] = new Uint32Array(data, 0, 2);
    const filled = parts.reduce((sum, { length }) => sum + length, 0);
    if (offset !== filled) throw new Error(`${offset} came in the place of ${filled}`);
    parts.push(new Uint8Array(data, HEADER_BYTES));
    this.#coming.set(link, parts);
    if (filled + data.byteLength - HEADER_BYTES < FILE_BLOCK_BYTES) return;
    this.#coming.delete(link);
    this.#whole.set(block, await sha256(crypto, concatBytes(...parts)));
    this.#links?.sendAck(link, new ArrayBuffer(FILE_ACK_BYTES));
  }
}

function framesOf(block: number, messageMaxBytes: number): ArrayBuffer[] {
  const words = blockWords(block);
  const step = messageMaxBytes - HEADER_BYTES;
  return Array.from({ length: Math.ceil(FILE_BLOCK_BYTES / step) }, (_, index) => {
    const part = new Uint8Array(words.buffer, index * step, Math.min(step, FILE_BLOCK_BYTES - index * step));
    const frame = new Uint8Array(HEADER_BYTES + part.length);
    new Uint32Array(frame.buffer, 0, 2).set([block, index * step]);
    frame.set(part, HEADER_BYTES);
    return frame.buffer;
  });
}

window.linkPage = new LinkPage();
