import { beforeEach, describe, expect, it } from 'vitest';
import type { VolumeReach } from '../../../../web-client/core/state/audio-state.ts';
import { AudioSink, GRAPH_LATE_MS } from '../../../../web-client/media/audio-sink.ts';
import { STANDSTILL_CHECK_MS } from '../../../../web-client/media/shared-context.ts';
import { FakeAudioWorld } from '../../../support/sound/fake-audio.ts';
import { type ManualTime, settle } from '../../../support/time/manual-time.ts';

let world: FakeAudioWorld;
let told: boolean[];
let reaches: VolumeReach[];
let sink: AudioSink;
let time: ManualTime;
beforeEach(() => {
  world = new FakeAudioWorld();
  time = world.time;
  told = [];
  reaches = [];
  open();
});
function open(): void {
  const { createElement, createStream } = world;
  sink = new AudioSink({ createElement, createStream, graph: world.createGraph(), timers: time.timers });
  sink.onBlocked((isBlocked) => told.push(isBlocked));
  sink.onReach((_id, reach) => reaches.push(reach));
}
const voice = (id: string) => ({ id }) as MediaStreamTrack;
const loudness = () => world.elements.map((element) => element.loudness);
/** The gains of the voices that go through the graph. */
const gains = () =>
  world.contexts.flatMap((context) =>
    context.connected('source').map((source) => [...source.targets][0]?.gain.value ?? 0),
  );

describe('remote voices', () => {
  it('play as soon as they come, one element a person', async () => {
    sink.attach('a', voice('1'));
    sink.attach('a', voice('2'));
    sink.attach('b', voice('3'));
    await settle();
    expect(world.elements.map(({ playing, srcObject }) => [playing, srcObject])).toEqual([
      [false, null],
      [true, { track: voice('2') }],
      [true, { track: voice('3') }],
    ]);
    sink.detach('a');
    sink.detach('a');
    expect(world.elements[1]).toMatchObject({ playing: false, srcObject: null });
    expect(world.contexts).toEqual([]);
  });

  it('stay muted for a person over tracks to come', () => {
    sink.setMuted('a', true);
    sink.attach('a', voice('1'));
    sink.attach('b', voice('2'));
    expect(world.elements.map(({ muted }) => muted)).toEqual([true, false]);
    sink.setMuted('a', false);
    expect(world.elements[0]?.muted).toBe(false);
  });

  it('wait for a tap where the browser wants one, and say so once', async () => {
    world.blocked = true;
    sink.attach('a', voice('1'));
    sink.attach('b', voice('2'));
    await settle();
    expect(told).toEqual([true]);
    world.blocked = false;
    sink.unlock();
    await settle();
    expect(told).toEqual([true, false]);
    expect(world.elements.every(({ playing }) => playing)).toBe(true);
  });

  it('no longer wait when their person is gone', async () => {
    world.blocked = true;
    sink.attach('a', voice('1'));
    await settle();
    sink.detach('a');
    expect(told).toEqual([true, false]);
    sink.attach('b', voice('2'));
    sink.detach('b');
    await settle();
    expect(told).toEqual([true, false]);
  });

  it('that a phone call stopped go on', async () => {
    sink.attach('a', voice('1'));
    await settle();
    world.elements[0]?.pause();
    sink.unlock();
    await settle();
    expect(world.elements[0]?.playing).toBe(true);
  });

  it('end with the sink', async () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await settle();
    sink.dispose();
    expect(world.elements[0]).toMatchObject({ playing: false, srcObject: null });
    expect(gains()).toEqual([]);
    expect(world.context.state).toBe('suspended');
  });
});

