/** Owns the peer monitor, which polls all connected peers: who speaks now, and the quality of each connection. */

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
/** Others may still be being connected when the first one is, and each look waits for the browser's busiest threads. */
export const FIRST_LEVELS_MS = 1_000;
/** Each poll asks every connection, and the page waits for the answer: of its time that may take a tenth. */
const POLL_SHARE = 10;
/** Reading the statistics of one connection takes a while: with many people each is asked less often. */
export const QUALITY_INTERVAL_MS = 2_000;
const QUALITY_INTERVAL_EACH_MS = 600;

/** A connected peer, as far as it is monitored. */
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

interface Monitored {
  readonly connection: object;
  readonly detector: SpeakingDetector;
  speaking: boolean;
  sample: QualitySample | null;
  quality: ConnectionQuality | null;
}

const UNMONITORED: MonitorView = { speaking: false, quality: null };

export interface PeerMonitorOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Those who are connected now. */
  readonly peers: () => readonly MonitoredPeer[];
  readonly onChange: () => void;
}

export class PeerMonitor implements Disposable {
  readonly #options: PeerMonitorOptions;
  readonly #monitored = new Map<string, Monitored>();
  readonly #nextLevels: Timeout;
  readonly #nextQualities: Timeout;

  constructor(options: PeerMonitorOptions) {
    this.#options = options;
    this.#nextLevels = new Timeout(options.timers);
    this.#nextQualities = new Timeout(options.timers);
  }

  viewOf(id: string): MonitorView {
    const { speaking, quality } = this.#monitored.get(id) ?? UNMONITORED;
    return { speaking, quality };
  }

  /** Looks from now on, as long as there is anybody. */
  start(): void {
    if (!this.#nextLevels.pending) this.#armLevels(FIRST_LEVELS_MS);
    if (!this.#nextQualities.pending) this.#armQuality();
  }

  dispose(): void {
    this.#nextLevels.dispose();
    this.#nextQualities.dispose();
    this.#monitored.clear();
  }

  #armLevels(delayMs: number): void {
    const { clock } = this.#options;
    this.#nextLevels.set(() => {
      const startMs = clock();
      if (this.#readLevels()) this.#armLevels(Math.max(LEVEL_INTERVAL_MS, POLL_SHARE * (clock() - startMs)));
      else this.dispose();
    }, delayMs);
  }

  #armQuality(): void {
    this.#nextQualities.set(
      () => {
        void this.#readQualities();
        this.#armQuality();
      },
      Math.max(QUALITY_INTERVAL_MS, this.#monitored.size * QUALITY_INTERVAL_EACH_MS),
    );
  }

  /** Whether there is any peer to monitor. */
  #readLevels(): boolean {
    const peers = this.#options.peers();
    const gone = [...this.#monitored.keys()].filter((id) => peers.every((peer) => peer.id !== id));
    for (const id of gone) this.#monitored.delete(id);
    let changed = false;
    for (const peer of peers) {
      const monitored = this.#monitor(peer);
      const speaking = monitored.detector.next(peer.level());
      changed ||= speaking !== monitored.speaking;
      monitored.speaking = speaking;
    }
    if (changed) this.#options.onChange();
    return peers.length > 0;
  }

  async #readQualities(): Promise<void> {
    const changes = await Promise.all(this.#options.peers().map((peer) => this.#readQualityOf(peer)));
    if (changes.includes(true)) this.#options.onChange();
  }

  async #readQualityOf(peer: MonitoredPeer): Promise<boolean> {
    const monitored = this.#monitor(peer);
    const report = await peer.stats().catch(() => null);
    if (report === null || this.#monitored.get(peer.id) !== monitored) return false;
    const sample = readQuality(report);
    const quality = qualityBetween(monitored.sample, sample);
    monitored.sample = sample;
    const changed = !isSameQuality(quality, monitored.quality);
    if (changed) monitored.quality = quality;
    return changed;
  }

  #monitor({ id, connection }: MonitoredPeer): Monitored {
    const known = this.#monitored.get(id);
    if (known?.connection === connection) return known;
    const detector = new SpeakingDetector(this.#options.clock);
    const monitored: Monitored = { connection, detector, speaking: false, sample: null, quality: null };
    this.#monitored.set(id, monitored);
    return monitored;
  }
}
