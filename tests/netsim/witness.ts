/** Owns what a page in the network heard and showed, and when: each person's tone with its silences, each change of the words on the screen. */

import type { Page } from 'playwright';
import '../support/call/call-probe.ts';

/** Milliseconds since 1970, comparable between the pages of one computer and this process. */
interface Silence {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What somebody could read in the page from that moment on. */
export interface ShownWords {
  readonly atMs: number;
  readonly status: string;
  /** Banners, and what stands in the place of the room. */
  readonly notices: readonly string[];
  readonly cards: readonly string[];
}

export interface Testimony {
  readonly readAtMs: number;
  /** By tone, those that are over. */
  readonly silences: Readonly<Record<number, readonly Silence[]>>;
  /** By tone; none that never was heard. */
  readonly firstHeardMs: Readonly<Record<number, number>>;
  readonly lastHeardMs: Readonly<Record<number, number>>;
  readonly shown: readonly ShownWords[];
  readonly connectionsMade: number;
  /** Of these, the ones that ever came to stand. */
  readonly connectionsStood: number;
}

declare global {
  interface Window {
    witness: {
      read(): Testimony;
      /** From now on it only listens: reading the words takes the page more time than showing them. */
      looksAway(): void;
    };
  }
}

/** Runs in the page before its own scripts, behind the call's probe. */
export function installWitness(): void {
  const TONES_HZ = [400, 600, 800, 1000];
  const LISTEN_MS = 100;
  const RATE_HZ = 48_000;
  /** 0.7 s: what the page misses while it is busy is looked at afterwards. */
  const SAMPLES = 32_768;
  /** 10 ms, in which each of the tones turns a whole number of times. */
  const BLOCK = 480;
  const BLOCK_MS = (BLOCK / RATE_HZ) * 1_000;
  /** A lost packet or two are no silence. */
  const SILENCE_MIN_MS = 30;
  const SOUND = 0.0002;

  const nowMs = () => performance.timeOrigin + performance.now();
  interface Ear {
    readonly track: MediaStreamTrack;
    readonly analyser: AnalyserNode;
    readAt: number;
  }
  const ears: Ear[] = [];
  const silences: Record<number, Silence[]> = {};
  const firstHeardMs: Record<number, number> = {};
  const lastHeardMs: Record<number, number> = {};
  let context: AudioContext | null = null;

  function amplitude(block: Float32Array, toneHz: number): number {
    const turn = 2 * Math.cos((2 * Math.PI * toneHz) / RATE_HZ);
    let [older, newer] = [0, 0];
    for (const sample of block) [older, newer] = [newer, sample + turn * newer - older];
    return (2 / BLOCK) * Math.sqrt(Math.max(0, older * older + newer * newer - turn * older * newer));
  }

  function attach(track: MediaStreamTrack): void {
    context ??= new AudioContext({ sampleRate: RATE_HZ });
    void context.resume();
    const analyser = new AnalyserNode(context, { fftSize: SAMPLES });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    ears.push({ track, analyser, readAt: context.currentTime });
  }

  function listen(): void {
    for (const track of window.callProbe.voices()) {
      if (!ears.some((ear) => ear.track === track)) attach(track);
    }
    const heardMs: Record<number, number[]> = {};
    const samples = new Float32Array(SAMPLES);
    const readMs = nowMs();
    for (const ear of ears) {
      const { analyser, track } = ear;
      if (track.readyState === 'ended') continue;
      const blocks = Math.floor(((analyser.context.currentTime - ear.readAt) * RATE_HZ) / BLOCK);
      if (blocks <= 0) continue;
      ear.readAt += (blocks * BLOCK) / RATE_HZ;
      analyser.getFloatTimeDomainData(samples);
      const fresh = Math.min(blocks, Math.floor(SAMPLES / BLOCK));
      for (let index = fresh; index > 0; index--) {
        const start = SAMPLES - index * BLOCK;
        const block = samples.subarray(start, start + BLOCK);
        const levels = TONES_HZ.map((toneHz) => amplitude(block, toneHz));
        const loudest = Math.max(...levels);
        const toneHz = TONES_HZ[levels.indexOf(loudest)] ?? 0;
        if (loudest >= SOUND) heardMs[toneHz] = [...(heardMs[toneHz] ?? []), readMs - index * BLOCK_MS];
      }
    }
    for (const [tone, times] of Object.entries(heardMs)) {
      for (const atMs of times.sort((a, b) => a - b)) hear(Number(tone), atMs);
    }
  }

  function hear(toneHz: number, atMs: number): void {
    firstHeardMs[toneHz] ??= atMs;
    const fromMs = lastHeardMs[toneHz] ?? atMs;
    if (atMs - fromMs > SILENCE_MIN_MS) {
      silences[toneHz] ??= [];
      silences[toneHz].push({ fromMs, toMs: atMs });
    }
    lastHeardMs[toneHz] = Math.max(fromMs, atMs);
  }

  const shown: ShownWords[] = [];
  const wordsOf = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((element) => element.checkVisibility())
      .map((element) => element.innerText.replaceAll(/\s+/g, ' ').trim());

  function look(): void {
    const [status = ''] = wordsOf('#status');
    const words = {
      status,
      notices: wordsOf('.banner, #ended'),
      cards: wordsOf('#people-list > li'),
    };
    const { atMs: _, ...before } = shown.at(-1) ?? { atMs: 0 };
    if (JSON.stringify(before) !== JSON.stringify(words)) shown.push({ atMs: nowMs(), ...words });
  }

  setInterval(listen, LISTEN_MS);
  const eye = new MutationObserver(look);
  eye.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['hidden'],
  });
  window.witness = {
    looksAway: () => eye.disconnect(),
    read: () => ({
      ...{ readAtMs: nowMs(), silences, firstHeardMs, lastHeardMs, shown },
      connectionsMade: window.callProbe.made(),
      connectionsStood: window.callProbe.stood(),
    }),
  };
}

/** All of it so far. */
export function testimonyOf(page: Page): Promise<Testimony> {
  return page.evaluate(() => window.witness.read());
}

/** Of a tone that lasts: what the ear is behind by its turns is no silence yet. */
const EAR_BEHIND_MS = 400;

/** The longest silence of a tone that lay in this time, in part at least; 0 where there was none. */
export function longestSilenceMs(heard: Testimony, toneHz: number, fromMs: number, toMs: number): number {
  const lengths = silencesOf(heard, toneHz)
    .filter((silence) => silence.toMs > fromMs && silence.fromMs < toMs)
    .map((silence) => silence.toMs - silence.fromMs);
  return Math.max(0, ...lengths);
}

/** How long after this moment the last silence that had begun before it was over; Infinity for one that lasts. */
export function heardAgainAfterMs(heard: Testimony, toneHz: number, momentMs: number): number {
  const last = silencesOf(heard, toneHz).findLast(({ toMs }) => toMs > momentMs);
  if (last === undefined) return 0;
  return last.toMs === heard.readAtMs ? Number.POSITIVE_INFINITY : last.toMs - momentMs;
}

function silencesOf({ silences, lastHeardMs, readAtMs }: Testimony, toneHz: number): readonly Silence[] {
  const over = silences[toneHz] ?? [];
  const fromMs = lastHeardMs[toneHz] ?? 0;
  return readAtMs - fromMs > EAR_BEHIND_MS ? [...over, { fromMs, toMs: readAtMs }] : over;
}
