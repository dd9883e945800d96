/** Owns the way out of a pair's stream: seals each body once, sends in order, and sends again until acknowledged. */

import type { Bytes } from '../../bytes.ts';
import type { ClockMs, TimersLike } from '../../platform.ts';
import type { SignalType } from '../../protocol/messages.ts';
import { SEALS_PER_KEY_MAX, STREAM_SEQ_MAX, STREAM_WINDOW } from '../../protocol/peer-limits.ts';
import { SerialQueue } from '../../timing/serial-queue.ts';
import { Timeout } from '../../timing/timeout.ts';
import { type BoxHeader, boxSizeBytes } from '../box.ts';
import { ResendTimeout } from './resend-timeout.ts';
import { type KeptBox, type Sending, SendWindow, type StreamedBody } from './send-window.ts';
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
  readonly #timeout = new ResendTimeout();
  readonly #resendDue: Timeout;
  /** How many of the oldest may go again by the channel that took them. */
  #probes = 1;
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
      for (const kept of this.#window.kept()) this.#transmit(kept, isPassed ? 'passing' : path);
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
      this.#transmit(kept, path);
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
    const sendings = taken.flatMap(({ sent }) => sent ?? []);
    const newest = sendings.at(-1);
    if (newest && sendings.every(({ once }) => once))
      this.#timeout.noteRoundTrip(this.#options.clock() - newest.atMs);
    if (taken.length > 0) {
      const again = sendings.some(({ resends }) => resends > 0);
      this.#probes = again ? Math.min(2 * this.#probes, STREAM_WINDOW) : 1;
      this.#armTimer();
    }
    return taken.map(({ seq }) => seq);
  }

  /**
   * The peer showed by this path that it can hear again: what has waited for longer than the first time goes at once, not after a
   * long silence's pause. Once a pause, so that who acknowledges nothing has no more sent than without.
   */
  handleLife(path: StreamPath): void {
    if (!this.#paths.isOpen(path)) return;
    const sentBeforeMs = this.#options.clock() - this.#timeout.delayMs(0);
    for (const kept of this.#window.kept()) {
      const { sent } = kept;
      if (sent === null || sent.resends === 0 || sent.hastened || sent.atMs > sentBeforeMs) continue;
      if (this.#helps(kept, path)) this.#transmit(kept, path, { resends: sent.resends, hastened: true });
    }
    this.#armTimer();
  }

  giveUpAll(): void {
    const givenUp = this.#window.giveUpAll();
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

  #transmit(kept: KeptBox, path: StreamPath, { resends, hastened }: Again = FIRST): void {
    if (kept.box === null) return;
    const channel = path === 'channel' ? this.#paths.channel : (kept.sent?.channel ?? null);
    kept.sent = { path, atMs: this.#options.clock(), once: kept.sent === null, resends, hastened, channel };
    this.#paths.send(path, kept.typed.type, kept.box);
  }

  /**
   * A channel loses nothing while it is open, so what it took gains nothing by it again. Only the peer may have had too much at
   * once: the oldest finds out, and then twice as many each time (slow start, RFC 5681, section 3.1). A carrier is passed on
   * itself only where nothing else is open. Where all are slow each would else be sent once more, and the carrier inside
   * another one, that one as well, and so on.
   */
  #helps(kept: KeptBox, path: StreamPath): boolean {
    if (path === 'passing') return !isCarrier(kept.typed) || this.#paths.isOnly('passing');
    if (path === 'socket' || kept.sent?.channel !== this.#paths.channel) return true;
    return kept.seq < this.#window.base + this.#probes;
  }

  /** By what the box is to be sent again, once it has waited so long; null while that would not help. */
  #turnOf(kept: KeptBox): StreamPath | null {
    const turns = kept.sent === null ? [] : this.#paths.after(kept.sent.path, kept.typed.type);
    return turns.find((path) => this.#helps(kept, path)) ?? null;
  }

  #dueMsOf({ sent }: KeptBox): number {
    return sent === null ? Number.POSITIVE_INFINITY : sent.atMs + this.#timeout.delayMs(sent.resends);
  }

  /** Waits for the box that is due first; anew each time what is kept, the paths or the waits change. */
  #armTimer(): void {
    this.#resendDue.clear();
    const due = this.#window.kept().filter((kept) => this.#turnOf(kept) !== null);
    const firstMs = Math.min(...due.map((kept) => this.#dueMsOf(kept)));
    if (due.length > 0)
      this.#resendDue.set(() => this.#resend(), Math.max(0, firstMs - this.#options.clock()));
  }

  #resend(): void {
    const nowMs = this.#options.clock();
    for (const kept of this.#window.kept()) {
      const path = this.#dueMsOf(kept) <= nowMs ? this.#turnOf(kept) : null;
      if (path) this.#transmit(kept, path, { resends: (kept.sent?.resends ?? 0) + 1, hastened: false });
    }
    this.#armTimer();
  }
}

type Again = Pick<Sending, 'resends' | 'hastened'>;

const FIRST: Again = { resends: 0, hastened: false };

/** Whether a box of two others stands in it. */
function isCarrier({ type, body }: StreamedBody): boolean {
  return type === 'pair' && (body.kind === 'pass' || body.kind === 'passed');
}
