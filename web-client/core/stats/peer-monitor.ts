/** Owns looking at the voices of all who are connected: who speaks now, and how good each connection is. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { StatsReportLike } from '../browser-api.ts';
import {
  type ConnectionQuality,
  isSameQuality,
  type QualitySample,
  qualityBetween,
  readQuality,
} from './connection-quality.ts';

/** Linear, as audioLevel is (W3C WebRTC Statistics): quiet speech is at some 0.03, a silent room below 0.005. */
const SPEAKING_LEVEL = 0.02;
const SILENT_LEVEL = 0.01;
/** A pause between two words is no end. */
const HOLD_MS = 500;

/** Tells speech from silence by how loud a voice is, without flickering between words. */
export class SpeakingDetector {
  readonly #clock: ClockMs;
  #speaking = false;
  #lastLoudMs = 0;

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** @param level 0 to 1; null counts as silence */
  next(level: number | null): boolean {
    const nowMs = this.#clock();
    const loud = (level ?? 0) > (this.#speaking ? SILENT_LEVEL : SPEAKING_LEVEL);
    if (loud) this.#lastLoudMs = nowMs;
    this.#speaking = loud || (this.#speaking && nowMs - this.#lastLoudMs < HOLD_MS);
    return this.#speaking;
  }
}

export const LEVEL_INTERVAL_MS = 200;
/** Each look asks every connection, and the page waits for the answer: of its time that may take a tenth. */
const LOOK_SHARE = 10;
/** Reading the statistics of one connection takes a while: with many people each is asked less often. */
export const QUALITY_INTERVAL_MS = 2_000;
const QUALITY_INTERVAL_EACH_MS = 600;

/** A connected voice, as far as it is looked at. */
export interface MonitoredPeer {
  readonly id: string;
  /** The connection behind it: another one starts its counters anew. */
  readonly connection: object;
  /** 0 to 1; null where the browser does not tell. */
  level(): number | null;
  stats(): Promise<StatsReportLike>;
}

export interface MonitorView {
  readonly speaking: boolean;
  readonly quality: ConnectionQuality | null;
}

interface Watched {
  readonly connection: object;
  readonly detector: SpeakingDetector;
  speaking: boolean;
  sample: QualitySample | null;
  quality: ConnectionQuality | null;
}

const UNWATCHED: MonitorView = { speaking: false, quality: null };

export interface PeerMonitorOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Those who are connected now. */
  readonly voices: () => readonly MonitoredPeer[];
  readonly onChange: () => void;
}

export class PeerMonitor implements Disposable {
  readonly #options: PeerMonitorOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #nextLevels: Timeout;
  readonly #nextQualities: Timeout;

  constructor(options: PeerMonitorOptions) {
    this.#options = options;
    this.#nextLevels = new Timeout(options.timers);
    this.#nextQualities = new Timeout(options.timers);
  }

  viewOf(id: string): MonitorView {
    const { speaking, quality } = this.#watched.get(id) ?? UNWATCHED;
    return { speaking, quality };
  }

  /** Looks from now on, as long as there is anybody. */
  start(): void {
    if (!this.#nextLevels.pending) this.#armLevels(LEVEL_INTERVAL_MS);
    if (!this.#nextQualities.pending) this.#armQuality();
  }

  dispose(): void {
    this.#nextLevels.dispose();
    this.#nextQualities.dispose();
    this.#watched.clear();
  }

  #armLevels(delayMs: number): void {
    const { clock } = this.#options;
    this.#nextLevels.set(() => {
      const startMs = clock();
      if (this.#readLevels()) this.#armLevels(Math.max(LEVEL_INTERVAL_MS, LOOK_SHARE * (clock() - startMs)));
      else this.dispose();
    }, delayMs);
  }

  #armQuality(): void {
    this.#nextQualities.set(
      () => {
        void this.#readQualities();
        this.#armQuality();
      },
      Math.max(QUALITY_INTERVAL_MS, this.#watched.size * QUALITY_INTERVAL_EACH_MS),
    );
  }

  /** Whether anybody is there to be looked at. */
  #readLevels(): boolean {
    const voices = this.#options.voices();
    const gone = [...this.#watched.keys()].filter((id) => voices.every((voice) => voice.id !== id));
    for (const id of gone) this.#watched.delete(id);
    let changed = false;
    for (const voice of voices) {
      const watched = this.#watch(voice);
      const speaking = watched.detector.next(voice.level());
      changed ||= speaking !== watched.speaking;
      watched.speaking = speaking;
    }
    if (changed) this.#options.onChange();
    return voices.length > 0;
  }

  async #readQualities(): Promise<void> {
    const changes = await Promise.all(this.#options.voices().map((voice) => this.#readQualityOf(voice)));
    if (changes.includes(true)) this.#options.onChange();
  }

  async #readQualityOf(voice: MonitoredPeer): Promise<boolean> {
    const watched = this.#watch(voice);
    const report = await voice.stats().catch(() => null);
    if (report === null || this.#watched.get(voice.id) !== watched) return false;
    const sample = readQuality(report);
    const quality = qualityBetween(watched.sample, sample);
    watched.sample = sample;
    const changed = !isSameQuality(quality, watched.quality);
    if (changed) watched.quality = quality;
    return changed;
  }

  #watch({ id, connection }: MonitoredPeer): Watched {
    const known = this.#watched.get(id);
    if (known?.connection === connection) return known;
    const detector = new SpeakingDetector(this.#options.clock);
    const watched: Watched = { connection, detector, speaking: false, sample: null, quality: null };
    this.#watched.set(id, watched);
    return watched;
  }
}
