/** Holds that the manual page says the same in both languages, and that no word of it is taken for a request to the formatter. */

import { expect, it } from 'vitest';
import { HIDDEN_SWITCH } from '../../../../main/desktop/login/hidden-start.ts';
import { describePackage } from '../../../../scripts/linux-packages/description.mjs';
import { manualPage } from '../../../../scripts/linux-packages/man-pages.mjs';

const description = await describePackage({ version: '1.2.3' });
const DATE = new Date('2026-11-29T00:00:00Z');
const pages = (['en', 'ru'] as const).map((language) => manualPage(description, language, DATE));

it('has the same sections in both languages, each with something in it', () => {
  const shapes = pages.map((page) => page.split('\n').map((line) => /^\.\w+|^$/.exec(line)?.[0] ?? 'text'));
  expect(shapes[0]).toEqual(shapes[1]);
  expect(shapes[0]?.filter((line) => line === '.SH')).toHaveLength(8);
  expect(shapes[0]?.join(' ')).not.toContain('.SH .SH');
});

it('tells of the release, of links and of the folder of the settings', () => {
  for (const page of pages) {
    expect(page).toMatch(/^\.TH SECRET-CALL 1 2026-11-29 "Secret Call 1\.2\.3"\n/);
    for (const word of [
      `\\-\\-${HIDDEN_SWITCH}`,
      'secret\\-call://',
      'SECRET_CALL_DATA',
      'SIGTERM',
      '~/.config/Secret Call',
    ])
      expect(page).toContain(word);
  }
});

it('takes dots and dashes of a text as they stand', () => {
  const hostile = { ...description, homepage: '.so /etc/passwd --x' };
  expect(manualPage(hostile, 'en', DATE)).toContain('\n\\&.so /etc/passwd \\-\\-x\n');
});
