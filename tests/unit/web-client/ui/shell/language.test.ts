import { describe, expect, it } from 'vitest';
import { en } from '../../../../../web-client/i18n/en.ts';
import { PageTexts, pageLanguage } from '../../../../../web-client/ui/shell/language.ts';

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

const IN_DOCUMENT = { language: 'en', start: en } as const;

describe('PageTexts', () => {
  it('speaks another language through the same function, and says so to screen readers', async () => {
    const root = { lang: 'en' };
    const texts = new PageTexts(IN_DOCUMENT, root);
    const { t } = texts;
    expect([t('join.join'), root.lang, texts.language]).toEqual(['Join', 'en', 'en']);

    await texts.setLanguage('ru');

    expect([t('join.join'), root.lang, texts.language]).toEqual(['Войти', 'ru', 'ru']);
    expect(t('people.count', { count: 2, capacity: 6 })).toBe('');
  });

  it('has the texts of a call once they are loaded, in the language spoken then', async () => {
    const texts = new PageTexts(IN_DOCUMENT, { lang: 'en' });
    expect([texts.t('chat.title'), texts.t('join.join')]).toEqual(['', 'Join']);
    await texts.loadCall();
    expect([texts.t('chat.title'), texts.t('join.join')]).toEqual(['Chat', 'Join']);
    await texts.setLanguage('ru');
    expect(texts.t('chat.title')).toBe('Чат');
  });

  it('has them as well where they were asked for while another language was loading', async () => {
    const texts = new PageTexts(IN_DOCUMENT, { lang: 'en' });
    await Promise.all([texts.loadCall(), texts.setLanguage('ru')]);
    expect([texts.t('chat.title'), texts.language]).toEqual(['Чат', 'ru']);
    await texts.setLanguage('en');
    expect([texts.t('chat.title'), texts.t('join.join')]).toEqual(['Chat', 'Join']);
  });

  it('stays in the language chosen while the texts of a call were loading', async () => {
    const texts = new PageTexts(IN_DOCUMENT, { lang: 'en' });
    await Promise.all([texts.setLanguage('ru'), texts.loadCall()]);
    await texts.loadCall();
    expect([texts.t('chat.title'), texts.language]).toEqual(['Чат', 'ru']);
  });

  describe('with texts in the place of others', () => {
    const inPlace = async (language: string) => ({
      'join.join': `join, in ${language}`,
      'chat.title': `chat, in ${language}`,
      'devices.denied': `denied, in ${language}`,
    });

    it('says them, in whatever language it speaks, and also of what is loaded later', async () => {
      const texts = new PageTexts(IN_DOCUMENT, { lang: 'en' }, inPlace);
      expect(texts.t('join.join')).toBe('Join');
      await texts.loadReplaced();
      expect([texts.t('join.join'), texts.t('join.leave')]).toEqual(['join, in en', 'Leave']);
      await texts.loadCall();
      expect([texts.t('chat.title'), texts.t('chat.send')]).toEqual(['chat, in en', 'Send']);
      await texts.setLanguage('ru');
      expect([texts.t('join.join'), texts.t('chat.title'), texts.t('chat.send')]).toEqual([
        'join, in ru',
        'chat, in ru',
        'Отправить',
      ]);
      expect(texts.replaced['devices.denied']).toBe('denied, in ru');
    });

    it('says them in the language that was chosen while they were loading', async () => {
      const texts = new PageTexts(IN_DOCUMENT, { lang: 'en' }, inPlace);
      await Promise.all([texts.loadReplaced(), texts.setLanguage('ru'), texts.loadCall()]);
      expect([texts.t('join.join'), texts.replaced['devices.denied'], texts.language]).toEqual([
        'join, in ru',
        'denied, in ru',
        'ru',
      ]);
    });

    it('says what it said before where nothing takes its place', () => {
      expect(new PageTexts(IN_DOCUMENT, { lang: 'en' }).replaced).toEqual({});
    });
  });
});
