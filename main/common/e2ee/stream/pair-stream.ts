/** Owns the ordered, lossless stream of boxes to and from one person, over three paths that may lose, double and reorder. */

import type { Bytes } from '../../bytes.ts';
import { type Disposable, toDisposable } from '../../lifecycle.ts';
import { type BodyMap, parseBody } from '../../protocol/bodies.ts';
import type { SignalType } from '../../protocol/messages.ts';
import { STREAM_ACK_DELAY_MS } from '../../protocol/peer-limits.ts';
import type { Result } from '../../result.ts';
import { SerialQueue } from '../../timing/serial-queue.ts';
import { Timeout } from '../../timing/timeout.ts';
import type { BoxFailure, OpenedBox } from '../box.ts';
import { ReceiveWindow } from './receive-window.ts';
import type { KeptBox, StreamedBody } from './send-window.ts';
import type { SendBox, StreamPath } from './stream-paths.ts';
import { StreamSender, type StreamSenderOptions } from './stream-sender.ts';

/** What the owner of a pair is told. Each of these may call the stream. */
export interface PairStreamHandler {
  /** One body, in order and exactly once; the next waits until the promise settles. */
  onBody(typed: StreamedBody, path: StreamPath): void | Promise<void>;
  /** A box, duplicates and acks too, that came by this path has opened; `via` as its `receive` was told. */
  onOpened(path: StreamPath, via: object | null): void;
  /** The peer has taken this box. */
  onDelivered(seq: number): void;
  /** This box is not sent any more; the peer may or may not have taken it. */
  onGivenUp(seq: number): void;
  /** A box that came by this path did not open, or does not hold what its type demands. No body of it is applied. */
  onRefused(reason: BoxFailure, path: StreamPath): void;
  /** No more boxes can be sealed under this key: the pair must end. The stream is closed. */
  onExhausted(): void;
}

export interface PairStreamOptions extends StreamSenderOptions {
  open(box: Bytes): Promise<Result<OpenedBox, BoxFailure>>;
}

interface Arrived {
  /** null: authentic, but not of the shape its type demands. It takes its turn and is not applied. */
  readonly typed: StreamedBody | null;
  readonly path: StreamPath;
}

export class PairStream {
  readonly #options: PairStreamOptions;
  readonly #sender: StreamSender;
  readonly #incoming = new ReceiveWindow<Arrived>();
  #handler: PairStreamHandler | null = null;
  #present = false;
  #peerProven = false;
  #closed = false;
  #sasGivenUp: BodyMap['sas'][] = [];
  /** Each box is opened, and all it makes ready applied, before the next. */
  readonly #receiving = new SerialQueue();
  readonly #ackDue: Timeout;
  /** An ack was due and none has gone out since. */
  #ackOwed = false;

