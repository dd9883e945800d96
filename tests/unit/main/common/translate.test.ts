import { describe, expect, it } from 'vitest';
import { chooseLanguage, createTranslator, terminalLanguage } from '../../../../main/common/translate.ts';

const texts = {
  hello: 'Hello, {name}',
  people: {
    one: '{count} человек',
    few: '{count} человека',
    many: '{count} человек',
    other: '{count} человека',
  },
} as const;

describe('createTranslator', () => {
  const t = createTranslator(texts, 'ru');

  it('fills placeholders and leaves unknown ones', () => {
    expect(t('hello', { name: 'Ада' })).toBe('Hello, Ада');
    expect(t('hello')).toBe('Hello, {name}');
  });

  it('does not read a placeholder in a value', () => {
    expect(t('hello', { name: '{name}' })).toBe('Hello, {name}');
  });

  it.each([
    [1, '1 человек'],
    [2, '2 человека'],
    [5, '5 человек'],
    [11, '11 человек'],
    [21, '21 человек'],
    [1.5, '1.5 человека'],
  ])('chooses the plural form of %s', (count, text) => {
    expect(t('people', { count })).toBe(text);
  });
});

describe('chooseLanguage', () => {
  it.each([
    [['ru-RU', 'en'], 'ru'],
    [['de', 'RU'], 'ru'],
    [['en-GB', 'ru'], 'en'],
    [['rum'], 'en'],
    [[], 'en'],
  ] as const)('of %j is %s', (preferences, language) => {
    expect(chooseLanguage(preferences)).toBe(language);
  });
});

describe('the language of a terminal', () => {
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
    expect(terminalLanguage(env, system)).toBe(expected);
  });
});
