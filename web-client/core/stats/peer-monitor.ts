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
const HOLD_MS = 400;

/** Tells speech from silence by how loud a voice is, without flickering between words. */
export class SpeakingDetector {
  readonly #clock: ClockMs;
  #speaking = false;
  #silentSinceMs: number | null = null;

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** Whether the last level was that of speech, and no pause. */
  get loud(): boolean {
    return this.#speaking && this.#silentSinceMs === null;
  }

  /** @param level 0 to 1; null counts as silence */
  next(level: number | null): boolean {
    const nowMs = this.#clock();
    const loud = (level ?? 0) > (this.#speaking ? SILENT_LEVEL : SPEAKING_LEVEL);
    this.#silentSinceMs = loud ? null : (this.#silentSinceMs ?? nowMs);
    this.#speaking =
      this.#silentSinceMs === null || (this.#speaking && nowMs - this.#silentSinceMs < HOLD_MS);
    return this.#speaking;
  }
}

/** How soon one sees that somebody speaks; each look makes the page wait for the browser's threads. */
export const LEVEL_INTERVAL_MS = 250;
/** How long one who speaks is taken to go on. */
export const LOUD_INTERVAL_MS = 500;
/** Others may still be being connected when the first one is, and each look waits for the browser's busiest threads. */
export const FIRST_LEVELS_MS = 1_000;
/** Each poll asks every connection, and the page waits for the answer: of its time that may take a tenth. */
const POLL_SHARE = 10;
/** Reading the statistics of one connection takes a while: with many people each is asked less often. */
export const QUALITY_INTERVAL_MS = 2_000;
/** While all are good. */
export const GOOD_QUALITY_INTERVAL_MS = 4_000;
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
  nextLookMs: number;
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
      const nextLookMs = this.#readLevels(startMs);
      if (nextLookMs === null) this.dispose();
      else this.#armLevels(Math.max(nextLookMs - startMs, POLL_SHARE * (clock() - startMs)));
    }, delayMs);
  }

  #armQuality(): void {
    const monitored = [...this.#monitored.values()];
    const allGood = monitored.length > 0 && monitored.every(({ quality }) => quality?.grade === 'good');
    const leastMs = allGood ? GOOD_QUALITY_INTERVAL_MS : QUALITY_INTERVAL_MS;
    this.#nextQualities.set(
      () => {
        void this.#readQualities();
        this.#armQuality();
      },
      Math.max(leastMs, monitored.length * QUALITY_INTERVAL_EACH_MS),
    );
  }

  /** When to look again; null where there is no peer to monitor. */
  #readLevels(nowMs: number): number | null {
    const peers = this.#options.peers();
    const gone = [...this.#monitored.keys()].filter((id) => peers.every((peer) => peer.id !== id));
    for (const id of gone) this.#monitored.delete(id);
    let changed = false;
    for (const peer of peers) {
      const monitored = this.#monitor(peer);
      if (monitored.nextLookMs > nowMs) continue;
      const { detector } = monitored;
      const speaking = detector.next(peer.level());
      monitored.nextLookMs = nowMs + (detector.loud ? LOUD_INTERVAL_MS : LEVEL_INTERVAL_MS);
      changed ||= speaking !== monitored.speaking;
      monitored.speaking = speaking;
    }
    if (changed) this.#options.onChange();
    return peers.length === 0 ? null : Math.min(...peers.map((peer) => this.#monitor(peer).nextLookMs));
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
    const monitored: Monitored = {
      connection,
      detector: new SpeakingDetector(this.#options.clock),
      nextLookMs: Number.NEGATIVE_INFINITY,
      speaking: false,
      sample: null,
      quality: null,
    };
    this.#monitored.set(id, monitored);
    return monitored;
  }
}
