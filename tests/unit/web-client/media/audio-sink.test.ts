import { beforeEach, describe, expect, it } from 'vitest';
import { AudioSink } from '../../../../web-client/media/audio-sink.ts';
import { FakeAudioWorld } from '../../../support/fake-audio.ts';
import { settle } from '../../../support/manual-time.ts';

let world: FakeAudioWorld;
let told: boolean[];
let sink: AudioSink;
beforeEach(() => {
  world = new FakeAudioWorld();
  told = [];
  open();
});
function open(): void {
  const { createElement, createStream } = world;
  sink = new AudioSink({ createElement, createStream, graph: world.createGraph() });
  sink.onBlocked((isBlocked) => told.push(isBlocked));
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
