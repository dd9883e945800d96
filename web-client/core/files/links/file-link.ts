/** Owns one link: a connection without a voice whose one data channel carries frames of files, from its first signal to its end. */

import { hasFingerprint } from '../../../../main/common/e2ee/identity.ts';
import type { Disposable } from '../../../../main/common/lifecycle.ts';
import type { FileLinkBody } from '../../../../main/common/protocol/file-bodies.ts';
import {
  FILE_LINK_OPEN_MS,
  FILE_MESSAGE_LEAST_BYTES,
  FILE_MESSAGE_MAX_BYTES,
} from '../../../../main/common/protocol/file-limits.ts';

import { CANDIDATES } from '../../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../../main/common/timing/timeout.ts';
import { TokenBucket } from '../../../../main/common/timing/token-bucket.ts';
import type { ChannelLike, PeerConnectionLike, StatsReportLike } from '../../browser-api.ts';
import { ConnectionSignals } from '../../peer/connection-signals.ts';
import type { FileLinksOptions, LinkRefusal } from './file-links-port.ts';
import { readLinkDescription } from './link-description.ts';

export type LinkSignal = FileLinkBody['signal'];

/** What a browser says of a way that is gone, and comes back by itself if that was but a moment. */
const DISCONNECTED_GRACE_MS = 3_000;

/** The same for all links of a pair and direction. */
export interface FileLinkTools
  extends Pick<FileLinksOptions, 'crypto' | 'clock' | 'timers' | 'ownNetwork' | 'fp'> {
  /** For the other side's candidates, over all links. */
  readonly candidates: TokenBucket;
  readonly relayOnly: () => boolean;
}

export function fileLinkTools(options: FileLinksOptions): FileLinkTools {
  return {
    ...options,
    candidates: new TokenBucket(CANDIDATES, options.clock()),
    relayOnly: () => options.connections.relayOnly,
  };
}

export interface FileLinkHandler {
  onSignal(signal: LinkSignal): void;
  /** It carries, and is known to lead to the other side. */
  onOpen(): void;
  onMessage(data: ArrayBuffer): void;
  /** It failed, or did not come about; called once, and not after `dispose`. */
  onEnd(): void;
  onRefused(reason: LinkRefusal): void;
}

/** Negotiated once; what breaks is not mended, for another is as soon made. */
export class FileLink implements Disposable {
  readonly #connection: PeerConnectionLike;
  readonly #tools: FileLinkTools;
  readonly #takesMaxBytes: number;
  readonly #handler: FileLinkHandler;
  readonly #signals: ConnectionSignals;
  readonly #offering: boolean;
  readonly #deadline: Timeout;
  readonly #patience: Timeout;
  #channel: ChannelLike | null = null;
  #described = false;
  #over = false;

  /** @param takesMaxBytes more in one message is refused */
  constructor(
    connection: PeerConnectionLike,
    offering: boolean,
    takesMaxBytes: number,
    tools: FileLinkTools,
    handler: FileLinkHandler,
  ) {
    this.#connection = connection;
    this.#tools = tools;
    this.#takesMaxBytes = takesMaxBytes;
    this.#handler = handler;
    this.#offering = offering;
    this.#deadline = new Timeout(tools.timers);
    this.#patience = new Timeout(tools.timers);
    this.#signals = new ConnectionSignals(
      connection,
      { ...tools, polite: !offering, firstAnswer: { kind: 'at-once' }, isCrowded: () => true },
      {
        onDescription: (type, sdp) => handler.onSignal({ type, sdp }),
        onCandidates: (candidates) => handler.onSignal({ type: 'ice', candidates }),
        onAddress: () => {},
        onOfferApplied: () => this.#openChannel(),
        onAnswerApplied: () => {},
        onBroken: () => this.#end(),
      },
    );
    // Ours is negotiated, and opens without this event.
    connection.addEventListener('datachannel', ({ channel }) => {
      channel.close();
      this.#refuse('not-a-call');
    });
    connection.addEventListener('connectionstatechange', () => this.#handleState());
    this.#deadline.set(() => this.#end(), FILE_LINK_OPEN_MS);
    if (!offering) return;
    this.#openChannel();
    this.#signals.start();
  }

  /** null before an offer was applied. */
  get channel(): ChannelLike | null {
    return this.#channel;
  }

  get messageMaxBytes(): number {
    return Math.min(
      FILE_MESSAGE_MAX_BYTES,
      this.#connection.sctp?.maxMessageSize ?? FILE_MESSAGE_LEAST_BYTES,
    );
  }

  stats(): Promise<StatsReportLike> {
    return this.#connection.getStats();
  }

  handleSignal(signal: Exclude<LinkSignal, { readonly type: 'end' }>): void {
    if (this.#over) return;
    if (signal.type === 'ice') {
      this.#signals.handleCandidates(signal.candidates);
      return;
    }
    // There is one offer, and one answer to it.
    if (this.#described || (signal.type === 'answer') !== this.#offering) return;
    this.#described = true;
    const read = readLinkDescription(signal.sdp, this.#tools.fp);
    if (read.ok) this.#signals.handleDescription(signal.type, read.value);
    else this.#refuse(read.error);
  }

  /** Whether the browser took it. */
  send(data: ArrayBuffer): boolean {
    try {
      this.#channel?.send(data);
      return this.#channel?.readyState === 'open';
    } catch {
      return false;
    }
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#deadline.dispose();
    this.#patience.dispose();
    this.#signals.dispose();
    this.#channel?.close();
    this.#connection.close();
  }

  #openChannel(): void {
    const channel = this.#connection.createDataChannel('file', {
      negotiated: true,
      id: 0,
      ordered: true,
      priority: 'low',
    });
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('open', () => void this.#handleOpen());
    channel.addEventListener('close', () => this.#end());
    channel.addEventListener('message', ({ data }) => this.#handleMessage(data));
    this.#channel = channel;
  }

  async #handleOpen(): Promise<void> {
    const { crypto, fp } = this.#tools;
    const certificate = this.#connection.sctp?.transport.getRemoteCertificates?.()[0];
    const isTheirs = certificate === undefined || (await hasFingerprint(crypto, certificate, fp));
    if (this.#over) return;
    this.#deadline.clear();
    if (isTheirs) this.#handler.onOpen();
    else this.#refuse('fingerprint');
  }

  #handleMessage(data: unknown): void {
    if (this.#over) return;
    if (data instanceof ArrayBuffer && data.byteLength <= this.#takesMaxBytes) this.#handler.onMessage(data);
    else this.#refuse('flooding');
  }

  #handleState(): void {
    const { connectionState } = this.#connection;
    if (connectionState === 'failed') this.#end();
    else if (connectionState !== 'disconnected') this.#patience.clear();
    else if (!this.#patience.pending) this.#patience.set(() => this.#end(), DISCONNECTED_GRACE_MS);
  }

  #end(): void {
    if (this.#over) return;
    this.dispose();
    this.#handler.onEnd();
  }

  #refuse(reason: LinkRefusal): void {
    if (this.#over) return;
    this.dispose();
    this.#handler.onRefused(reason);
  }
}
