import { describe, expect, it } from 'vitest';
import { TAP_INPUTS } from '../../../../../web-client/recording/recorder-messages.ts';
import type { JournalEntry } from '../../../../../web-client/recording/timeline/journal.ts';
import {
  GIVEN_BACK_AT_ONCE,
  HOLD_MS,
  LiveRecording,
  type PartLike,
  SILENCE_MAX_MS,
  STEP_MS,
} from '../../../../../web-client/recording/worker/live-recording.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

/** A sample a millisecond, so that frames are times. */
const RATE = 1_000;
const START = 5_000;
const BATCH = 40;
const LONG = 2_000;

class FakePart implements PartLike {
  readonly samples: number[] = [];
  readonly startMs: { value: number | null } = { value: null };
  ended = false;
  failing = false;
  readonly onFailed: (error: unknown) => void;

  constructor(onFailed: (error: unknown) => void) {
    this.onFailed = onFailed;
  }

  get bytes() {
    return this.samples.length;
  }

  write(atMs: number, samples: Float32Array<ArrayBuffer>) {
    this.startMs.value ??= atMs;
    expect(atMs).toBe(this.startMs.value + this.samples.length);
    this.samples.push(...samples);
  }

  flush() {
    if (this.failing) this.onFailed(new Error('no'));
  }

  async end() {
    this.ended = true;
  }

  /** Of the recording, from when to when it is not silent. */
  get heard(): readonly (readonly [number, number])[] {
    const start = this.startMs.value ?? 0;
    const runs: [number, number][] = [];
    for (const [index, sample] of this.samples.entries()) {
      if (sample === 0) continue;
      const last = runs.at(-1);
      if (last !== undefined && last[1] === start + index) last[1]++;
      else runs.push([start + index, start + index + 1]);
    }
    return runs;
  }
}

class Take {
  readonly parts = new Map<number, FakePart>();
  readonly journal: JournalEntry[] = [];
  readonly failures: unknown[] = [];
  readonly givenBack: Float32Array[] = [];
  readonly progress: [number, number][] = [];
  readonly time = new ManualTime();
  #frame = START;
  #wallMs = 1_000_000;
  recording!: LiveRecording;
  noteFails = false;

  static async start(mode: 'mixed' | 'each'): Promise<Take> {
    const take = new Take();
    take.recording = await LiveRecording.start({
      terms: { mode, startedAt: 1, rate: RATE, frame: START },
      openPart: async (part, onFailed) => {
        const opened = new FakePart(onFailed);
        take.parts.set(part, opened);
        return opened;
      },
      note: (entry) => {
        if (take.noteFails) throw new Error('full');
        take.journal.push(entry);
      },
      giveBack: (used) => take.givenBack.push(...used.map((samples) => samples.fill(0.7))),
      timers: take.time.timers,
      onProgress: (bytes, gapMs) => take.progress.push([bytes, gapMs]),
      onFailed: (error) => take.failures.push(error),
    });
    return take;
  }

  enter(input: number, atMs: number, id = `person-${input}`, presence = input + 1): Promise<void> {
    this.recording.enter({ presence, input, id, name: id, frame: START + atMs });
    return Promise.resolve();
  }

  leave(presence: number, atMs: number) {
    this.recording.leave(presence, START + atMs);
  }

  /** All these inputs sound the while, each as loud. */
  sound(ms: number, inputs: readonly number[], value = 0.25) {
    for (let done = 0; done < ms; done += BATCH) {
      const length = Math.min(BATCH, ms - done);
      this.#wallMs += length;
      this.recording.handleSound({
        frame: this.#frame,
        length,
        stampMs: this.#wallMs,
        inputs: inputs.reduce((bits, input) => bits | (1 << input), 0),
        stride: length,
        // What is there of the others is none of theirs.
        samples: new Float32Array(TAP_INPUTS * length).map((_, at) =>
          inputs.includes(Math.floor(at / length)) ? value : 0.5,
        ),
      });
      this.#frame += length;
      this.recording.write();
    }
  }