describe('the volume', () => {
  it('is the element’s up to 1, without a context', async () => {
    sink.setVolume('a', 0.3);
    sink.attach('a', voice('1'));
    await settle();
    expect(loudness()).toEqual([0.3]);
    sink.setVolume('a', 0);
    expect(loudness()).toEqual([0]);
    sink.setVolume('a', 1);
    expect(loudness()).toEqual([1]);
    expect(world.contexts).toEqual([]);
  });

  it('above 1 goes through gain and limiter, while the element plays on silently', async () => {
    sink.attach('a', voice('1'));
    await settle();
    sink.setVolume('a', 2);
    const [source] = world.context.connected('source');
    expect(source?.path).toEqual(['source', 'gain', 'limiter', 'gain', 'destination']);
    expect(source?.made).toBe(world.elements[0]?.srcObject);
    expect(world.elements[0]).toMatchObject({ playing: true, muted: true });
    const [double] = gains();
    sink.setVolume('a', 1.5);
    expect(gains()).toEqual([((double ?? 0) * 1.5) / 2]);
    expect(world.context.state).toBe('running');
    sink.setVolume('a', 1);
    expect(gains()).toEqual([]);
    expect(loudness()).toEqual([1]);
    await settle();
    expect(world.context.state).toBe('suspended');
  });

  it('makes up for what the compressor adds by itself', () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    expect(20 * Math.log10((gains()[0] ?? 0) / 2)).toBeCloseTo(-1.71, 2);
  });

  it('is kept while muted here, and nothing is amplified meanwhile', async () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await settle();
    sink.setMuted('a', true);
    expect([loudness(), gains()]).toEqual([[0], []]);
    sink.setVolume('a', 1.5);
    expect(gains()).toEqual([]);
    sink.setMuted('a', false);
    expect(gains()).toHaveLength(1);
    sink.setVolume('a', 0.5);
    expect([loudness(), gains()]).toEqual([[0.5], []]);
  });

  it('holds for the next track', async () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    sink.attach('a', voice('2'));
    await settle();
    expect(gains()).toHaveLength(1);
    expect(loudness()).toEqual([0, 0]);
  });

  it('goes through the graph below 1 as well where elements do not keep it', async () => {
    world.fixedVolume = true;
    sink.attach('a', voice('1'));
    await settle();
    expect([loudness(), gains()]).toEqual([[1], []]);
    sink.setVolume('a', 0.5);
    expect(loudness()).toEqual([0]);
    expect(gains()).toHaveLength(1);
    sink.setVolume('a', 0);
    expect([loudness(), gains()]).toEqual([[0], []]);
  });

  it('however often it changes needs one context', async () => {
    for (let round = 0; round < 100; round++) {
      sink.attach('a', voice(`${round}`));
      sink.setVolume('a', 1 + (round % 11) / 10);
      sink.setVolume('b', 2);
      sink.attach('b', voice(`${round}`));
      await settle();
      sink.detach('b');
    }
    expect(world.contexts).toHaveLength(1);
    sink.detach('a');
    expect(world.context.connected('source')).toEqual([]);
    expect(world.context.connected('limiter')).toEqual([]);
    expect(world.context.state).toBe('suspended');
  });
});

describe('the speaker', () => {
  it('is that of every element, now and to come, and of the graph', async () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    sink.setSpeaker('loud');
    sink.attach('b', voice('2'));
    await settle();
    expect(world.elements.map(({ speaker }) => speaker)).toEqual(['loud', 'loud']);
    expect(world.context.speaker).toBe('loud');
    sink.setSpeaker(null);
    expect(world.elements.map(({ speaker }) => speaker)).toEqual(['', '']);
    expect(world.context.speaker).toBe('');
  });

  it('chosen before anything plays is used from the start', () => {
    sink.setSpeaker('loud');
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    expect(world.context.speaker).toBe('loud');
  });

  it('is an element’s where a context cannot choose', async () => {
    world.contextChoosesSpeaker = false;
    open();
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    expect(world.context.connected('source')[0]?.path.at(-1)).toBe('destination');
    sink.setSpeaker('loud');
    await settle();
    expect(world.context.connected('source')[0]?.path.at(-1)).toBe('stream');
    expect(world.elements[1]).toMatchObject({ speaker: 'loud', playing: true });
    sink.setSpeaker(null);
    expect(world.elements[1]).toMatchObject({ speaker: '', playing: true });
    expect(world.elements).toHaveLength(2);
  });
});

/** How loud the voice of each track comes out, by each way that it comes out; the doubled one is the graph's. */
function heard(id: string): string[] {
  const playsTrack = (made: unknown) => (made as { track?: { id: string } } | null)?.track?.id === id;
  const aloud = world.elements.filter(({ srcObject, loudness }) => playsTrack(srcObject) && loudness > 0);
  const graphs = world.contexts.filter(({ plays }) => plays);
  const detoured = world.elements.some(
    ({ srcObject, playing }) => playing && !('track' in (srcObject ?? {})),
  );
  const carried = graphs.flatMap((context) =>
    context.connected('source').filter(({ made, path, targets }) => {
      const end = path.at(-1);
      const arrives = end === 'destination' || (end === 'stream' && detoured);
      return playsTrack(made) && arrives && [...targets].every(({ gain }) => gain.value > 0);
    }),
  );
  return [...aloud.map(({ loudness }) => `element ${loudness}`), ...carried.map(() => 'graph')];
}

