import { describe, expect, it } from 'vitest';
import { en } from '../../../../web-client/i18n/en.ts';
import { ru } from '../../../../web-client/i18n/ru.ts';
import { catalogueProblems } from '../../../support/catalogue-problems.ts';

const wordings = (texts: object) => JSON.stringify(Object.values(texts));

describe('the texts of the guest page', () => {
  it('say the same in both languages', () => {
    expect(catalogueProblems(en, ru)).toEqual([]);
  });

  it('use typographic quotes and dashes', () => {
    for (const texts of [en, ru]) expect(wordings(texts)).not.toMatch(/\\"|'| - |\.\.\./);
    expect(wordings(ru)).not.toMatch(/[“”]/);
    expect(wordings(en)).not.toMatch(/[«»]/);
  });

  it('hold no Latin look-alikes inside Russian words', () => {
    expect(wordings(ru)).not.toMatch(/[а-яё][a-z]|[a-z][а-яё]/i);
  });

  it('keep the names that others rely on', () => {
    expect([
      en['status.live'],
      en['join.name'],
      en['join.join'],
      en['join.leave'],
      en['people.title'],
    ]).toEqual(['Live', 'Your name', 'Join', 'Leave', 'Participants']);
    expect([
      en['microphone.mute'],
      en['microphone.unmute'],
      en['full.title'],
      en['browser-only.title'],
    ]).toEqual(['Mute microphone', 'Unmute microphone', 'Room is full', 'Browser only']);
    expect([en['people.mute-name'], en['people.unmute-name'], en['people.you']]).toEqual([
      'Mute {name}',
      'Unmute {name}',
      '(you)',
    ]);
  });
});
