import { describe, expect, it } from 'vitest';
import { PageTexts, pageLanguage } from '../../../../web-client/ui/language.ts';

describe('pageLanguage', () => {
  it.each([
    ['', null, ['ru-RU', 'en'], 'ru'],
    ['', null, ['de-DE', 'ru'], 'ru'],
    ['', null, ['de-DE'], 'en'],
    ['', 'en', ['ru'], 'en'],
    ['', 'ru', ['en'], 'ru'],
    ['?lang=en', null, ['ru'], 'en'],
    ['?lang=ru', 'en', ['en'], 'ru'],
    ['?lang=xx', null, ['ru'], 'ru'],
    ['?lang=xx', 'en', ['ru'], 'en'],
    ['?lang=', null, ['ru'], 'ru'],
  ] as const)('at %j, chosen %s, with %j is %s', (search, chosen, preferences, language) => {
    expect(pageLanguage(search, chosen, preferences)).toBe(language);
  });
});

describe('PageTexts', () => {
  it('speaks another language through the same function, and says so to screen readers', async () => {
    const root = { lang: '' };
    const texts = await PageTexts.load('en', root);
    const { t } = texts;
    expect([t('join.join'), root.lang, texts.language]).toEqual(['Join', 'en', 'en']);

    await texts.setLanguage('ru');

    expect([t('join.join'), root.lang, texts.language]).toEqual(['Войти', 'ru', 'ru']);
    expect(t('people.count', { count: 2, capacity: 6 })).toBe('2 из 6');
  });
});
