/** Holds the terminal’s languages to each other. */

import { describe, expect, it } from 'vitest';
import { terminalEn } from '../../../../main/terminal/i18n/en.ts';
import { terminalRu } from '../../../../main/terminal/i18n/ru.ts';
import { terminalTexts } from '../../../../main/terminal/texts.ts';
import { catalogueProblems } from '../../../support/i18n/catalogue-problems.ts';

describe('the terminal texts', () => {
  it('say the same in both languages', () => {
    expect(catalogueProblems(terminalEn, terminalRu)).toEqual([]);
  });

  it('explain the same flags in both languages', () => {
    const flags = (text: string) => text.match(/--[a-z0-9-]+|[A-Z]+_[A-Z_]+/g);
    expect(flags(terminalRu.help)).toEqual(flags(terminalEn.help));
  });

  it('hold the shared ones', () => {
    expect(terminalTexts('ru')('host-error.bad-origin')).toContain('https://');
  });
});
