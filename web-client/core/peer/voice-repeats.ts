/** Owns how often the own voice is repeated on its way to one person, by what was lost between the two of late. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import type { SenderLike, StatsReportLike } from '../browser-api.ts';

/** What one sender sends, within reach. */
export interface RepeatedSender extends Disposable {
  /** How many earlier packets each packet carries once more; 0: what the browser makes goes as it is. */
  setRepeats(repeats: number): void;
}

/** `web-client/media/voice-repeater.ts` in a browser. */
export interface RepeaterPort {
  /** To be called in the very task in which there first is a sender; null where it could not be done without a risk to the voice. */
  attach(sender: SenderLike): RepeatedSender | null;
}

/**
 * From so much loss on, the greatest first; one earlier packet Chromium repeats by itself. A line that is full is not made
 * fuller for long: where much is lost the browser's own control of congestion has the encoder make smaller packets.
 */
const STEPS = [
  { loss: 0.06, repeats: 5 },
  { loss: 0.025, repeats: 2 },
] as const;
/** Of fewer packets nothing is concluded: of a voice that is silent some 5 a second come. */
const PACKETS_MIN = 40;
/** Losses come in spells, and what was reported last may be five seconds old. */
const HOLD_MS = 20_000;

export interface VoiceRepeatsOptions {
  readonly port: RepeaterPort | null;
  readonly clock: ClockMs;
  /** So many at most, whatever is lost: it all goes by one's own line. */
  readonly most: number;
}

/** Of one connection. */
export class VoiceRepeats implements Disposable {
  readonly #port: RepeaterPort | null;
  readonly #clock: ClockMs;
  #most: number;
  #sender: RepeatedSender | null = null;
  #wanted = 0;
  #wantedAtMs = 0;
  #told = 0;
  #reportedAt: unknown;
  #heard: { readonly received: number; readonly lost: number } | null = null;

  constructor({ port, clock, most }: VoiceRepeatsOptions) {
    this.#port = port;
    this.#clock = clock;
    this.#most = most;
  }

  attach(sender: SenderLike): void {
    this.dispose();
    this.#sender = this.#port?.attach(sender) ?? null;
    this.#tell();
  }

  setMost(most: number): void {
    this.#most = most;
    this.#tell();
  }

  handleStatistics(report: StatsReportLike): void {
    if (this.#sender === null) return;
    const entries = [...report.values()];
    const entryOf = (type: string) => entries.find((entry) => entry.type === type && entry.kind === 'audio');
    const [reported, heard] = [entryOf('remote-inbound-rtp'), entryOf('inbound-rtp')];
    // What is lost one way is mostly lost the other way as well, and known there some seconds sooner.
    const loss = Math.max(this.#reportedLoss(reported), this.#heardLoss(heard));
    const wanted = STEPS.find((step) => loss >= step.loss)?.repeats ?? 0;
    const nowMs = this.#clock();
    if (wanted < this.#wanted && nowMs - this.#wantedAtMs < HOLD_MS) return;
    this.#wanted = wanted;
    this.#wantedAtMs = nowMs;
    this.#tell();
  }

  dispose(): void {
    this.#sender?.dispose();
    this.#sender = null;
    this.#told = 0;
  }

  #tell(): void {
    const repeats = Math.min(this.#wanted, this.#most);
    if (this.#sender === null || repeats === this.#told) return;
    this.#told = repeats;
    this.#sender.setRepeats(repeats);
  }

  /** The person's page reports what it got of the own voice every few seconds. */
  #reportedLoss(entry: Entry): number {
    if (entry === undefined || entry.timestamp === this.#reportedAt) return 0;
    this.#reportedAt = entry.timestamp;
    return count(entry.fractionLost);
  }

  /** Since it was looked at last. */
  #heardLoss(entry: Entry): number {
    const before = this.#heard;
    const after = { received: count(entry?.packetsReceived), lost: count(entry?.packetsLost) };
    this.#heard = after;
    if (before === null) return 0;
    const lost = after.lost - before.lost;
    const packets = after.received - before.received + lost;
    return packets < PACKETS_MIN ? 0 : lost / packets;
  }
}

type Entry = Readonly<Record<string, unknown>> | undefined;

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
