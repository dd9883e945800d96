import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../../main/common/translate.ts';
import { createTranslator } from '../../../../../main/common/translate.ts';
import { filesEn } from '../../../../../web-client/i18n/files-en.ts';
import { filesRu } from '../../../../../web-client/i18n/files-ru.ts';
import { sizeText, speedText, timeLeftText } from '../../../../../web-client/ui/files/file-amounts.ts';

const en = createTranslator(filesEn as Catalogue, 'en');
const ru = createTranslator(filesRu as Catalogue, 'ru');
/** As it is read: blanks of any kind are one. */
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('a size', () => {
  it.each([
    [0, '0 bytes', '0 байт'],
    [1, '1 byte', '1 байт'],
    [2, '2 bytes', '2 байта'],
    [999, '999 bytes', '999 байт'],
    [1_000, '1 kB', '1 кБ'],
    [999_999, '1 MB', '1 МБ'],
    [1_234_567, '1.23 MB', '1,23 МБ'],
    [1_073_741_824, '1.07 GB', '1,07 ГБ'],
    [2 ** 40, '1.1 TB', '1,1 ТБ'],
  ])('of %i is %s, %s', (bytes, english, russian) => {
    expect([plain(sizeText(bytes, 'en')), plain(sizeText(bytes, 'ru'))]).toEqual([english, russian]);
  });
});

it('says how fast it goes, and never that it does not', () => {
  expect(plain(speedText(9_400_000, en, 'en'))).toBe('9.4 MB/s');
  expect(plain(speedText(0.2, ru, 'ru'))).toBe('1 байт/с');
});

describe('the time that is left', () => {
  it.each([
    [0, 'a few seconds left', 'осталось несколько секунд'],
    [11, '15 seconds left', 'осталось: 15 секунд'],
    [55, '1 minute left', 'осталось: 1 минута'],
    [61, '2 minutes left', 'осталось: 2 минуты'],
    [301, '6 minutes left', 'осталось: 6 минут'],
    [3_599, '1 hour left', 'осталось: 1 час'],
    [3_601, '1 hour 5 minutes left', 'осталось: 1 час 5 минут'],
    [7_200, '2 hours left', 'осталось: 2 часа'],
  ])('of %i seconds is in words: %s, %s', (seconds, english, russian) => {
    expect(plain(timeLeftText(seconds, en, 'en'))).toBe(english);
    expect(plain(timeLeftText(seconds, ru, 'ru'))).toBe(russian);
  });
});
