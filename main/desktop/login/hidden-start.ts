/** Owns a start for which nobody asked to see a window: into the tray once there is one to be seen, else minimised. */

import type { TimersLike } from '../../common/platform.ts';

/** Said to the app that the system starts at login. */
export const HIDDEN_SWITCH = 'hidden';

/** At login the desktop may come up more slowly than the app. */
export const TRAY_WAIT_MS = 15_000;
export const TRAY_ASKED_EVERY_MS = 1_000;

export interface HiddenStart {
  /** Whether an icon could bring the window back; it is shown then. */
  readonly showTray: () => Promise<boolean>;
  /** Whether somebody has brought the window up meanwhile. */
  readonly isShown: () => boolean;
  readonly minimize: () => void;
  readonly timers: TimersLike;
}

export async function startHidden({ showTray, isShown, minimize, timers }: HiddenStart): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += TRAY_ASKED_EVERY_MS) {
    if (isShown() || (await showTray())) return;
    if (waitedMs >= TRAY_WAIT_MS) break;
    await new Promise<void>((resolve) => {
      timers.setTimeout(resolve, TRAY_ASKED_EVERY_MS);
    });
  }
  if (!isShown()) minimize();
}
