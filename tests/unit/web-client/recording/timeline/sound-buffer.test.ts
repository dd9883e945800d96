import { describe, expect, it } from 'vitest';
import type { SoundBatch } from '../../../../../web-client/recording/recorder-messages.ts';
import { SoundBuffer, softened } from '../../../../../web-client/recording/timeline/sound-buffer.ts';

const STRIDE = 10;
const OTHERS = 9;

/** Of two inputs, the second alone having a voice; in the rest are others' samples. */
function batch(frame: number, voice: readonly number[]): SoundBatch {
  const samples = new Float32Array(2 * STRIDE).fill(OTHERS);
  samples.set(voice, STRIDE);
  return { frame, length: voice.length, stampMs: 0, inputs: 0b10, stride: STRIDE, samples };
}

function read(buffer: SoundBuffer, frame: number, length: number, from = 0, to = Number.POSITIVE_INFINITY) {
  const target = new Float32Array(length);
  buffer.addTo(target, 1, frame, from, to);
  return [...target];
}

describe('a sound buffer', () => {
  it('gives each sample at its place, over the borders of what came', () => {
    const buffer = new SoundBuffer();
    buffer.push(batch(100, [1, 2]));
    buffer.push(batch(102, [3, 4]));
    expect(read(buffer, 101, 3)).toEqual([2, 3, 4]);
  });

  it('is silent where nothing came, also of a voice that was not there', () => {
    const buffer = new SoundBuffer();
    buffer.push(batch(102, [1]));
    expect(read(buffer, 100, 5)).toEqual([0, 0, 1, 0, 0]);
    const target = new Float32Array(5);
    buffer.addTo(target, 0, 100, 0, Number.POSITIVE_INFINITY);
    expect([...target]).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives nothing before the entry and nothing from the exit on, to the sample', () => {
    const buffer = new SoundBuffer();
    buffer.push(batch(0, Array(STRIDE).fill(1)));
    expect(read(buffer, 2, 6, 4, 6)).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('adds to what is there', () => {
    const buffer = new SoundBuffer();
    buffer.push(batch(0, [1, 1]));
    const target = new Float32Array([0.5, 0.5]);
    buffer.addTo(target, 1, 0, 0, 2);
    expect([...target]).toEqual([1.5, 1.5]);
  });

  it('keeps only what is still asked for, and gives away the rest once', () => {
    const buffer = new SoundBuffer();
    const [first, second] = [batch(0, [1, 1]), batch(2, [1, 1])];
    buffer.push(first);
    buffer.push(second);
    expect(buffer.forgetBefore(1)).toEqual([]);
    expect(buffer.forgetBefore(3)).toEqual([first]);
    expect(buffer.forgetBefore(3)).toEqual([]);
    expect(read(buffer, 0, 4)).toEqual([0, 0, 1, 1]);
  });
});

describe('several voices in one track', () => {
  it('leaves what is not loud as it is, to the bit', () => {
    const samples = new Float32Array([0, 0.5, -0.79]);
    expect([...softened(samples.slice())]).toEqual([...samples]);
  });

  it('keeps several loud voices within full scale, and in order', () => {
    const [a = 0, b = 0, c = 0] = softened(new Float32Array([0.9, 1.1, -1.3]));
    expect(a).toBeGreaterThan(0.8);
    expect(b).toBeGreaterThan(a);
    expect(b).toBeLessThan(1);
    expect(c).toBeLessThan(-b);
    expect(c).toBeGreaterThan(-1);
  });
});
