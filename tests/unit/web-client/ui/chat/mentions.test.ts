/** Holds mentions to whom they mean: by name or short id, whole words only, in any letter case. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAT_MAX_UNITS } from '../../../../../main/common/protocol/limits.ts';
import { mentionQuery, mentionText, suggestPeople } from '../../../../../web-client/ui/chat/mention-query.ts';
import { type MentionCandidate, mentionsOf } from '../../../../../web-client/ui/chat/mentions.ts';
import { AT_ONCE_MS, quickestMs } from '../../../../support/time/quickest.ts';

const someone = (id: string, name: string | null): MentionCandidate => ({
  id,
  shortId: id.slice(0, 4),
  name,
});

const anna = someone('AnnaAnna', 'Anna');
const maria = someone('MariMari', 'Anna Maria');
const marco = someone('Mr-1xxxx', 'Marco');
const other = someone('Mr_2xxxx', 'MARCO');
const unnamed = someone('Noneabcd', null);
const people = [anna, maria, marco, other, unnamed];

const found = (text: string) =>
  mentionsOf(text, people).map(({ start, end, ids }) => [text.slice(start, end), ...ids]);

describe('mentionsOf', () => {
  it.each([
    ['@Anna hi', ['@Anna', 'AnnaAnna']],
    ['hi @anna!', ['@anna', 'AnnaAnna']],
    ['(@ANNA)', ['@ANNA', 'AnnaAnna']],
    ['@Anna Maria, hi', ['@Anna Maria', 'MariMari']],
    ['@Marco hi', ['@Marco', 'Mr-1xxxx', 'Mr_2xxxx']],
    ['@Marco#Mr-1 hi', ['@Marco#Mr-1', 'Mr-1xxxx']],
    ['@marco#mr_2', ['@marco#mr_2', 'Mr_2xxxx']],
    ['@none', ['@none', 'Noneabcd']],
    ['＠Ａｎｎａ', ['＠Ａｎｎａ', 'AnnaAnna']],
    ['@Anna’s turn', ['@Anna', 'AnnaAnna']],
  ])('finds in %j whom it means', (text, mention) => {
    expect(found(text)).toEqual([mention]);
  });

  it.each([
    'Anna',
    '@ Anna',
    'mail@Anna',
    '@Annabel',
    '@Anna1',
    '@Anna_',
    '@Ann',
    '@Anna\u0301',
    '@Marco#Mr-9',
    '@',
  ])('finds nobody in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('finds several, and their places after characters that fold into more', () => {
    expect(found('ﬃ ß İ @Anna and @Marco#Mr-1')).toEqual([
      ['@Anna', 'AnnaAnna'],
      ['@Marco#Mr-1', 'Mr-1xxxx'],
    ]);
  });

  it('takes the two small sigmas, and a letter with its mark in one or two pieces, for the same', () => {
    const greek = someone('Grekgrek', 'Μάριος');
    expect(mentionsOf('@ΜΆΡΙΟΣ', [greek])).toHaveLength(1);
    expect(mentionsOf(`@${'Μάριος'.normalize('NFD')}`, [greek])).toHaveLength(1);
  });

  it('knows a name with invisible characters by what is seen of it', () => {
    const sly = someone('Slysslys', 'A\u200bn\u202ena');
    expect(mentionsOf('@Anna', [sly])).toHaveLength(1);
    expect(mentionsOf('@', [someone('', '\u200b')])).toEqual([]);
  });

  it('gives ranges of the text, in order, whatever is typed', () => {
    const parts = fc.constantFrom(
      '@',
      '＠',
      'Anna',
      'ＡNNA',
      ' Maria',
      'Marco',
      '#Mr-1',
      '#',
      ' ',
      'ﬃ',
      '👍',
      '\ud83d',
      '\u0301',
      'İ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end, ids } of mentionsOf(text, people)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start + 1);
          expect(end).toBeLessThanOrEqual(text.length);
          expect('@＠').toContain(text.charAt(start));
          expect(ids.length).toBeGreaterThan(0);
          last = end;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is quick with a message of nothing but beginnings', () => {
    const crowd = Array.from({ length: 12 }, (_, at) => someone(`id${at}xxxx`, '@'.repeat(64)));
    expect(quickestMs(() => mentionsOf('@'.repeat(CHAT_MAX_UNITS), crowd))).toBeLessThan(AT_ONCE_MS);
  });
});

describe('mentionsOf where no blanks are written', () => {
  const crowd = ['田中', '田中さん', 'Anna', 'สมชาย', '김철수', 'İbrahim', 'Ayşe', 'דנה', 'မောင်'].map(
    (name, at) => someone(`id${at}xxxx`, name),
  );
  const named = (text: string, people = crowd) =>
    mentionsOf(text, people).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['これは@田中 に', '@田中'],
    ['你好@田中', '@田中'],
    ['你好@田中请看', '@田中'],
    ['＠田中、よろしく', '＠田中'],
    ['「@田中」', '@田中'],
    ['@田中2時に', '@田中'],
    ['@田中OK?', '@田中'],
    ['@Annaさん', '@Anna'],
    ['これは@ANNAです', '@ANNA'],
    ['@สมชายครับ', '@สมชาย'],
    ['สวัสดี@สมชาย', '@สมชาย'],
    ['@김철수님, 안녕', '@김철수'],
    ['안녕@김철수가', '@김철수'],
    [`@${'김철수님'.normalize('NFD')}`, `@${'김철수'.normalize('NFD')}`],
    ['@မောင်ရေ', '@မောင်'],
    ['תגידי ל@דנה', '@דנה'],
    ['@ibrahim', '@ibrahim'],
    ['@IBRAHIM!', '@IBRAHIM'],
    ['@İBRAHİM’in', '@İBRAHİM'],
    ["@Ayşe'ye", '@Ayşe'],
    ['@Anna:lle', '@Anna'],
  ])('finds in %j whom it means', (text, mention) => {
    expect(named(text)).toEqual([mention]);
  });

  it('takes the longest name that is there, and never a part of a character', () => {
    expect(named('@田中さん、こんにちは')).toEqual(['@田中さん']);
    expect(named('@田中さん、こんにちは', crowd.slice(0, 1))).toEqual(['@田中']);
    expect(named('@김', [someone('kikikiki', '기')])).toEqual([]);
    expect(named('@が', [someone('kakakaka', 'か')])).toEqual([]);
  });

  it.each([
    'mail@Anna',
    'почта@Anna',
    'ÿ@Anna',
    'あmail@Anna',
    '用户@Anna.example',
    '메일@김철수.kr',
    '@Annalle',
    '@Ayşeye',
    '@IBRAHIMLER',
    '@田中_',
    '@สมชา',
  ])('finds nobody in %j', (text) => {
    expect(named(text)).toEqual([]);
  });

  it('takes time by the length of the message, also where letters expand', () => {
    const expanding = Array.from({ length: 12 }, (_, at) => someone(`id${at}xxxx`, 'ﷺ'.repeat(60)));
    for (const unit of ['@ﷺ', '@İ', '田@', '@\u0301', '@田中.']) {
      const message = unit.repeat(CHAT_MAX_UNITS / unit.length);
      expect(quickestMs(() => mentionsOf(message, expanding))).toBeLessThan(AT_ONCE_MS);
    }
  });
});

describe('mentionQuery', () => {
  it.each([
    ['@', 0, ''],
    ['hi @an', 3, 'an'],
    ['hi @Anna Ma', 3, 'Anna Ma'],
    ['(@x', 1, 'x'],
    ['你好@', 2, ''],
    ['これは@田', 3, '田'],
    ['안녕@김', 2, '김'],
    ['สวัสดี@ส', 6, 'ส'],
    ['＠tan', 0, 'tan'],
  ])('is in %j what is typed behind the sign', (text, start, typed) => {
    expect(mentionQuery(text, text.length)).toEqual({ start, typed });
  });

  it.each(['', 'a@b', 'mail@', 'é@b', 'почта@b', '@a\nb', `@${'x'.repeat(65)}`])(
    'is nothing in %j',
    (text) => {
      expect(mentionQuery(text, text.length)).toBeNull();
    },
  );

  it('ends at the caret', () => {
    expect(mentionQuery('@anna', 3)).toEqual({ start: 0, typed: 'an' });
  });
});

describe('suggestPeople', () => {
  it('has everyone for nothing typed, and those whose name begins so first', () => {
    expect(suggestPeople('', people)).toHaveLength(people.length);
    expect(suggestPeople('ma', people)).toEqual([marco, other, maria]);
    expect(suggestPeople('NONE', people)).toEqual([unnamed]);
    expect(suggestPeople('x', people)).toEqual([]);
  });

  const marked = [
    ...['Müller', 'Ayşe', 'Łukasz', 'Søren', 'Straße', 'Алёша', 'Йосиф', 'Иван', 'Đặng', 'Þóra', 'Æsa'],
    ...[
      'O’Neil',
      'İbrahim',
      'Işık',
      'Hœbeke',
      'Ħaż',
      'أحمد',
      'שָׂרָה',
      'Μάριος',
      '山田太郎',
      '김철수',
      'रवि',
      'Əli',
    ],
  ].map((name, at) => someone(`id${at}xxxx`, name));
  const suggested = (typed: string) => suggestPeople(typed, marked).map(({ name }) => name);

  it.each([
    ['mul', 'Müller'],
    ['MÜL', 'Müller'],
    ['ayse', 'Ayşe'],
    ['luk', 'Łukasz'],
    ['sor', 'Søren'],
    ['strasse', 'Straße'],
    ['STRASSE', 'Straße'],
    ['алеш', 'Алёша'],
    ['алёш', 'Алёша'],
    ['й', 'Йосиф'],
    ['и', 'Иван'],
    ['dang', 'Đặng'],
    ['thora', 'Þóra'],
    ['aes', 'Æsa'],
    ['oneil', 'O’Neil'],
    ["o'n", 'O’Neil'],
    ['neil', 'O’Neil'],
    ['ibr', 'İbrahim'],
    ['isik', 'Işık'],
    ['hoeb', 'Hœbeke'],
    ['haz', 'Ħaż'],
    ['احمد', 'أحمد'],
    ['שרה', 'שָׂרָה'],
    ['μαρ', 'Μάριος'],
    ['太郎', '山田太郎'],
    ['기', '김철수'],
    ['र', 'रवि'],
    ['eli', 'Əli'],
  ])('finds for %s %s, and nobody else', (typed, name) => {
    expect(suggested(typed)).toEqual([name]);
  });

  it('puts those first whose letters are the very ones typed', () => {
    const two = [someone('aaaaaaaa', 'Müller'), someone('bbbbbbbb', 'Muller')];
    expect(suggestPeople('mul', two).map(({ name }) => name)).toEqual(['Muller', 'Müller']);
    expect(suggestPeople('mül', two).map(({ name }) => name)).toEqual(['Müller', 'Muller']);
    expect(mentionsOf('@Muller', two.slice(0, 1))).toEqual([]);
  });
});

describe('mentionText', () => {
  it('adds the short id only where it is needed', () => {
    expect(mentionText(anna, people)).toBe('@Anna ');
    expect(mentionText(marco, people)).toBe('@Marco#Mr-1 ');
    expect(mentionText(unnamed, people)).toBe('@None ');
  });

  it('puts in what means that very person', () => {
    for (const person of people) {
      expect(mentionsOf(mentionText(person, people), people)[0]?.ids).toEqual([person.id]);
    }
  });
});
