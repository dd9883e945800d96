/** Holds what is shown to whole words of the world's writing, and towers of marks to the height of a line. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, visibleLine } from '../../../../../main/common/names/visible-text.ts';

const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const SCOTLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
const WALES = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}';

describe('writing', () => {
  it.each([
    ['Burmese', 'မျှော်လင့်ချက်'],
    ['Burmese', 'လျှော့စျေး'],
    ['Burmese', 'မြွှို့ကျွန်ုပ်'],
    ['Shan', 'ၵႂၢမ်းတႆးလူင်'],
    ['pointed Hebrew', 'בְּרֵאשִׁית בָּרָא אֱלֹהִים'],
    ['Hebrew with cantillation', 'אֵ֥ת הַשָּׁמַ֖יִם וְאֵ֥ת הָאָֽרֶץ׃'],
    ['Hebrew with shin dot, dagesh, vowel, accent and meteg', 'ש\u05c1\u05bc\u05b8\u0596\u05bd\u05c4'],
    ['Hebrew with a grapheme joiner', 'יְרוּשָׁלַ\u034fִם'],
    ['Tibetan', 'བསྒྲུབས་ རྒྱལ་ ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ།'],
    ['a Tibetan stack of nine', 'ཧ\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82'],
    ['Thai', 'ผู้ใหญ่ น้ำ กตัญญู ปั๊มป์'],
    ['Lao', 'ຜູ້ ນ້ຳ ເຖິ່ງ'],
    ['Khmer', 'ស្ត្រី កម្ពុជា ញ៉ាំ'],
    ['Devanagari', 'राष्ट्रीय र्क्ष्णि॒॑ँ'],
    ['Tamil', 'ஸ்ரீ தமிழ் க்ஷௌ'],
    ['Malayalam with a joiner', 'അവന്‍ ന്‍റെ'],
    ['Sinhala with a joiner', 'ශ්‍රී ලංකා'],
    ['Arabic with harakat', 'مُحَمَّدٌ ٱللَّٰهِ'],
    ['Quranic Arabic', 'ذَٰلِكَ ٱلۡكِتَٰبُ لَا رَيۡبَۛ فِيهِۛ هُدٗى ۝٢'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Syriac', 'ܫܠܳܡܳܐ ܐܰܒܽܘܢ݂'],
    ['decomposed Vietnamese', 'Nguyễn Thị Mộng Tuyền'.normalize('NFD')],
    ['phonetic writing', '[ɔ̰̃̌ː t͡ɕʰ n̥͡l̥]'],
    ['Greek of old', 'ᾧ ἄνδρα'.normalize('NFD')],
    ['Church Slavonic', 'бг҃ъ гдⷭ҇ь'],
    ['Hangul in pieces', '김철수'.normalize('NFD')],
    ['Mongolian with a form selector', 'ᠠ\u180bᠳᠤ'],
    ['a family name with its own form', '葛\u{e0100}城 辻\ufe00'],
    ['emoji of several parts', '👩🏽‍❤️‍💋‍👨🏿 🏴‍☠️ 👁️‍🗨️ ❤︎ #️⃣'],
    ['flags of regions', `${ENGLAND}${SCOTLAND} ${WALES}!`],
  ])('keeps %s whole', (_, text) => {
    expect(visibleLine(text)).toBe(text);
    expect(displayName(text)).toBe(text);
  });

  it.each([
    ['accents', 'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308', 'e\u0301\u0302\u0303\u0304'],
    ['points of another script', `a${'\u05b0\u05b1\u05b2\u05b3\u05b4\u05b5'}`, 'a\u05b0\u05b1\u05b2\u05b3'],
    [
      'accents on a letter of a deep script',
      `ཧ${'\u0301\u0302\u0303\u0304\u0305\u0306'}`,
      'ཧ\u0301\u0302\u0303\u0304',
    ],
    ['a mark over and over', `ཧ${'\u0f7a'.repeat(30)}`, `ཧ${'\u0f7a'.repeat(4)}`],
    ['Thai tones', `ก${'\u0e48'.repeat(50)}`, `ก${'\u0e48'.repeat(4)}`],
    ['enclosing marks', `a${'\u20dd'.repeat(9)}`, `a${'\u20dd'.repeat(4)}`],
    ['towers over a blank', ` ${'\u0301'.repeat(9)}`, ` ${'\u0301'.repeat(4)}`],
    ['towers over nothing', '\u0301'.repeat(9), '\u0301'.repeat(4)],
    ['vowels of Hangul', `\u1100${'\u1161'.repeat(20)}`, `\u1100${'\u1161'.repeat(4)}`],
    [
      'towers with joiners inside',
      `ا${`${'\u064b'.repeat(3)}\u200c`.repeat(9)}`,
      `ا${'\u064b'.repeat(3)}\u200c\u064b\u200c`,
    ],
    [
      'towers with what is not seen inside',
      `a${'\u0301\u200b\u0302\u2060'.repeat(9)}`,
      'a\u0301\u0302\u0301\u0302',
    ],
  ])('takes down %s', (_, text, shown) => {
    expect(visibleLine(text)).toBe(shown);
  });

  it.each([
    ['tags after a letter', 'a\u{e0067}\u{e0062}\u{e007f}', 'a'],
    [
      'a text in tags after a flag',
      `🏴${[...'secret'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{e007f}`,
      '🏴',
    ],
    ['a flag of a region that is not drawn', '🏴\u{e0075}\u{e0073}\u{e0074}\u{e0078}\u{e007f}', '🏴'],
    ['a flag without its end', ENGLAND.slice(0, -2), '🏴'],
    ['tags after the end', `${ENGLAND}\u{e0061}\u{e007f}`, ENGLAND],
    ['tags after another emoji', `👍${ENGLAND.slice(2)}`, '👍'],
    ['a second form selector', '葛\u{e0100}\u{e0101}', '葛\u{e0100}'],
    ['a form selector after a kana', 'あ\u{e0100}', 'あ'],
    ['a grapheme joiner between letters', 'a\u034fb', 'ab'],
  ])('takes out %s', (_, text, shown) => {
    expect(visibleLine(text)).toBe(shown);
  });

  const pieces = fc.constantFrom(
    ...['a', 'ا', 'ཧ', 'ש', 'က', 'ก', '葛', '👍', '🏴', ' '],
    ...['\u0301', '\u064b', '\u05b0', '\u0f7a', '\u0f90', '\u103e', '\u0e48', '\u20e3', '\u1161', '\u05c1'],
    ...['\u200c', '\u200d', '\u034f', '\ufe0f', '\u{e0100}', '\u{e0067}', '\u{e007f}', '\u202e', '\ud800'],
    ENGLAND,
  );
  it('is done after one pass, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const shown = visibleLine(parts.join(''));
        expect(visibleLine(shown)).toBe(shown);
        expect(shown).not.toMatch(/\p{Mn}{14}/u);
        expect(shown.replaceAll(ENGLAND, '')).not.toMatch(/[\u{e0020}-\u{e007f}\u202e]/u);
      }),
      { numRuns: 500 },
    );
  });
});