describe('a browser that refuses', () => {
  const REFUSALS: readonly (readonly [string, () => void])[] = [
    ...[
      'AudioContext',
      'createGain',
      'connect',
      'createMediaStreamSource',
      'createDynamicsCompressor',
      'setTargetAtTime',
      'resume',
    ].map((call) => [call, () => void world.refused.add(call)] as const),
    ['resume, without an answer', () => void world.hung.add('resume')],
    [
      'context.setSinkId and what is instead of it',
      () => {
        world.refused.add('context.setSinkId').add('createMediaStreamDestination');
      },
    ],
    ['context.setSinkId, without an answer', () => void world.hung.add('context.setSinkId')],
    [
      'context.setSinkId, and the element’s as well',
      () => {
        world.refused.add('context.setSinkId').add('element.setSinkId');
      },
    ],
    [
      'a context that chooses, and the way around',
      () => {
        world.contextChoosesSpeaker = false;
        world.refused.add('createMediaStreamDestination');
      },
    ],
  ];

  describe.each(REFUSALS)('%s', (_call, refuse) => {
    beforeEach(() => {
      refuse();
      open();
      // Refusing a loudspeaker matters once one is chosen.
      sink.setSpeaker('headset');
    });

    it('lets every voice be heard once, as loud as it came, and says that it cannot be louder', async () => {
      for (const track of ['1', '2']) {
        sink.attach('a', voice(track));
        sink.setVolume('a', 2);
        await settle();
        expect(heard(track)).toEqual(['element 1']);
        await time.advance(GRAPH_LATE_MS);
        expect(heard(track)).toEqual(['element 1']);
        expect(reaches).toEqual(['plain']);
      }
      sink.setMuted('a', true);
      expect(heard('2')).toEqual([]);
      sink.setMuted('a', false);
      sink.setVolume('a', 0.3);
      await settle();
      expect(heard('2')).toEqual(['element 0.3']);
      sink.setVolume('a', 1.5);
      sink.unlock();
      await time.advance(GRAPH_LATE_MS);
      expect(heard('2')).toEqual(['element 1']);
      sink.detach('a');
      expect(world.contexts.flatMap((context) => context.connected('source'))).toEqual([]);
    });

    it('gives what was chosen as soon as it no longer refuses', async () => {
      sink.setVolume('a', 2);
      sink.attach('a', voice('1'));
      await time.advance(GRAPH_LATE_MS);
      expect(reaches).toEqual(['plain']);
      world.refused.clear();
      world.hung.clear();
      world.contextChoosesSpeaker = true;
      for (const context of world.contexts) context.setSinkId ??= async () => {};
      sink.setSpeaker(null);
      sink.unlock();
      await settle();
      expect(heard('1')).toEqual(['graph']);
      expect(reaches).toEqual(['plain', 'full']);
    });
  });

  it.each(['disconnect', 'suspend'])('%s lets voices go on and end', async (call) => {
    world.refused.add(call);
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await settle();
    expect(heard('1')).toEqual(['graph']);
    sink.setVolume('a', 1);
    expect(heard('1')).toEqual(['element 1']);
    sink.detach('a');
    expect(world.elements[0]).toMatchObject({ playing: false, srcObject: null });
    expect(reaches).toEqual([]);
  });

  it('the context’s loudspeaker alone is gone around', async () => {
    world.refused.add('context.setSinkId');
    sink.setSpeaker('headset');
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await settle();
    expect(heard('1')).toEqual(['graph']);
    expect(world.elements.at(-1)).toMatchObject({ speaker: 'headset', playing: true });
  });

  it('both the graph and a volume of elements leaves nothing to be set, and says so', async () => {
    world.fixedVolume = true;
    world.refused.add('createMediaStreamSource');
    sink.attach('a', voice('1'));
    sink.setVolume('a', 0.5);
    await settle();
    expect([heard('1'), reaches]).toEqual([['element 1'], ['none']]);
    sink.setMuted('a', true);
    expect(heard('1')).toEqual([]);
  });
});

describe('a graph that stops', () => {
  it.each(['interrupted', 'suspended', 'closed'] as const)(
    'leaves the voice to its element: %s',
    async (state) => {
      sink.attach('a', voice('1'));
      sink.setVolume('a', 2);
      await settle();
      const { context } = world;
      world.hung.add('resume');
      context.become(state);
      expect(heard('1')).toEqual(['element 1']);
      await time.advance(GRAPH_LATE_MS);
      expect(reaches).toEqual(['plain']);
      world.hung.clear();
      sink.unlock();
      await settle();
      expect(heard('1')).toEqual(['graph']);
      expect(reaches).toEqual(['plain', 'full']);
      expect(world.contexts).toHaveLength(state === 'closed' ? 2 : 1);
    },
  );

  it('says that it runs all the while leaves the voice to its element as well, until it does run', async () => {
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await time.advance(STANDSTILL_CHECK_MS);
    world.standsStill = true;
    world.context.standStill();
    await time.advance(2 * STANDSTILL_CHECK_MS);
    expect(heard('1')).toEqual(['element 1']);
    await time.advance(GRAPH_LATE_MS);
    expect([heard('1'), reaches]).toEqual([['element 1'], ['plain']]);
    world.standsStill = false;
    await time.advance(2 * STANDSTILL_CHECK_MS);
    expect([heard('1'), reaches]).toEqual([['graph'], ['plain', 'full']]);
  });

  it('never began, for nobody needed it any more as it was to, is begun with the next voice', async () => {
    world.hung.add('resume');
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    sink.setVolume('a', 1);
    world.hung.clear();
    world.context.become('running');
    await settle();
    expect(world.context.state).toBe('suspended');
    sink.setVolume('a', 2);
    await settle();
    expect(heard('1')).toEqual(['graph']);
  });

  it('that runs late is used from then on, and no sound comes twice before', async () => {
    world.hung.add('resume');
    sink.attach('a', voice('1'));
    sink.setVolume('a', 2);
    await time.advance(GRAPH_LATE_MS / 2);
    expect([heard('1'), reaches]).toEqual([['element 1'], []]);
    world.context.become('running');
    expect([heard('1'), reaches]).toEqual([['graph'], []]);
    await time.advance(GRAPH_LATE_MS);
    expect(reaches).toEqual([]);
  });
});
