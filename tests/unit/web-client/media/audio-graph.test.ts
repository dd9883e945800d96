import { beforeEach, describe, expect, it } from 'vitest';
import type { AudioGraph } from '../../../../web-client/media/audio-graph.ts';
import { Cues } from '../../../../web-client/media/cues.ts';
import { LevelMeter } from '../../../../web-client/media/level-meter.ts';
import { STANDSTILL_CHECK_MS } from '../../../../web-client/media/shared-context.ts';
import { FakeAudioWorld } from '../../../support/sound/fake-audio.ts';
import { type ManualTime, settle } from '../../../support/time/manual-time.ts';

let world: FakeAudioWorld;
let graph: AudioGraph;
beforeEach(() => {
  world = new FakeAudioWorld();
  graph = world.createGraph();
});

describe('the graph', () => {
  it('has one context, made when first needed and at rest while nobody needs it', async () => {
    expect(world.contexts).toEqual([]);
    const first = graph.use();
    const second = graph.use();
    expect(world.context.state).toBe('running');
    first.dispose();
    first.dispose();
    expect(world.context.state).toBe('running');
    second.dispose();
    await settle();
    expect(world.context.state).toBe('suspended');
    graph.use();
    expect(world.context.state).toBe('running');
    expect(world.contexts).toHaveLength(1);
  });

  it('goes on after an interruption, but only while it is needed', async () => {
    const use = graph.use();
    world.context.become('interrupted');
    expect(world.context.state).toBe('running');
    use.dispose();
    await settle();
    const { resumes } = world.context;
    graph.resume();
    expect([world.context.state, world.context.resumes]).toEqual(['suspended', resumes]);
  });

  it('starts with the tap where the browser held it back', () => {
    world.blocked = true;
    graph.use();
    expect(world.context.state).toBe('suspended');
    world.blocked = false;
    graph.resume();
    expect(world.context.state).toBe('running');
  });
});

describe('the meter', () => {
  const track = (enabled: boolean) => {
    const copy = {
      enabled,
      stopped: false,
      stop() {
        this.stopped = true;
      },
    };
    return { copy, track: { enabled, clone: () => copy } as unknown as MediaStreamTrack };
  };
  const open = (given: MediaStreamTrack) =>
    new LevelMeter({ graph, createStream: world.createStream }).open(given);

  it('hears a muted track through a copy that leads nowhere', async () => {
    const { copy, track: given } = track(false);
    const meter = open(given);
    expect([copy.enabled, given.enabled]).toEqual([true, false]);
    expect(world.silentContext.connected('source')[0]?.path).toEqual(['source', 'analyser']);
    const analyser = world.silentContext.nodes.find(({ kind }) => kind === 'analyser');
    if (analyser) analyser.samples = [0.5, -0.5];
    expect(meter.read()).toBeCloseTo(0.5, 6);
    meter.dispose();
    expect(copy.stopped).toBe(true);
    expect(world.silentContext.connected('source')).toEqual([]);
    await settle();
    expect(world.silentContext.state).toBe('closed');
  });

  it('leaves no context behind, however often it listens, and has one where several do', async () => {
    for (let each = 0; each < 3; each++) {
      const meters = [open(track(true).track), open(track(true).track)];
      expect(world.silentContexts.filter(({ state }) => state === 'running')).toHaveLength(1);
      for (const meter of meters) meter.dispose();
      await settle();
    }
    open(track(true).track).dispose();
    // Before the one before has closed.
    open(track(true).track);
    await settle();
    expect(world.silentContexts.map(({ state }) => state)).toEqual([
      ...['closed', 'closed', 'closed', 'closed'],
      'running',
    ]);
  });

  it.each([
    [8_000, 0.128],
    [44_100, 0.093],
    [48_000, 0.085],
  ])('hears a tenth of a second at %i samples a second', (sampleRateHz, seconds) => {
    world.sampleRateHz = sampleRateHz;
    const meter = open(track(true).track);
    const [analyser] = world.silentContext.nodes.filter(({ kind }) => kind === 'analyser');
    if (analyser) analyser.samples = [0.25];
    expect(meter.read()).toBeCloseTo(0.25, 6);
    expect((analyser?.fftSize ?? 0) / sampleRateHz).toBeCloseTo(seconds, 3);
  });

  it('tells nothing while the context is held back', () => {
    world.blocked = true;
    const meter = open(track(true).track);
    expect(meter.read()).toBeNull();
    world.blocked = false;
    graph.resume();
    expect(meter.read()).toBe(0);
  });

  it.each(['AudioContext', 'createMediaStreamSource', 'createAnalyser', 'connect', 'getFloatTimeDomainData'])(
    'tells nothing where the browser refuses: %s',
    async (call) => {
      if (call === 'AudioContext') world.refused.add('silent AudioContext');
      world.refused.add(call);
      const { copy, track: given } = track(true);
      const meter = open(given);
      expect(meter.read()).toBeNull();
      meter.dispose();
      expect(copy.stopped || call === 'AudioContext').toBe(true);
      await settle();
      expect(world.silentContexts.every(({ state }) => state === 'closed')).toBe(true);
    },
  );

  it('listens with a loudspeaker where there is no context without one', () => {
    world.refused.add('silent AudioContext');
    expect(open(track(true).track).read()).toBe(0);
    expect(world.contexts).toHaveLength(1);
  });

  it('opens no loudspeaker', () => {
    open(track(true).track);
    expect(world.contexts).toEqual([]);
    graph.setSpeaker('headset');
    expect(world.silentContext.speaker).toBeUndefined();
  });

  it('tells nothing of a context that only says it runs', async () => {
    world.standsStill = true;
    const meter = open(track(true).track);
    await world.time.advance(STANDSTILL_CHECK_MS);
    expect(meter.read()).toBeNull();
  });

  it('goes on after an interruption', () => {
    open(track(true).track);
    world.silentContext.become('interrupted');
    expect(world.silentContext.state).toBe('running');
  });
});

