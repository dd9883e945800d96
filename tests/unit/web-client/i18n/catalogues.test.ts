import { describe, expect, it } from 'vitest';
import { appEn } from '../../../../web-client/i18n/app-en.ts';
import { appRu } from '../../../../web-client/i18n/app-ru.ts';
import { callEn } from '../../../../web-client/i18n/call-en.ts';
import { callRu } from '../../../../web-client/i18n/call-ru.ts';
import { en } from '../../../../web-client/i18n/en.ts';
import { ru } from '../../../../web-client/i18n/ru.ts';
import { settingsEn } from '../../../../web-client/i18n/settings-en.ts';
import { settingsRu } from '../../../../web-client/i18n/settings-ru.ts';
import { strayEn, strayRu } from '../../../../web-client/i18n/stray.ts';
import { catalogueProblems } from '../../../support/i18n/catalogue-problems.ts';

const SYSTEMS = ['macos', 'windows', 'linux'] as const;
const APP_EN = SYSTEMS.map(appEn);
const APP_RU = SYSTEMS.map(appRu);

const wordings = (texts: object) => JSON.stringify(Object.values(texts));

describe('the texts of the guest page', () => {
  it('say the same in both languages', () => {
    expect(catalogueProblems(en, ru)).toEqual([]);
    expect(catalogueProblems(callEn, callRu)).toEqual([]);
    expect(catalogueProblems(settingsEn, settingsRu)).toEqual([]);
    expect(catalogueProblems(strayEn, strayRu)).toEqual([]);
    for (const system of SYSTEMS) expect(catalogueProblems(appEn(system), appRu(system))).toEqual([]);
  });

  it('use typographic quotes and dashes', () => {
    for (const texts of [
      en,
      ru,
      callEn,
      callRu,
      settingsEn,
      settingsRu,
      strayEn,
      strayRu,
      ...APP_EN,
      ...APP_RU,
    ])
      expect(wordings(texts)).not.toMatch(/\\"|'| - |\.\.\./);
    for (const texts of [ru, callRu, settingsRu, strayRu, ...APP_RU])
      expect(wordings(texts)).not.toMatch(/[“”]/);
    for (const texts of [en, callEn, settingsEn, strayEn, ...APP_EN])
      expect(wordings(texts)).not.toMatch(/[«»]/);
  });

  it('hold no Latin look-alikes inside Russian words', () => {
    for (const texts of [ru, callRu, settingsRu, strayRu, ...APP_RU])
      expect(wordings(texts)).not.toMatch(/[а-яё][a-z]|[a-z][а-яё]/i);
  });

  it('keep the names that others rely on', () => {
    expect([
      en['status.live'],
      en['join.name'],
      en['join.join'],
      en['join.leave'],
      en['people.title'],
      en['settings.title'],
    ]).toEqual(['Live', 'Your name', 'Join', 'Leave', 'Participants', 'Settings']);
    expect([
      callEn['microphone.mute'],
      callEn['microphone.unmute'],
      callEn['full.title'],
      en['browser-only.title'],
    ]).toEqual(['Mute microphone', 'Unmute microphone', 'Room is full', 'Browser only']);
    expect([callEn['people.mute-name'], callEn['people.unmute-name'], callEn['people.you']]).toEqual([
      'Mute {name}',
      'Unmute {name}',
      '(you)',
    ]);
  });
});

describe('the texts of the page in the app', () => {
  /** Never said there: calls work in the app, its page has no address bar, and it keeps what it wants. */
  const NEVER =
    /^(?:browser-only|ended\.browser-only)\.|^(?:page\.description|paste\.(?:not-kept|ignored|elsewhere))$/;
  /** Where somebody else’s browser is meant. */
  const OTHERS = ['privacy.page', 'privacy.link', 'verify.meaning', 'obstacle.no-their-address'];
  const BROWSER = /browser|\btab\b|address bar|reload|site settings|the page anew|close the page/i;
  const BROWSER_RU =
    /браузер|вкладк|адресн|обнови(?:те|ть)? (?:её|страниц)|обновления страницы|обновит страниц|настройках сайта|закроете страницу/i;

  function browserWords(words: RegExp, ...catalogues: object[]): string[] {
    const texts: Record<string, unknown> = Object.assign({}, ...catalogues);
    const said = Object.entries(texts).filter(([key]) => !NEVER.test(key) && !OTHERS.includes(key));
    return said.filter(([, text]) => words.test(JSON.stringify(text))).map(([key]) => key);
  }

  it('speak of no browser, tab or reload of one’s own', () => {
    for (const system of SYSTEMS) {
      expect(browserWords(BROWSER, en, callEn, settingsEn, appEn(system))).toEqual([]);
      expect(browserWords(BROWSER_RU, ru, callRu, settingsRu, appRu(system))).toEqual([]);
    }
  });

  it('stand in the place of texts that there are, but for the one fact that only the app has', () => {
    const known = new Set(Object.keys({ ...en, ...callEn, ...settingsEn }));
    expect(Object.keys(appEn('linux')).filter((key) => !known.has(key))).toEqual(['privacy.own-code']);
  });

  it('take the place of one text each: none is in the settings under the key of another', () => {
    const page = { ...en, ...callEn };
    const twice = Object.keys(settingsEn).filter((key) => key in page && key in appEn('linux'));
    expect(twice).toEqual([]);
  });

  it('tell where each system lets its user allow the microphone', () => {
    for (const [texts, places] of [
      [appEn, ['System Settings', 'Let desktop apps', 'settings of your system']],
      [appRu, ['Системные настройки', 'классических приложений', 'настройках системы']],
    ] as const)
      for (const [at, system] of SYSTEMS.entries())
        for (const key of ['microphone.denied.text', 'devices.denied'] as const)
          expect(texts(system)[key]).toContain(places[at]);
  });

  it('keep the name that others rely on', () => {
    expect(callEn['person.verified-app']).toBe('Verified app');
  });
});
