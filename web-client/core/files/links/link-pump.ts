/** Owns what one link sends: blocks are pulled as it has room for them, so that neither memory nor a voice bears a heap that waits. */

import type { Disposable } from '../../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../../main/common/platform.ts';
import { Timeout } from '../../../../main/common/timing/timeout.ts';
import type { ChannelLike } from '../../browser-api.ts';
import type { PulledBlock } from './file-links-port.ts';
import type { SendPace } from './send-pace.ts';

/** What a link has given the browser and not yet to the network: half a second's worth, within these. */
const ROOM_LEAST_BYTES = 262_144;
/** Chromium takes 16 MiB and then throws, Firefox loses what is above 64 MiB without a word. */
const ROOM_MOST_BYTES = 4_194_304;
const ROOM_SECONDS = 0.5;
/** Of the room: when so little of it is left, more is sent. */
const LOW_SHARE = 0.25;

export interface LinkPumpOptions {
  readonly channel: ChannelLike;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly pace: SendPace;
  readonly pull: () => Promise<PulledBlock | null>;
  /** The browser has copied it. */
  readonly onSent: (frame: ArrayBuffer) => void;
  /** The browser takes no more. */
  readonly onFailed: () => void;
}

export class LinkPump implements Disposable {
  readonly #options: LinkPumpOptions;
  readonly #frames: ArrayBuffer[] = [];
  #pulling = false;
  /** There was nothing to pull. */
  #starved = false;
  /** Somebody said that there is, perhaps while it was asked for. */
  #woken = false;
  #stopped = false;
  #over = false;
  #roomBytes = ROOM_LEAST_BYTES;
  #sentBytes = 0;
  /** Blocks that were begun, and whose acks have not come. */
  #outstanding = 0;
  #measured: { readonly atMs: number; readonly bytes: number };
  #movedAtMs: number;
  readonly #paced: Timeout;

  constructor(options: LinkPumpOptions) {
    this.#options = options;
    this.#paced = new Timeout(options.timers);
    this.#movedAtMs = options.clock();
    this.#measured = { atMs: this.#movedAtMs, bytes: 0 };
    options.channel.addEventListener('bufferedamountlow', () => this.#go());
    this.#setRoom(ROOM_LEAST_BYTES);
  }

  get starved(): boolean {
    return this.#starved;
  }

  /** Nothing of what it sent is unacknowledged. */
  get clear(): boolean {
    return this.#outstanding === 0;
  }

  /** How long nothing has moved that should; 0 while nothing is due, or it waits for its turn. */
  get silentMs(): number {
    return this.clear || this.#paced.pending ? 0 : this.#options.clock() - this.#movedAtMs;
  }

  /** There is something to pull again. */
  wake(): void {
    this.#starved = false;
    this.#woken = true;
    this.#go();
  }

  /** Nothing more is pulled; what was begun is sent. */
  stop(): void {
    this.#stopped = true;
  }

  /** Whether an ack is due: there is one for each block. */
  takeAck(): boolean {
    if (this.#outstanding === 0) return false;
    this.#outstanding--;
    this.#movedAtMs = this.#options.clock();
    return true;
  }

  /** Bytes that went to the network since the last look. */
  measure(): number {
    const nowMs = this.#options.clock();
    const before = this.#measured;
    const bytes = this.#sentBytes - this.#options.channel.bufferedAmount;
    const moved = bytes - before.bytes;
    this.#measured = { atMs: nowMs, bytes };
    if (moved > 0) this.#movedAtMs = nowMs;
    if (nowMs > before.atMs) this.#setRoom((moved * 1_000 * ROOM_SECONDS) / (nowMs - before.atMs));
    // No event comes where the bound has risen above what is there.
    this.#go();
    return Math.max(0, moved);
  }

  dispose(): void {
    this.#over = true;
    this.#paced.dispose();
    this.#frames.length = 0;
  }

  #setRoom(bytes: number): void {
    this.#roomBytes = Math.min(Math.max(bytes, ROOM_LEAST_BYTES), ROOM_MOST_BYTES);
    this.#options.channel.bufferedAmountLowThreshold = this.#roomBytes * LOW_SHARE;
  }

  get #hasRoom(): boolean {
    return this.#options.channel.bufferedAmount <= this.#roomBytes;
  }

  #go(): void {
    if (this.#over || this.#pulling || this.#paced.pending) return;
    const { clock, pace } = this.#options;
    for (let frame = this.#frames[0]; frame !== undefined; frame = this.#frames[0]) {
      if (!this.#hasRoom) return;
      const waitMs = pace.take(frame.byteLength, clock());
      if (waitMs > 0) {
        this.#movedAtMs = clock();
        this.#paced.set(() => this.#go(), waitMs);
        return;
      }
      this.#frames.shift();
      if (!this.#send(frame)) return;
    }
    if (this.#hasRoom && !this.#starved && !this.#stopped) void this.#pull();
  }

  #send(frame: ArrayBuffer): boolean {
    try {
      const { byteLength } = frame;
      this.#options.channel.send(frame);
      this.#sentBytes += byteLength;
      this.#options.onSent(frame);
      return true;
    } catch {
      this.dispose();
      this.#options.onFailed();
      return false;
    }
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    this.#woken = false;
    const block = await this.#options.pull();
    this.#pulling = false;
    if (this.#over) return;
    if (block !== null) {
      if (this.clear) this.#movedAtMs = this.#options.clock();
      this.#outstanding++;
      this.#frames.push(...block);
    } else {
      this.#starved = !this.#woken;
    }
    this.#go();
  }
}
