/** Owns the menus: on macOS what copy and paste need there, and everywhere the one on a text under the mouse. */

import type { MenuItemConstructorOptions } from 'electron';
import type { NativeTexts } from './native-texts.ts';

/** The application menu, or null for none at all. Its roles bring the system's own words and keys. */
export function applicationMenuTemplate(
  platform: NodeJS.Platform,
  name: string,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [
    {
      label: name,
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
}

/** What can be done to the text under the mouse, or null when there is none. */
export function editMenuTemplate(
  editable: boolean,
  selected: boolean,
  t: NativeTexts,
): MenuItemConstructorOptions[] | null {
  if (editable) {
    return [
      { role: 'cut', label: t('edit.cut') },
      { role: 'copy', label: t('edit.copy') },
      { role: 'paste', label: t('edit.paste') },
    ];
  }
  return selected ? [{ role: 'copy', label: t('edit.copy') }] : null;
}
