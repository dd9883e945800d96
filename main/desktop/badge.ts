/** Owns the badge: how many are in, on the dock, the launcher or the taskbar button, wherever the system has one. */

import type { App, BrowserWindow, NativeImage } from 'electron';
import { CAPACITY_MAX } from '../common/protocol/limits.ts';
import { type Activity, peopleIn } from './activity.ts';
import type { NativeTexts } from './native-texts.ts';

export interface BadgeDependencies {
  readonly platform: NodeJS.Platform;
  readonly app: Pick<App, 'setBadgeCount'>;
  /** Windows draws on a window's button. */
  readonly windows: () => readonly Pick<BrowserWindow, 'setOverlayIcon'>[];
  readonly image: (people: number) => NativeImage;
}

export function showBadge(
  activity: Activity,
  t: NativeTexts,
  { platform, app, windows, image }: BadgeDependencies,
): void {
  const people = Math.min(peopleIn(activity), CAPACITY_MAX);
  if (platform !== 'win32') {
    app.setBadgeCount(people);
    return;
  }
  for (const window of windows()) {
    if (people === 0) window.setOverlayIcon(null, '');
    else window.setOverlayIcon(image(people), t('badge.people', { count: people }));
  }
}

/** The file of a picture, below the folder of the tray's. */
export const badgeImageFile = (people: number): string => `people-${people}.png`;
