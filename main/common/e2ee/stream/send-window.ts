/** Owns the send window of one direction of a pair: what is numbered and kept until it is acknowledged or given up. Pure. */

import type { Bytes } from '../../bytes.ts';
import type { TypedBody } from '../../protocol/bodies.ts';
import { STREAM_KEPT_MAX_BOXES, STREAM_KEPT_MAX_BYTES } from '../../protocol/peer-limits.ts';
import type { StreamPath } from './stream-paths.ts';

/** All bodies that have a number in the stream; an ack has none. */
export type StreamedBody = Exclude<TypedBody, { readonly type: 'ack' }>;

/** How a box was last sent, and when (clock of the stream). */
export interface Sending {
  readonly path: StreamPath;
  readonly atMs: number;
  /** What acknowledges it tells how long that took. */
  readonly once: boolean;
  /** How often it was sent again since a path opened, each time because nothing had acknowledged it. */
  readonly resends: number;
  /** Went out of turn since then, when the peer showed life. */
  readonly hastened: boolean;
  /** The last channel that took it. */
  readonly channel: number | null;
}

/** A body with its number, and its box once sealed. */
export interface KeptBox {
  readonly seq: number;
  readonly typed: StreamedBody;
  readonly sizeBytes: number;
  box: Bytes | null;
  sent: Sending | null;
}

export class SendWindow {
  readonly #kept = new Map<number, KeptBox>();
  #next = 1;
  #keptBytes = 0;

  /** The number of the next box. */
  get next(): number {
    return this.#next;
  }

  /** The lowest number still kept, or the next one: below it nothing is sent again. */
  get base(): number {
    return this.#kept.values().next().value?.seq ?? this.#next;
  }

  /** All that is kept, in order. */
  kept(): readonly KeptBox[] {
    return [...this.#kept.values()];
  }

  keeps({ seq }: KeptBox): boolean {
    return this.#kept.has(seq);
  }

  /** Gives up the oldest until a box of this size fits the limits; returns them. */
  makeRoom(sizeBytes: number): readonly KeptBox[] {
    const givenUp: KeptBox[] = [];
    for (const kept of this.#kept.values()) {
      const bytesFit = this.#keptBytes + sizeBytes <= STREAM_KEPT_MAX_BYTES;
      if (bytesFit && this.#kept.size < STREAM_KEPT_MAX_BOXES) break;
      this.#drop(kept);
      givenUp.push(kept);
    }
    return givenUp;
  }

  add(typed: StreamedBody, sizeBytes: number): KeptBox {
    const kept: KeptBox = { seq: this.#next++, typed, sizeBytes, box: null, sent: null };
    this.#kept.set(kept.seq, kept);
    this.#keptBytes += sizeBytes;
    return kept;
  }

  /** Drops and returns what the peer has taken; an ack above what was sent is ignored. */
  acknowledge(ack: number): readonly KeptBox[] {
    const taken: KeptBox[] = [];
    if (ack >= this.#next) return taken;
    for (const kept of this.#kept.values()) {
      if (kept.seq > ack) break;
      this.#drop(kept);
      taken.push(kept);
    }
    return taken;
  }

  giveUpAll(): readonly KeptBox[] {
    const givenUp = this.kept();
    this.#kept.clear();
    this.#keptBytes = 0;
    return givenUp;
  }

  #drop(kept: KeptBox): void {
    this.#kept.delete(kept.seq);
    this.#keptBytes -= kept.sizeBytes;
  }
}
