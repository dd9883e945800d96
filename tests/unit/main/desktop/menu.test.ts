/** Owns proof that there are menus exactly where a person needs one, whole and in their language. */

import { readFileSync } from 'node:fs';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import {
  applicationMenuTemplate,
  editMenuTemplate,
  HOMEPAGE,
  type MenuActions,
} from '../../../../main/desktop/menu.ts';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';
import { mayOpenOutside } from '../../../../main/desktop/window-commands.ts';

const itemsOf = ({ submenu }: MenuItemConstructorOptions) => submenu as MenuItemConstructorOptions[];

describe('the application menu', () => {
  const NOTHING: MenuActions = { openHomepage() {}, checkForUpdates() {} };
  const menuIn = (language: 'en' | 'ru', actions: Partial<MenuActions> = {}, hasUpdates = true) => {
    const texts = { app: 'Secret Call', t: nativeTexts[language], hasUpdates };
    return applicationMenuTemplate('darwin', texts, { ...NOTHING, ...actions }) ?? [];
  };

  it('is on macOS alone', () => {
    const texts = { app: 'Secret Call', t: nativeTexts.en, hasUpdates: true };
    expect(applicationMenuTemplate('linux', texts, NOTHING)).toBeNull();
    expect(applicationMenuTemplate('win32', texts, NOTHING)).toBeNull();
  });

  it.each([
    ['en', ['Secret Call', 'Edit', 'View', 'Window', 'Help']],
    ['ru', ['Secret Call', 'Правка', 'Вид', 'Окно', 'Справка']],
  ] as const)('has the menus people look for there: %s', (language, labels) => {
    expect(menuIn(language).map(({ label }) => label)).toEqual(labels);
  });

  it('has what copy and paste need, and no item whose word the system would write in English', () => {
    const items = menuIn('ru').flatMap(itemsOf);
    const roles = items.map(({ role }) => role);
    expect(roles).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'quit']),
    );
    const unnamed = items.filter(({ type, label }) => type !== 'separator' && !/[а-я]/.test(label ?? ''));
    expect(unnamed).toEqual([]);
  });

  it('checks for updates from below the program’s name, or says that this build has none', () => {
    const checkForUpdates = vi.fn();
    const offered = itemsOf(menuIn('en', { checkForUpdates })[0] ?? {})[1];
    expect(offered?.label).toBe('Check for Updates');
    (offered?.click as (() => void) | undefined)?.();
    expect(checkForUpdates).toHaveBeenCalledOnce();
    const missing = itemsOf(menuIn('ru', {}, false)[0] ?? {})[1];
    expect(missing).toEqual({ label: 'Эта сборка не обновляется', enabled: false });
  });

  it("opens the project's page from Help, an address that may be opened", () => {
    const openHomepage = vi.fn();
    const help = itemsOf(menuIn('en', { openHomepage }).at(-1) ?? {})[0];
    (help?.click as (() => void) | undefined)?.();
    expect(openHomepage).toHaveBeenCalledOnce();
    const { homepage } = JSON.parse(readFileSync('package.json', 'utf8')) as { homepage: string };
    expect(HOMEPAGE).toBe(homepage);
    expect(mayOpenOutside(HOMEPAGE)).toBe(true);
  });
});

it.each([
  [true, false, ['Вырезать', 'Копировать', 'Вставить', undefined, 'Выбрать все']],
  [false, true, ['Копировать']],
  [false, false, undefined],
])('offers for a text that is editable: %s, selected: %s', (editable, selected, labels) => {
  const menu = editMenuTemplate(editable, selected, nativeTexts.ru);
  expect(menu?.map(({ label }) => label)).toEqual(labels);
});
