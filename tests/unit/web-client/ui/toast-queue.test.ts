import { beforeEach, describe, expect, it } from 'vitest';
import { TOAST_SHOWN_MS, TOASTS_MAX, ToastQueue } from '../../../../web-client/ui/toast-queue.ts';
import { ManualTime } from '../../../support/manual-time.ts';

describe('ToastQueue', () => {
  let time: ManualTime;
  let queue: ToastQueue;
  let shown: string[];
  let ids: number[];

  beforeEach(() => {
    time = new ManualTime();
    shown = [];
    ids = [];
    queue = new ToastQueue(time.timers, (toasts) => {
      shown = toasts.map(({ text }) => text);
      ids = toasts.map(({ id }) => id);
    });
  });

  it('shows each for its time', async () => {
    queue.say('a');
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.say('b');
    expect(shown).toEqual(['a', 'b']);
    await time.advance(1);
    expect(shown).toEqual(['b']);
    await time.advance(TOAST_SHOWN_MS);
    expect(shown).toEqual([]);
  });

  it('keeps the latest few', async () => {
    for (const text of ['a', 'b', 'c', 'd']) queue.say(text);
    expect(shown).toEqual(['b', 'c', 'd']);
    expect(shown).toHaveLength(TOASTS_MAX);
    expect(time.pending).toBe(TOASTS_MAX);
  });

  it('lets what is said twice stand once, and longer', async () => {
    queue.say('a');
    const [first] = ids;
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.say('a');
    expect(shown).toEqual(['a']);
    expect(ids).toEqual([first]);
    await time.advance(TOAST_SHOWN_MS - 1);
    expect(shown).toEqual(['a']);
    await time.advance(1);
    expect(shown).toEqual([]);
  });

  it('lets nothing go while held, and all a whole time later', async () => {
    queue.say('a');
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.setHeld(true);
    queue.say('b');
    await time.advance(10 * TOAST_SHOWN_MS);
    expect(shown).toEqual(['a', 'b']);
    queue.setHeld(false);
    await time.advance(TOAST_SHOWN_MS - 1);
    expect(shown).toEqual(['a', 'b']);
    await time.advance(1);
    expect(shown).toEqual([]);
  });

  it('takes away one that is dismissed, with its timer', async () => {
    queue.say('a');
    queue.say('b');
    const [first = 0] = ids;
    queue.dismiss(first);
    expect(shown).toEqual(['b']);
    queue.say('a');
    expect(ids).not.toContain(first);
    await time.advance(TOAST_SHOWN_MS);
    expect(shown).toEqual([]);
  });
});
