import { describe, expect, it } from 'vitest';
import { softened, VoiceBuffer } from '../../../../../web-client/recording/timeline/voice-buffer.ts';

const ones = (count: number) => new Float32Array(count).fill(1);

function read(buffer: VoiceBuffer, frame: number, length: number, from = 0, to = Number.POSITIVE_INFINITY) {
  const target = new Float32Array(length);
  buffer.addTo(target, frame, from, to);
  return [...target];
}

describe('a voice buffer', () => {
  it('gives each sample at its place, over the borders of what came', () => {
    const buffer = new VoiceBuffer();
    buffer.push(100, new Float32Array([1, 2]));
    buffer.push(102, new Float32Array([3, 4]));
    expect(read(buffer, 101, 3)).toEqual([2, 3, 4]);
  });

  it('is silent where nothing came', () => {
    const buffer = new VoiceBuffer();
    buffer.push(102, ones(1));
    expect(read(buffer, 100, 5)).toEqual([0, 0, 1, 0, 0]);
  });

  it('gives nothing before the entry and nothing from the exit on, to the sample', () => {
    const buffer = new VoiceBuffer();
    buffer.push(0, ones(10));
    expect(read(buffer, 2, 6, 4, 6)).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('adds to what is there', () => {
    const buffer = new VoiceBuffer();
    buffer.push(0, ones(2));
    const target = new Float32Array([0.5, 0.5]);
    buffer.addTo(target, 0, 0, 2);
    expect([...target]).toEqual([1.5, 1.5]);
  });

  it('keeps only what is still asked for', () => {
    const buffer = new VoiceBuffer();
    buffer.push(0, ones(2));
    buffer.push(2, ones(2));
    buffer.forgetBefore(2);
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
