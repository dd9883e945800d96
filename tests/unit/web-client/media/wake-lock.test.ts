import { beforeEach, describe, expect, it } from 'vitest';
import { Visibility, WakeLock } from '../../../../web-client/media/wake-lock.ts';
import { FakeVisibility } from '../../../support/sound/fake-sound.ts';
import { settle } from '../../../support/time/manual-time.ts';

let visibility: FakeVisibility;
let requests: number;
let held: number;
let refuse: boolean;
let wakeLock: WakeLock;
beforeEach(() => {
  visibility = new FakeVisibility();
  requests = 0;
  held = 0;
  refuse = false;
  wakeLock = new WakeLock({
    visibility,
    api: {
      request: async () => {
        requests++;
        if (refuse) throw new Error('low battery');
        held++;
        return {
          release: async () => {
            held--;
          },
        };
      },
    },
  });
});

describe('the screen', () => {
  it('stays on while in a call', async () => {
    wakeLock.setHeld(true);
    wakeLock.setHeld(true);
    await settle();
    expect([requests, held]).toEqual([1, 1]);
    wakeLock.setHeld(false);
    await settle();
    expect(held).toBe(0);
  });

  it('stays on again when the page is back in view', async () => {
    wakeLock.setHeld(true);
    await settle();
    visibility.set(true);
    await settle();
    expect(held).toBe(0);
    visibility.set(false);
    await settle();
    expect([requests, held]).toEqual([2, 1]);
  });

  it('is not asked for while out, hidden or done', async () => {
    visibility.set(true);
    wakeLock.setHeld(true);
    expect(requests).toBe(0);
    wakeLock.setHeld(false);
    visibility.set(false);
    wakeLock.dispose();
    visibility.set(false);
    await settle();
    expect(requests).toBe(0);
  });

  it('is let go also where the lock came after leaving', async () => {
    wakeLock.setHeld(true);
    wakeLock.setHeld(false);
    await settle();
    expect([requests, held]).toEqual([1, 0]);
  });

  it('may be refused, and may be nobody’s to keep on', async () => {
    refuse = true;
    wakeLock.setHeld(true);
    await settle();
    refuse = false;
    visibility.set(false);
    await settle();
    expect(held).toBe(1);
    new WakeLock({ visibility, api: undefined }).setHeld(true);
  });
});

it('a page is hidden as its document says', () => {
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible' as DocumentVisibilityState,
  });
  const watched = new Visibility(document as unknown as Document);
  const seen: boolean[] = [];
  const watching = watched.onChange(() => seen.push(watched.hidden));
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  watching.dispose();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(seen).toEqual([true, false]);
});
