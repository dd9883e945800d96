/** Owns the way out of a pair's stream: seals each body once, sends in order, and sends again until acknowledged. */

import type { Bytes } from '../../bytes.ts';
import type { ClockMs, TimersLike } from '../../platform.ts';
import type { SignalType } from '../../protocol/messages.ts';
import { SEALS_PER_KEY_MAX, STREAM_RESEND_DELAYS_MS, STREAM_SEQ_MAX } from '../../protocol/peer-limits.ts';
import { SerialQueue } from '../../timing/serial-queue.ts';
import { Timeout } from '../../timing/timeout.ts';
import { type BoxHeader, boxSizeBytes } from '../box.ts';
import { type KeptBox, SendWindow, type StreamedBody } from './send-window.ts';
import { type SendBox, type StreamPath, StreamPaths } from './stream-paths.ts';

export interface StreamSenderOptions {
  /** Encodes a body; its length decides the box's size before it is sealed. */
  encode(body: object): Bytes;
  seal(header: BoxHeader, json: Bytes): Promise<Bytes>;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Where a key's use ends; a test sets them low. */
  readonly limits?: { readonly seqMax: number; readonly sealsMax: number };
}

export interface StreamSenderEvents {
  /** The highest number taken from the peer in order, for the next header. */
  ack(): number;
  /** A new box, with this ack in its header, has gone out. */
  onSent(ack: number): void;
  onGivenUp(givenUp: readonly KeptBox[]): void;
  /** Nothing more can be sealed under this key. */
  onExhausted(): void;
}

export class StreamSender {
  readonly #options: StreamSenderOptions;
  readonly #events: StreamSenderEvents;
  readonly #seqMax: number;
  #sealsLeft: number;
  readonly #window = new SendWindow();
  readonly #paths = new StreamPaths();
  /** What was sealed first goes out first. */
  readonly #sending = new SerialQueue();
  readonly #resendDue: Timeout;
  /** Resends since the oldest box or the paths changed. */
  #resends = 0;
  /** How many there were when the peer last showed life. */
  #resendsAtLife = 0;
  #closed = false;

  constructor(options: StreamSenderOptions, events: StreamSenderEvents) {
    this.#options = options;
    this.#events = events;
    this.#resendDue = new Timeout(options.timers);
    this.#seqMax = options.limits?.seqMax ?? STREAM_SEQ_MAX;
    this.#sealsLeft = options.limits?.sealsMax ?? SEALS_PER_KEY_MAX;
  }

  get anyPathOpen(): boolean {
    return this.#paths.anyOpen;
  }

  /** Opens, replaces or closes a path. What is kept goes out again by one that opens; by passing once nothing else is open. */
  setPath(path: StreamPath, send: SendBox | null): void {
    const wasPassed = this.#paths.isOnly('passing');
    this.#paths.set(path, send);
    const isPassed = !wasPassed && this.#paths.isOnly('passing');
    if (isPassed || (send !== null && path !== 'passing')) {
      this.#resends = 0;
      this.#sendAgain(() => (isPassed ? 'passing' : path));
    }
    this.#armTimer();
  }

  /** Numbers, seals and sends a body; its number, or null when it does not fit a box or nothing can be sealed. */
  send(typed: StreamedBody): number | null {
    const json = this.#options.encode(typed.body);
    const sizeBytes = boxSizeBytes(json.length);
    if (sizeBytes === null || !this.#maySeal()) return null;
    const givenUp = this.#window.makeRoom(sizeBytes);
    const kept = this.#window.add(typed, sizeBytes);
    this.#sealInOrder(typed.type, kept.seq, json, (box, ack) => {
      if (!this.#window.keeps(kept)) return;
      kept.box = box;
      const path = this.#paths.preferred(typed.type);
      if (path === null) return;
      this.#transmit(kept, box, path);
      this.#events.onSent(ack);
      this.#armTimer();
    });
    if (givenUp.length > 0) this.#events.onGivenUp(givenUp);
    return kept.seq;
  }

