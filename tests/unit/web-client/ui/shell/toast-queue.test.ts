import { beforeEach, describe, expect, it } from 'vitest';
import {
  TOAST_GIVES_WAY_MS,
  TOAST_SHOWN_MS,
  TOASTS_MAX,
  TOASTS_WAITING_MAX,
  ToastQueue,
} from '../../../../../web-client/ui/shell/toast-queue.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

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
    queue.add('a');
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.add('b');
    expect(shown).toEqual(['a', 'b']);
    await time.advance(1);
    expect(shown).toEqual(['b']);
    await time.advance(TOAST_SHOWN_MS);
    expect(shown).toEqual([]);
  });

  it('keeps the latest few', async () => {
    for (const text of ['a', 'b', 'c', 'd']) queue.add(text);
    expect(shown).toEqual(['b', 'c', 'd']);
    expect(shown).toHaveLength(TOASTS_MAX);
    await time.advance(TOAST_GIVES_WAY_MS);
    expect(time.pending).toBe(TOASTS_MAX);
  });

  it('changes seldom in a flood, keeps a few that wait, and tells the latest in the end', async () => {
    let changes = 0;
    const flooded = new ToastQueue(time.timers, (toasts) => {
      changes++;
      shown = toasts.map(({ text }) => text);
    });
    for (let said = 0; said < 300; said++) {
      flooded.add(`${said}`);
      await time.advance(10);
    }
    expect(changes).toBeLessThanOrEqual(TOASTS_MAX + 3_000 / TOAST_GIVES_WAY_MS);
    await time.advance(TOASTS_WAITING_MAX * TOAST_GIVES_WAY_MS);
    expect(shown).toEqual(['297', '298', '299']);
    expect(time.pending).toBeLessThanOrEqual(TOASTS_MAX + 1);
    await time.advance(TOAST_SHOWN_MS);
    expect([shown, time.pending]).toEqual([[], 0]);
  });

  it('gives a free place at once to one that waits', async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) queue.add(text);
    queue.add('e');
    expect(shown).toEqual(['b', 'c', 'd']);
    queue.dismiss(ids[0] ?? 0);
    expect(shown).toEqual(['c', 'd', 'e']);
  });

  it('lets what is said twice stand once, and longer', async () => {
    queue.add('a');
    const [first] = ids;
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.add('a');
    expect(shown).toEqual(['a']);
    expect(ids).toEqual([first]);
    await time.advance(TOAST_SHOWN_MS - 1);
    expect(shown).toEqual(['a']);
    await time.advance(1);
    expect(shown).toEqual([]);
  });

  it('lets nothing go while held, and all a whole time later', async () => {
    queue.add('a');
    await time.advance(TOAST_SHOWN_MS - 1);
    queue.setHeld(true);
    queue.add('b');
    await time.advance(10 * TOAST_SHOWN_MS);
    expect(shown).toEqual(['a', 'b']);
    queue.setHeld(false);
    await time.advance(TOAST_SHOWN_MS - 1);
    expect(shown).toEqual(['a', 'b']);
    await time.advance(1);
    expect(shown).toEqual([]);
  });

  it('takes away one that is dismissed, with its timer', async () => {
    queue.add('a');
    queue.add('b');
    const [first = 0] = ids;
    queue.dismiss(first);
    expect(shown).toEqual(['b']);
    queue.add('a');
    expect(ids).not.toContain(first);
    await time.advance(TOAST_SHOWN_MS);
    expect(shown).toEqual([]);
  });
});