  /** The context stands still. */
  sleep(ms: number) {
    this.#wallMs += ms;
  }

  async stop(): Promise<number> {
    await this.recording.stop(this.#frame);
    const end = this.journal.find((entry) => entry.type === 'end');
    return end?.type === 'end' ? end.atMs : -1;
  }

  heard(part: number) {
    return this.parts.get(part)?.heard;
  }
}

describe('what samples came in', () => {
  it('goes back once it is written, so that none pile up', async () => {
    const take = await Take.start('mixed');
    await take.enter(0, 0);
    take.sound(LONG, [0]);
    const came = LONG / BATCH;
    const waiting = (HOLD_MS + STEP_MS) / BATCH + 1 + GIVEN_BACK_AT_ONCE;
    expect(take.givenBack.length).toBeGreaterThanOrEqual(came - waiting);
    expect(new Set(take.givenBack).size).toBe(take.givenBack.length);
  });
});

describe('a running recording with a track for each', () => {
  it('has each from the entry to the exit, to the sample, and at the same time for all', async () => {
    const take = await Take.start('each');
    await take.enter(0, 130);
    await take.enter(1, 777);
    take.sound(1_000, [0, 1]);
    take.leave(1, 990);
    take.sound(LONG, [0, 1]);
    expect(await take.stop()).toBe(3_000);
    expect(take.heard(1)).toEqual([[130, 990]]);
    expect(take.heard(2)).toEqual([[777, 3_000]]);
    expect([...take.parts.values()].every(({ ended }) => ended)).toBe(true);
    expect(take.journal).toEqual([
      { type: 'start', mode: 'each', startedAt: 1 },
      { type: 'in', atMs: 130, part: 1, id: 'person-0', name: 'person-0' },
      { type: 'in', atMs: 777, part: 2, id: 'person-1', name: 'person-1' },
      { type: 'out', atMs: 990, part: 1 },
      { type: 'out', atMs: 3_000, part: 2 },
      { type: 'end', atMs: 3_000 },
    ]);
  });

  it('takes no sample from after an exit that is told after they have come', async () => {
    const take = await Take.start('each');
    await take.enter(0, 0);
    take.sound(1_200, [0]);
    take.leave(1, 1_200 - HOLD_MS + STEP_MS);
    take.sound(LONG, [0]);
    await take.stop();
    expect(take.heard(1)).toEqual([[0, 1_200 - HOLD_MS + STEP_MS]]);
  });

  it('takes nothing of somebody who is out again before the entry', async () => {
    const take = await Take.start('each');
    await take.enter(0, 250);
    take.leave(1, 100);
    take.sound(LONG, [0]);
    await take.stop();
    expect(take.heard(1)).toEqual([]);
    expect(take.journal.map(({ type }) => type)).toEqual(['start', 'end']);
  });

  it('gives an input that is taken again to the new person alone', async () => {
    const take = await Take.start('each');
    await take.enter(0, 0, 'anna', 1);
    take.sound(400, [0]);
    take.leave(1, 400);
    take.recording.enter({ presence: 2, input: 0, id: 'boris', name: 'Boris', frame: START + 650 });
    await Promise.resolve();
    take.sound(LONG, [0]);
    await take.stop();
    expect(take.heard(1)).toEqual([[0, 400]]);
    expect(take.heard(2)).toEqual([[650, 2_400]]);
  });

  it('waits for the file of who has come in, and loses nothing of them', async () => {
    const take = await Take.start('each');
    void take.enter(0, 0);
    take.sound(LONG, [0]);
    await Promise.resolve();
    expect(await take.stop()).toBe(LONG);
    expect(take.heard(1)).toEqual([[0, LONG]]);
  });

  it('has been written but for a short while, at any time', async () => {
    const take = await Take.start('each');
    await take.enter(0, 0);
    take.sound(LONG, [0]);
    expect(take.parts.get(1)?.samples.length).toBeGreaterThanOrEqual(LONG - HOLD_MS - STEP_MS);
  });
});

describe('a running recording with all in one track', () => {
  it('has all of them together, each while in', async () => {
    const take = await Take.start('mixed');
    await take.enter(0, 0);
    await take.enter(1, 500);
    take.sound(1_000, [0, 1]);
    take.leave(1, 900);
    take.sound(1_000, [0, 1]);
    await take.stop();
    const samples = take.parts.get(0)?.samples ?? [];
    expect([100, 499, 500, 899, 900, 1_999].map((at) => samples[at])).toEqual([
      0.25, 0.25, 0.5, 0.5, 0.25, 0.25,
    ]);
  });

  it('goes on silently while nobody is in', async () => {
    const take = await Take.start('mixed');
    take.sound(LONG, [0]);
    expect(await take.stop()).toBe(LONG);
    expect(take.heard(0)).toEqual([]);
    expect(take.parts.get(0)?.samples).toHaveLength(LONG);
  });
});

describe('a context that stood still', () => {
  it('is a silence as long, and all after it is at the right time', async () => {
    const take = await Take.start('each');
    await take.enter(0, 0);
    take.sound(1_000, [0]);
    take.sleep(700);
    take.sound(1_000, [0]);
    expect(await take.stop()).toBe(2_700);
    expect(take.heard(1)).toEqual([
      [0, 1_000],
      [1_700, 2_700],
    ]);
    expect(take.progress.at(-1)?.[1]).toBe(700);
  });

  it('makes no recording longer than it took, however often it stands still for a moment', async () => {
    const take = await Take.start('mixed');
    await take.enter(0, 0);
    for (let stop = 0; stop < 10; stop++) {
      take.sound(1_000, [0]);
      take.sleep(130);
    }
    take.sound(1_000, [0]);
    const tookMs = 11 * 1_000 + 10 * 130;
    expect(Math.abs((await take.stop()) - tookMs)).toBeLessThan(STEP_MS);
  });

  it('is left out, and told, where it was longer than anybody is silent: a laptop slept', async () => {
    const take = await Take.start('mixed');
    await take.enter(0, 0);
    take.sound(1_000, [0]);
    take.sleep(SILENCE_MAX_MS + 1_000);
    take.sound(1_000, [0]);
    expect(await take.stop()).toBe(LONG);
    expect(take.journal).toContainEqual({ type: 'left-out', atMs: 1_000, ms: SILENCE_MAX_MS + 1_000 });
  });
});

describe('a recording that cannot go on', () => {
  it('ends at once, tells it once, and closes what there is', async () => {
    const take = await Take.start('each');
    await take.enter(0, 0);
    await take.enter(1, 0);
    const first = take.parts.get(1);
    if (first !== undefined) first.failing = true;
    take.sound(LONG, [0, 1]);
    expect(take.failures).toHaveLength(1);
    expect([...take.parts.values()].map(({ ended }) => ended)).toEqual([true, true]);
    const before = take.parts.get(2)?.samples.length;
    take.sound(LONG, [0, 1]);
    await take.stop();
    expect(take.parts.get(2)?.samples).toHaveLength(before ?? -1);
    expect(take.failures).toHaveLength(1);
  });

  it('ends where not even an entry can be written down', async () => {
    const take = await Take.start('mixed');
    take.noteFails = true;
    await take.enter(0, 0);
    take.sound(LONG, [0]);
    expect(take.failures).toHaveLength(1);
    await take.stop();
  });

  it('stops also when the last samples never come', async () => {
    const take = await Take.start('mixed');
    take.sound(1_000, [0]);
    const stopping = take.recording.stop(START + 1_500);
    take.time.advance(1_000);
    await stopping;
    expect(take.journal.at(-1)).toEqual({ type: 'end', atMs: 1_500 });
  });
});
