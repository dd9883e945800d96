/** Owns what the tray's menu offers: nothing that cannot be done now. Pure. */

import type { MenuItemConstructorOptions } from 'electron';
import { type Activity, activityLines } from '../activity.ts';
import type { NativeTexts } from '../native-texts.ts';

export interface TrayActions {
  /** Brings the host's window up. */
  open(): void;
  showCall(): void;
  copyLink(): void;
  toggleMicrophone(): void;
  leaveCall(): void;
  stopHosting(): void;
  checkForUpdates(): void;
  quit(): void;
}

/** Looks for updates, or says that this build does not. */
export const updateItem = (
  hasUpdates: boolean,
  t: NativeTexts,
  check: () => void,
): MenuItemConstructorOptions =>
  hasUpdates
    ? { label: t('menu.check-for-updates'), click: check }
    : { label: t('menu.no-updates'), enabled: false };

export function trayMenuTemplate(
  activity: Activity,
  t: NativeTexts,
  { hasUpdates, ...actions }: TrayActions & { readonly hasUpdates: boolean },
): MenuItemConstructorOptions[] {
  const { room, call } = activity;
  const lines = activityLines(activity, t).map((label) => ({ label, enabled: false }));
  const muted = call !== null && call.microphone === 'muted';
  const canMute = call !== null && call.microphone !== 'none';
  const groups: MenuItemConstructorOptions[][] = [
    lines,
    [
      { label: t('tray.open'), click: actions.open },
      ...(call === null ? [] : [{ label: t('tray.show-call'), click: actions.showCall }]),
      ...(room === null ? [] : [{ label: t('tray.copy-link'), click: actions.copyLink }]),
    ],
    [
      ...(canMute
        ? [{ label: t(muted ? 'tray.unmute' : 'tray.mute'), click: actions.toggleMicrophone }]
        : []),
      ...(call === null ? [] : [{ label: t('tray.leave'), click: actions.leaveCall }]),
      ...(room === null ? [] : [{ label: t('tray.stop'), click: actions.stopHosting }]),
    ],
    [updateItem(hasUpdates, t, actions.checkForUpdates)],
    [{ label: t('tray.quit'), click: actions.quit }],
  ];
  const present = groups.filter(({ length }) => length > 0);
  return present.flatMap((group, index) =>
    index === 0 ? group : [{ type: 'separator' as const }, ...group],
  );
}