  /** Seals and sends an ack, which has no number and is not kept. */
  sendAck(): void {
    if (!this.#maySeal()) return;
    this.#sealInOrder('ack', 0, this.#options.encode({}), (box, ack) => {
      const path = this.#paths.preferred('ack');
      if (path === null) return;
      this.#paths.send(path, 'ack', box);
      this.#events.onSent(ack);
    });
  }

  /** Seals a body that follows on all sent before, and hands it once to every path that is open now, come what may. */
  sendLast(typed: StreamedBody): void {
    const json = this.#options.encode(typed.body);
    const sizeBytes = boxSizeBytes(json.length);
    if (sizeBytes === null || !this.#maySeal()) return;
    const { seq } = this.#window.add(typed, sizeBytes);
    const header = { type: typed.type, seq, base: seq, ack: this.#events.ack() };
    const sendToAll = this.#paths.snapshot();
    this.#sealsLeft--;
    void this.#options.seal(header, json).then(
      (box) => sendToAll(typed.type, box),
      () => {},
    );
  }

  /** Drops what the peer has taken and returns their numbers. */
  acknowledge(ack: number): readonly number[] {
    const taken = this.#window.acknowledge(ack);
    if (taken.length > 0) {
      this.#resends = 0;
      this.#resendsAtLife = 0;
      this.#armTimer();
    }
    return taken.map(({ seq }) => seq);
  }

  /**
   * The peer showed by this path that it can hear again: what has waited for longer than the first time goes at once, not after a
   * long silence's pause. Once a pause, so that who acknowledges nothing has no more sent than without.
   */
  handleLife(path: StreamPath): void {
    const sent = this.#window.oldest?.sent;
    if (!sent || this.#resends === this.#resendsAtLife || !this.#paths.isOpen(path)) return;
    if (this.#options.clock() - sent.atMs < (STREAM_RESEND_DELAYS_MS[0] ?? 0)) return;
    this.#resendsAtLife = this.#resends;
    this.#sendAgain(() => path);
    this.#armTimer();
  }

  giveUpAll(): void {
    const givenUp = this.#window.giveUpAll();
    this.#resends = 0;
    this.#armTimer();
    if (givenUp.length > 0) this.#events.onGivenUp(givenUp);
  }

  /** Gives up all and seals nothing more. */
  close(): void {
    this.#closed = true;
    this.giveUpAll();
  }

  #maySeal(): boolean {
    if (this.#closed) return false;
    if (this.#window.next < this.#seqMax && this.#sealsLeft > 0) return true;
    this.#events.onExhausted();
    return false;
  }

  /** Fixes the header and starts sealing now; hands the boxes over in the order of the calls. */
  #sealInOrder(
    type: SignalType,
    seq: number,
    json: Bytes,
    onSealed: (box: Bytes, ack: number) => void,
  ): void {
    const ack = this.#events.ack();
    this.#sealsLeft--;
    const sealed = this.#options.seal({ type, seq, base: this.#window.base, ack }, json).catch(() => null);
    void this.#sending.run(async () => {
      const box = await sealed;
      if (this.#closed) return;
      if (box === null) this.#events.onExhausted();
      else onSealed(box, ack);
    });
  }

  #transmit(kept: KeptBox, box: Bytes, path: StreamPath): void {
    kept.sent = { path, atMs: this.#options.clock() };
    this.#paths.send(path, kept.typed.type, box);
  }

  /**
   * A carrier is passed on itself only where nothing else is open. Where all are slow it would else go again inside another carrier, that
   * one as well, and so on.
   */
  #sendAgain(pathOf: (kept: KeptBox) => StreamPath | null): void {
    for (const kept of this.#window.kept()) {
      const turn = kept.box && pathOf(kept);
      const path =
        turn === 'passing' && isCarrier(kept.typed) ? this.#paths.preferred(kept.typed.type) : turn;
      if (kept.box && path) this.#transmit(kept, kept.box, path);
    }
  }

  /** Waits for the oldest box; anew each time that box, the paths or the number of resends change. */
  #armTimer(): void {
    this.#resendDue.clear();
    const sent = this.#window.oldest?.sent;
    if (!sent || !this.#paths.anyOpen) return;
    const last = STREAM_RESEND_DELAYS_MS.length - 1;
    const delayMs = STREAM_RESEND_DELAYS_MS[Math.min(this.#resends, last)] ?? 0;
    const waitMs = Math.max(0, sent.atMs + delayMs - this.#options.clock());
    this.#resendDue.set(() => this.#resend(), waitMs);
  }

  #resend(): void {
    this.#resends++;
    this.#sendAgain((kept) =>
      kept.sent === null
        ? this.#paths.preferred(kept.typed.type)
        : this.#paths.after(kept.sent.path, kept.typed.type),
    );
    this.#armTimer();
  }
}

/** Whether a box of two others stands in it. */
function isCarrier({ type, body }: StreamedBody): boolean {
  return type === 'pair' && (body.kind === 'pass' || body.kind === 'passed');
}
