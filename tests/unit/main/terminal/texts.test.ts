/** Holds the terminal’s languages to each other, and which one is chosen. */

import { describe, expect, it } from 'vitest';
import { terminalEn } from '../../../../main/terminal/i18n/en.ts';
import { terminalRu } from '../../../../main/terminal/i18n/ru.ts';
import { languageOf, terminalTexts } from '../../../../main/terminal/texts.ts';
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

describe('languageOf', () => {
  it.each<[Record<string, string>, string, string]>([
    [{ LANG: 'ru_RU.UTF-8' }, 'en-US', 'ru'],
    [{ LANG: 'en_GB.UTF-8' }, 'ru-RU', 'en'],
    [{ LANG: 'ru_RU.UTF-8', LC_MESSAGES: 'en_US' }, 'ru-RU', 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'en_US', LC_ALL: 'ru_RU@icu' }, 'en-US', 'ru'],
    [{ LANG: 'C.UTF-8' }, 'ru-RU', 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'ru-RU', 'en'],
    [{ LANG: '' }, 'ru-RU', 'ru'],
    [{}, 'en-US', 'en'],
  ])('%j on a system in %s is %s', (env, system, expected) => {
    expect(languageOf(env, system)).toBe(expected);
  });
});
