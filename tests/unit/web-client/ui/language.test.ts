import { describe, expect, it } from 'vitest';
import { pageLanguage } from '../../../../web-client/ui/language.ts';

describe('pageLanguage', () => {
  it.each([
    ['', ['ru-RU', 'en'], 'ru'],
    ['', ['de-DE', 'ru'], 'ru'],
    ['', ['de-DE'], 'en'],
    ['?lang=en', ['ru'], 'en'],
    ['?lang=ru', ['en'], 'ru'],
    ['?lang=xx', ['ru'], 'ru'],
    ['?lang=', ['ru'], 'ru'],
  ] as const)('at %j with %j is %s', (search, preferences, language) => {
    expect(pageLanguage(search, preferences)).toBe(language);
  });
});
