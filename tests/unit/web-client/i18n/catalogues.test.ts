import { describe, expect, it } from 'vitest';
import { callEn } from '../../../../web-client/i18n/call-en.ts';
import { callRu } from '../../../../web-client/i18n/call-ru.ts';
import { en } from '../../../../web-client/i18n/en.ts';
import { ru } from '../../../../web-client/i18n/ru.ts';
import { settingsEn } from '../../../../web-client/i18n/settings-en.ts';
import { settingsRu } from '../../../../web-client/i18n/settings-ru.ts';
import { strayEn, strayRu } from '../../../../web-client/i18n/stray.ts';
import { catalogueProblems } from '../../../support/i18n/catalogue-problems.ts';

const wordings = (texts: object) => JSON.stringify(Object.values(texts));

describe('the texts of the guest page', () => {
  it('say the same in both languages', () => {
    expect(catalogueProblems(en, ru)).toEqual([]);
    expect(catalogueProblems(callEn, callRu)).toEqual([]);
    expect(catalogueProblems(settingsEn, settingsRu)).toEqual([]);
    expect(catalogueProblems(strayEn, strayRu)).toEqual([]);
  });

  it('use typographic quotes and dashes', () => {
    for (const texts of [en, ru, callEn, callRu, settingsEn, settingsRu, strayEn, strayRu])
      expect(wordings(texts)).not.toMatch(/\\"|'| - |\.\.\./);
    for (const texts of [ru, callRu, settingsRu, strayRu]) expect(wordings(texts)).not.toMatch(/[“”]/);
    for (const texts of [en, callEn, settingsEn, strayEn]) expect(wordings(texts)).not.toMatch(/[«»]/);
  });

  it('hold no Latin look-alikes inside Russian words', () => {
    for (const texts of [ru, callRu, settingsRu, strayRu])
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
