/** Owns proof that the badge counts who is in, in each system's way. */

import type { NativeImage } from 'electron';
import { expect, it } from 'vitest';
import type { Activity } from '../../../../main/desktop/activity.ts';
import { showBadge } from '../../../../main/desktop/badge.ts';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';

function badgeOn(platform: NodeJS.Platform, activities: readonly Activity[]): string[] {
  const log: string[] = [];
  for (const activity of activities)
    showBadge(activity, nativeTexts.en, {
      platform,
      app: { setBadgeCount: (count) => log.push(`count ${count}`) > 0 },
      windows: () => [{ setOverlayIcon: (image, words) => void log.push(`${String(image)}: ${words}`) }],
      image: (people) => `picture ${people}` as unknown as NativeImage,
    });
  return log;
}

const room = (people: number): Activity => ({ room: { people, waiting: 0 }, call: null });
const activities = [
  room(3),
  { ...room(3), call: { others: 1, microphone: 'open' } },
  room(99),
  room(0),
] as const;

it.each(['darwin', 'linux'] as const)('as a number on %s', (platform) => {
  expect(badgeOn(platform, activities)).toEqual(['count 3', 'count 2', 'count 12', 'count 0']);
});

it('as a picture with words on the button of each window on Windows', () => {
  expect(badgeOn('win32', activities)).toEqual([
    'picture 3: 3 people are in',
    'picture 2: 2 people are in',
    'picture 12: 12 people are in',
    'null: ',
  ]);
});