describe('cues', () => {
  let time: ManualTime;
  let cues: Cues;
  beforeEach(() => {
    time = world.time;
    cues = new Cues(graph, time.clock);
  });
  const tones = () =>
    world.contexts.flatMap((context) => context.nodes.filter(({ kind }) => kind === 'oscillator'));

  it('sound softly through the output, and let go of it', async () => {
    cues.play('joined');
    await settle();
    expect(tones().map(({ path }) => path)).toEqual([
      ['oscillator', 'gain', 'gain', 'destination'],
      ['oscillator', 'gain', 'gain', 'destination'],
    ]);
    expect(world.context.state).toBe('running');
    for (const tone of tones()) tone.end();
    await settle();
    expect(world.context.state).toBe('suspended');
    expect(tones().every(({ path }) => !path.includes('destination'))).toBe(true);
  });

  it('differ', async () => {
    const heard = new Set<string>();
    for (const cue of ['joined', 'left', 'message', 'mention', 'test'] as const) {
      const before = tones().length;
      cues.play(cue);
      await time.advance(1_000);
      heard.add(
        tones()
          .slice(before)
          .map(({ frequency }) => frequency.value)
          .join(),
      );
    }
    expect(heard.size).toBe(5);
  });

  it('are at most four a second', async () => {
    for (let passedMs = 0; passedMs < 1_000; passedMs += 10) {
      cues.play('message');
      await time.advance(10);
    }
    expect(tones()).toHaveLength(4);
  });

  it.each(['AudioContext', 'createGain', 'createOscillator', 'resume'])(
    'are left out where the browser refuses: %s',
    async (call) => {
      world.refused.add(call);
      cues.play('test');
      await settle();
      expect(world.contexts.every(({ state }) => state === 'suspended')).toBe(true);
      world.refused.clear();
      await time.advance(1_000);
      cues.play('message');
      await settle();
      expect(tones()).toHaveLength(1);
    },
  );

  it('that had to wait too long for a tap are left out', async () => {
    world.blocked = true;
    cues.play('message');
    await time.advance(600);
    cues.play('mention');
    await time.advance(100);
    world.blocked = false;
    graph.resume();
    await settle();
    expect(tones().map(({ frequency }) => frequency.value)).toEqual([988, 1319]);
  });

  it('that a person asked for come as soon as the loudspeaker is awake, and once', async () => {
    world.blocked = true;
    cues.play('test');
    await time.advance(1_000);
    cues.play('test');
    await time.advance(3_000);
    world.blocked = false;
    graph.resume();
    await settle();
    expect(tones()).toHaveLength(4);
  });

  it('that a person asked for long ago are left out', async () => {
    world.blocked = true;
    cues.play('test');
    await time.advance(5_000);
    world.blocked = false;
    graph.resume();
    await settle();
    expect(tones()).toEqual([]);
  });
});
