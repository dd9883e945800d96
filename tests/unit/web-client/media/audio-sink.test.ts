import { beforeEach, describe, expect, it } from 'vitest';
import { type AudioElementLike, AudioSink } from '../../../../web-client/media/audio-sink.ts';
import { settle } from '../../../support/manual-time.ts';

class FakeAudio implements AudioElementLike {
  srcObject: MediaProvider | null = null;
  muted = false;
  playing = false;

  async play(): Promise<void> {
    if (blocked) throw Object.assign(new Error(), { name: 'NotAllowedError' });
    this.playing = true;
  }

  pause(): void {
    this.playing = false;
  }
}

let blocked: boolean;
let elements: FakeAudio[];
let told: boolean[];
let sink: AudioSink;
beforeEach(() => {
  blocked = false;
  elements = [];
  told = [];
  sink = new AudioSink({
    createElement: () => {
      const element = new FakeAudio();
      elements.push(element);
      return element;
    },
    createStream: (track) => ({ track }) as unknown as MediaStream,
  });
  sink.onBlocked((isBlocked) => told.push(isBlocked));
});
const voice = (id: string) => ({ id }) as MediaStreamTrack;

describe('remote voices', () => {
  it('play as soon as they come, one element a person', async () => {
    sink.attach('a', voice('1'));
    sink.attach('a', voice('2'));
    sink.attach('b', voice('3'));
    await settle();
    expect(elements.map(({ playing, srcObject }) => [playing, srcObject])).toEqual([
      [false, null],
      [true, { track: voice('2') }],
      [true, { track: voice('3') }],
    ]);
    sink.detach('a');
    sink.detach('a');
    expect(elements[1]).toMatchObject({ playing: false, srcObject: null });
  });

  it('stay muted for a person over tracks to come', () => {
    sink.setMuted('a', true);
    sink.attach('a', voice('1'));
    sink.attach('b', voice('2'));
    expect(elements.map(({ muted }) => muted)).toEqual([true, false]);
    sink.setMuted('a', false);
    expect(elements[0]?.muted).toBe(false);
  });

  it('wait for a tap where the browser wants one, and say so once', async () => {
    blocked = true;
    sink.attach('a', voice('1'));
    sink.attach('b', voice('2'));
    await settle();
    expect(told).toEqual([true]);
    blocked = false;
    sink.unlock();
    await settle();
    expect(told).toEqual([true, false]);
    expect(elements.every(({ playing }) => playing)).toBe(true);
  });

  it('no longer wait when their person is gone', async () => {
    blocked = true;
    sink.attach('a', voice('1'));
    await settle();
    sink.detach('a');
    expect(told).toEqual([true, false]);
    sink.attach('b', voice('2'));
    sink.detach('b');
    await settle();
    expect(told).toEqual([true, false]);
  });

  it('end with the sink', async () => {
    sink.attach('a', voice('1'));
    await settle();
    sink.dispose();
    expect(elements[0]).toMatchObject({ playing: false, srcObject: null });
  });
});
