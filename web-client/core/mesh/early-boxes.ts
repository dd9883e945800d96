/** Owns early boxes, from people no accepted roster has named yet: few, and for a short time. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import { EARLY_BOX_HOLD_MS, EARLY_BOXES_MAX } from '../../../main/common/protocol/limits.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';

export interface EarlyBox {
  readonly from: string;
  readonly type: SignalType;
  readonly box: Bytes;
}

export class EarlyBoxes {
  readonly #clock: ClockMs;
  #held: readonly (EarlyBox & { readonly untilMs: number })[] = [];

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** Keeps a box; one too many is dropped, for the stream sends it again. */
  add(box: EarlyBox): void {
    this.#expire();
    if (this.#held.length >= EARLY_BOXES_MAX) return;
    this.#held = [...this.#held, { ...box, untilMs: this.#clock() + EARLY_BOX_HOLD_MS }];
  }

  /** Gives out what is held of somebody who has a peer now, in order of arrival. */
  take(from: string): readonly EarlyBox[] {
    this.#expire();
    const taken = this.#held.filter((held) => held.from === from);
    this.#held = this.#held.filter((held) => held.from !== from);
    return taken;
  }

  clear(): void {
    this.#held = [];
  }

  #expire(): void {
    const nowMs = this.#clock();
    this.#held = this.#held.filter(({ untilMs }) => untilMs > nowMs);
  }
}
