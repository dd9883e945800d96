import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../../../../main/common/timing/serial-queue.ts';

describe('SerialQueue', () => {
  it('begins a step when the one before it has settled', async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    let endFirst = () => {};
    const first = new Promise<void>((resolve) => {
      endFirst = resolve;
    });
    const one = queue.run(async () => {
      seen.push('one begins');
      await first;
      seen.push('one ends');
    });
    const two = queue.run(() => seen.push('two'));
    await Promise.resolve();
    expect(seen).toEqual(['one begins']);
    endFirst();
    await Promise.all([one, two]);
    expect(seen).toEqual(['one begins', 'one ends', 'two']);
  });

  it('settles as the step does, and goes on after one that fails', async () => {
    const queue = new SerialQueue();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const throwing = queue.run(() => {
      throw new Error('neither');
    });
    const value = queue.run(() => 7);
    await expect(failing).rejects.toThrow('no');
    await expect(throwing).rejects.toThrow('neither');
    await expect(value).resolves.toBe(7);
  });
});
