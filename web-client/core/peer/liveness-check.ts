/** Owns the liveness check of a peer: whether packets of voice still come, or a box is taken. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { DOUBT_ANSWER_MS } from '../../../main/common/protocol/limits.ts';
import type { ClientMessage } from '../../../main/common/protocol/messages.ts';
import type { StatsReportLike } from '../browser-api.ts';

/** Between two looks at the counter: silence that is left out still sends some packets a second (RFC 7587, section 3.1.3). */
const LOOK_INTERVAL_MS = 300;

/** What a page can say of somebody who may be gone. */
export type LivenessMessage = Extract<ClientMessage, { readonly type: 'vouch' }>['word'];

export interface LivenessCheckOptions {
  readonly timers: TimersLike;
  /** The voice of the connection; null while none stands. */
  readonly voice: () => { stats(): Promise<StatsReportLike> } | null;
  /** Sends something by the data channel that wants an acknowledgement; its number in the stream, null if it did not go. */
  readonly sendSign: () => number | null;
}

export class LivenessCheck {
  readonly #options: LivenessCheckOptions;
  /** By the number of the box whose acknowledgement is awaited. */
  readonly #asked = new Map<number, () => void>();

  constructor(options: LivenessCheckOptions) {
    this.#options = options;
  }

  /** Whether there was a sign of life; settles after DOUBT_ANSWER_MS at the latest. */
  async run(): Promise<boolean> {
    if (this.#options.voice() === null) return false;
    const { timers } = this.#options;
    const before = this.#packets();
    const seq = this.#options.sendSign();
    return new Promise((resolve) => {
      const settle = (alive: boolean) => {
        for (const timer of [look, end]) timers.clearTimeout(timer);
        if (seq !== null) this.#asked.delete(seq);
        resolve(alive);
      };
      const look = timers.setTimeout(async () => {
        const [then, now] = await Promise.all([before, this.#packets()]);
        if (then !== null && now !== null && now > then) settle(true);
      }, LOOK_INTERVAL_MS);
      const end = timers.setTimeout(() => settle(false), DOUBT_ANSWER_MS);
      if (seq !== null) this.#asked.set(seq, () => settle(true));
    });
  }

  /** The other side has taken the box of this number. */
  handleDelivered(seq: number): void {
    this.#asked.get(seq)?.();
  }

  /** Packets of voice so far (W3C WebRTC Statistics, RTCReceivedRtpStreamStats); null where the browser does not tell. */
  async #packets(): Promise<number | null> {
    const report = await this.#options
      .voice()
      ?.stats()
      .catch(() => null);
    if (!report) return null;
    const counts = [...report.values()].map(({ type, packetsReceived }) =>
      type === 'inbound-rtp' && typeof packetsReceived === 'number' ? packetsReceived : 0,
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
}
