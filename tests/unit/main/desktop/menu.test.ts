/** Owns proof that there are menus exactly where a person needs one. */

import { expect, it } from 'vitest';
import { applicationMenuTemplate, editMenuTemplate } from '../../../../main/desktop/menu.ts';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';

it('has an application menu on macOS alone, with the roles that copy and paste need', () => {
  expect(applicationMenuTemplate('linux', 'Secret Call')).toBeNull();
  expect(applicationMenuTemplate('win32', 'Secret Call')).toBeNull();
  const menu = applicationMenuTemplate('darwin', 'Secret Call');
  expect(menu?.map(({ label, role }) => label ?? role)).toEqual(['Secret Call', 'editMenu', 'windowMenu']);
});

it.each([
  [true, false, ['Вырезать', 'Копировать', 'Вставить']],
  [false, true, ['Копировать']],
  [false, false, undefined],
])('offers for a text that is editable: %s, selected: %s', (editable, selected, labels) => {
  const menu = editMenuTemplate(editable, selected, nativeTexts.ru);
  expect(menu?.map(({ label }) => label)).toEqual(labels);
});
