import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SCRIPT_STARTS_MS } from '../../../../main/common/protocol/limits.ts';
import { Recorder } from '../../../../web-client/recording/recorder.ts';
import type { RecorderWorkerLike } from '../../../../web-client/recording/recorder-link.ts';
import type { RecorderReport } from '../../../../web-client/recording/recorder-messages.ts';
import { FakeAudioWorld, FakeContext, FakeNode } from '../../../support/sound/fake-audio.ts';

let world: FakeAudioWorld;
let made: FakeContext[];
let recorder: Recorder;
let areKept: boolean;
let workers: number;
beforeEach(() => {
  world = new FakeAudioWorld();
  made = [];
  [areKept, workers] = [true, 0];
  recorder = new Recorder({
    isSupported: async () => true,
    createContext: () => {
      const context = new FakeContext(world);
      made.push(context);
      return context as unknown as AudioContext;
    },
    createElement: world.createElement,
    createStream: world.createStream,
    processorUrl: '/tap.js',
    keepScripts: async () => areKept,
    createWorker: workerThatStarts,
    mayHaveLeft: async () => false,
    save: async () => ({ showInFolder: null }),
    wallClock: () => 0,
    timers: world.time.timers,
  });
});

function workerThatStarts(): RecorderWorkerLike {
  workers++;
  let hear = (_event: { readonly data: RecorderReport }) => {};
  return {
    postMessage: ({ request }) =>
      hear({ data: { type: 'answer', request: request ?? 0, ok: true, value: { folder: 'f' } } }),
    terminate: () => {},
    addEventListener: (type: string, listener: typeof hear | (() => void)) => {
      if (type !== 'message') return;
      hear = listener;
      queueMicrotask(() => hear({ data: { type: 'started' } }));
    },
  };
}

/** How starting ends, once it has. */
let told: string;
async function startedWithin(ms: number): Promise<string> {
  told = 'not yet';
  void recorder
    .start('mixed', () => {})
    .then((started) => {
      told = started.ok ? 'begun' : started.error;
    });
  await world.time.advance(ms);
  return told;
}

describe('beginning to record', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'AudioWorkletNode',
      class extends FakeNode {
        readonly port = { postMessage: () => {} };
        constructor(context: FakeContext) {
          super('tap', context);
        }
      },
    );
    onTestFinished(() => void vi.unstubAllGlobals());
  });

  it.each([2, 0])('works wherever the context runs, with %i channels to play on', async (channels) => {
    world.channelsToPlay = channels;
    expect(await startedWithin(0)).toBe('begun');
  });

  it('says soon that there is nothing to play on, where the browser waits for that', async () => {
    world.channelsToPlay = 0;
    world.hung.add('resume');
    expect(await startedWithin(600)).toBe('no-output');
    expect(made.map(({ state }) => state)).toEqual(['closed']);
  });

  it('says it later where there may be something, which takes its time', async () => {
    world.hung.add('resume');
    expect(await startedWithin(2_900)).toBe('not yet');
    await world.time.advance(200);
    expect(told).toBe('no-output');
    expect(made.map(({ state }) => state)).toEqual(['closed']);
    world.hung.clear();
    expect(await startedWithin(0)).toBe('begun');
  });

  it.each([
    ['does not come', 'refused', 0],
    ['is silent', 'hung', SCRIPT_STARTS_MS],
  ] as const)('says that the audio thread’s code %s, and begins once it comes', async (_how, spoiled, ms) => {
    world[spoiled].add('addModule');
    expect(await startedWithin(ms)).toBe('missing');
    expect(made.map(({ state }) => state)).toEqual(['closed']);
    world[spoiled].clear();
    expect(await startedWithin(0)).toBe('begun');
  });

  it('needs nothing ahead where the browser keeps the scripts', async () => {
    await recorder.prepare();
    expect([workers, made]).toEqual([0, []]);
  });

  it('needs no server where it was had ahead, a second time either', async () => {
    areKept = false;
    await recorder.prepare();
    await world.time.advance(0);
    expect([workers, made.map(({ state }) => state)]).toEqual([1, ['suspended']]);
    world.refused.add('addModule');
    expect(await startedWithin(0)).toBe('begun');
    expect(await startedWithin(0)).toBe('begun');
    expect([workers, made.length]).toEqual([1, 1]);
  });

  it('is had again where its code did not come, without another context', async () => {
    areKept = false;
    world.refused.add('addModule');
    for (let time = 0; time < 2; time++) await expect(recorder.prepare()).rejects.toThrow();
    world.refused.clear();
    await recorder.prepare();
    expect([workers, made.length]).toEqual([1, 1]);
  });
});
