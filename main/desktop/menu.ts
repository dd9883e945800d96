/** Owns the menus: on macOS the ones every program has there, and everywhere the one on a text under the mouse. */

import type { MenuItemConstructorOptions } from 'electron';
import type { NativeTexts } from './native-texts.ts';
import { updateItem } from './tray/tray-menu.ts';

/** The project's page; package.json names the same. */
export const HOMEPAGE = 'https://secret-call.example';

export interface MenuTexts {
  /** The program's name. */
  readonly app: string;
  readonly t: NativeTexts;
  /** Whether this build looks for updates at all. */
  readonly hasUpdates: boolean;
}

export interface MenuActions {
  openHomepage(): void;
  checkForUpdates(): void;
}

/** The application menu, or null for none at all: elsewhere windows have none, and keys work without (shortcuts.ts). */
export function applicationMenuTemplate(
  platform: NodeJS.Platform,
  { app, t, hasUpdates }: MenuTexts,
  { openHomepage, checkForUpdates }: MenuActions,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [
    {
      label: app,
      submenu: [
        { role: 'about', label: t('menu.about', { app }) },
        updateItem(hasUpdates, t, checkForUpdates),
        { type: 'separator' },
        { role: 'hide', label: t('menu.hide', { app }) },
        { role: 'hideOthers', label: t('menu.hide-others') },
        { role: 'unhide', label: t('menu.show-all') },
        { type: 'separator' },
        { role: 'quit', label: t('menu.quit', { app }) },
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        { role: 'undo', label: t('menu.undo') },
        { role: 'redo', label: t('menu.redo') },
        { type: 'separator' },
        ...clipboardItems(t),
        { role: 'selectAll', label: t('edit.select-all') },
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        { role: 'resetZoom', label: t('menu.actual-size') },
        { role: 'zoomIn', label: t('menu.zoom-in') },
        { role: 'zoomOut', label: t('menu.zoom-out') },
        { type: 'separator' },
        { role: 'togglefullscreen', label: t('menu.full-screen') },
      ],
    },
    {
      role: 'window',
      label: t('menu.window'),
      submenu: [
        { role: 'minimize', label: t('menu.minimize') },
        { role: 'zoom', label: t('menu.zoom') },
        { role: 'close', label: t('menu.close') },
        { type: 'separator' },
        { role: 'front', label: t('menu.front') },
      ],
    },
    {
      role: 'help',
      label: t('menu.help'),
      submenu: [{ label: t('menu.homepage', { app }), click: openHomepage }],
    },
  ];
}

/** What can be done to the text under the mouse, or null when there is none. */
export function editMenuTemplate(
  editable: boolean,
  selected: boolean,
  t: NativeTexts,
): MenuItemConstructorOptions[] | null {
  if (editable)
    return [...clipboardItems(t), { type: 'separator' }, { role: 'selectAll', label: t('edit.select-all') }];
  return selected ? [{ role: 'copy', label: t('edit.copy') }] : null;
}

const clipboardItems = (t: NativeTexts): MenuItemConstructorOptions[] => [
  { role: 'cut', label: t('edit.cut') },
  { role: 'copy', label: t('edit.copy') },
  { role: 'paste', label: t('edit.paste') },
];
