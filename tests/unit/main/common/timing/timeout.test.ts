import { describe, expect, it } from 'vitest';
import { Timeout } from '../../../../../main/common/timing/timeout.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

function setUp() {
  const time = new ManualTime();
  const timeout = new Timeout(time.timers);
  const fired: string[] = [];
  return { time, timeout, fired, set: (name: string, ms: number) => timeout.set(() => fired.push(name), ms) };
}

describe('Timeout', () => {
  it('fires once, when it is due', async () => {
    const { time, timeout, fired, set } = setUp();
    set('a', 100);
    await time.advance(99);
    expect([fired, timeout.pending]).toEqual([[], true]);
    await time.advance(1_000);
    expect([fired, timeout.pending]).toEqual([['a'], false]);
  });

  it('holds one timer: setting it again puts the former off', async () => {
    const { time, fired, set } = setUp();
    set('a', 100);
    await time.advance(50);
    set('b', 100);
    expect(time.pending).toBe(1);
    await time.advance(1_000);
    expect(fired).toEqual(['b']);
  });

  it('can be set again from its own callback', async () => {
    const { time, timeout, fired, set } = setUp();
    timeout.set(() => {
      fired.push(String(timeout.pending));
      set('again', 10);
    }, 10);
    await time.advance(20);
    expect(fired).toEqual(['false', 'again']);
  });

  it.each(['clear', 'dispose'] as const)('never fires after %s', async (end) => {
    const { time, timeout, fired, set } = setUp();
    set('a', 100);
    timeout[end]();
    timeout[end]();
    await time.advance(1_000);
    expect([fired, timeout.pending, time.pending]).toEqual([[], false, 0]);
  });
});