  constructor(options: PairStreamOptions) {
    this.#options = options;
    this.#ackDue = new Timeout(options.timers);
    this.#sender = new StreamSender(options, {
      ack: () => this.#incoming.ack,
      onSent: (ack) => this.#handleSent(ack),
      onGivenUp: (givenUp) => this.#handleGivenUp(givenUp),
      onExhausted: () => this.#handleExhausted(),
    });
  }

  /** Whether the peer is there, as `setPresent` said last. */
  get present(): boolean {
    return this.#present;
  }

  /** Whether a box of the peer has ever opened: it has the private half of its key, and is no name from a roster. */
  get peerProven(): boolean {
    return this.#peerProven;
  }

  /** Sets who is told. Without a handler, boxes that arrive are dropped as if lost. */
  attach(handler: PairStreamHandler): Disposable {
    this.#handler = handler;
    void this.#receiving.run(() => this.#applyInOrder());
    return toDisposable(() => {
      if (this.#handler === handler) this.#handler = null;
    });
  }

  /** Opens, replaces or closes (null) a path. What is kept goes out again by one that opens. */
  setPath(path: StreamPath, send: SendBox | null): void {
    this.#sender.setPath(path, send);
    if (send !== null && this.#ackOwed) this.sendAck();
  }

  /**
   * Tells whether the peer is in a roster or its data channel is open. Away gives up all that is kept. Back sends every
   * `sas` body given up before, as new boxes. The counters never start again.
   */
  setPresent(present: boolean): void {
    if (this.#closed || present === this.#present) return;
    this.#present = present;
    if (present) {
      const again = this.#sasGivenUp;
      this.#sasGivenUp = [];
      for (const body of again) this.send('sas', body);
    } else {
      this.#cancelAck();
      this.#sender.giveUpAll();
    }
  }

  /**
   * Seals a body and keeps it until it is acknowledged. Its number is assigned at once. null when nothing was taken:
   * the peer is away (a `sas` body is remembered), the stream is closed, or the body is too large for a box.
   */
  send<Type extends StreamedBody['type']>(type: Type, body: BodyMap[Type]): number | null {
    if (this.#closed) return null;
    const typed = { type, body } as StreamedBody;
    if (this.#present) return this.#sender.send(typed);
    if (typed.type === 'sas') this.#sasGivenUp.push(typed.body);
    return null;
  }

  /** Sends an ack now, as each side does when the data channel opens: it binds the connection to the pair (RFC 8844). */
  sendAck(): void {
    if (this.#closed || !this.#present) return;
    this.#ackOwed = true;
    if (this.#sender.anyPathOpen) this.#sender.sendAck();
  }

  /**
   * Takes a box that came by a path; settles when it has been opened and all it made ready has been applied, and
   * rejects only if the handler does.
   * @param claimedType the JSON type beside the box, which must be the box's own; null on the data channel, where none is
   * @param via stands for the connection whose data channel brought the box
   */
  receive(
    path: StreamPath,
    claimedType: SignalType | null,
    box: Bytes,
    via: object | null = null,
  ): Promise<void> {
    if (this.#handler === null || this.#closed) return Promise.resolve();
    return this.#receiving.run(() => this.#openAndApply(path, claimedType, box, via));
  }

  /** Ends the stream for good: gives up what is kept, seals and opens nothing more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelAck();
    this.#sender.close();
  }

  /** Ends the stream as `close` does, after one last body that goes out once, by every path open now, and may get lost. */
  closeWith<Type extends StreamedBody['type']>(type: Type, body: BodyMap[Type]): void {
    if (!this.#closed && this.#present) this.#sender.sendLast({ type, body } as StreamedBody);
    this.close();
  }

  async #openAndApply(
    path: StreamPath,
    claimedType: SignalType | null,
    box: Bytes,
    via: object | null,
  ): Promise<void> {
    const opened = this.#closed ? null : await this.#options.open(box);
    const handler = this.#handler;
    if (this.#closed || opened === null || handler === null) return;
    if (!opened.ok) return handler.onRefused(opened.error, path);
    this.#peerProven = true;
    const { header, json } = opened.value;
    const { type, seq } = header;
    const claimHolds = claimedType === null || claimedType === type;
    const numberHolds = (type === 'ack') === (seq === 0);
    if (type === 'room' || !claimHolds || !numberHolds) return handler.onRefused('box-refused', path);
    const body = parseBody(type, json);
    if (body.ok) handler.onOpened(path, via);
    else handler.onRefused('box-refused', path);
    if (this.#closed) return;
    for (const delivered of this.#sender.acknowledge(header.ack)) this.#handler?.onDelivered(delivered);
    this.#sender.handleLife(path);
    this.#incoming.advanceTo(header.base);
    if (seq > 0) {
      const typed = body.ok ? ({ type, body: body.value } as StreamedBody) : null;
      this.#incoming.hold(seq, { typed, path });
      this.#armAck();
    }
    await this.#applyInOrder();
  }

  async #applyInOrder(): Promise<void> {
    while (this.#handler !== null && !this.#closed) {
      const arrived = this.#incoming.take();
      if (arrived === undefined) return;
      if (arrived.typed !== null) await this.#handler.onBody(arrived.typed, arrived.path);
    }
  }

  #armAck(): void {
    if (!this.#ackDue.pending) this.#ackDue.set(() => this.sendAck(), STREAM_ACK_DELAY_MS);
  }

  #cancelAck(): void {
    this.#ackDue.clear();
    this.#ackOwed = false;
  }

  /** An ack by itself is needless once a box went back that tells all there is to tell. */
  #handleSent(ack: number): void {
    if (ack === this.#incoming.ack) this.#cancelAck();
  }

  /** A `sas` body must not get lost with its box: the other side waits for this one and takes no other. */
  #handleGivenUp(givenUp: readonly KeptBox[]): void {
    for (const { seq } of givenUp) this.#handler?.onGivenUp(seq);
    for (const { typed } of givenUp) if (typed.type === 'sas') this.send('sas', typed.body);
  }

  #handleExhausted(): void {
    if (this.#closed) return;
    this.close();
    this.#handler?.onExhausted();
  }
}
