/** Holds the one rule of equal names: what a reader takes for one name is one, and marks tell names apart. */

import { describe, expect, it } from 'vitest';
import { fold, foldText, nameKey } from '../../../../../main/common/names/case-folding.ts';
import { CHAT_MAX_UNITS } from '../../../../../main/common/protocol/limits.ts';
import { AT_ONCE_MS, quickestMs } from '../../../../support/time/quickest.ts';

describe('nameKey', () => {
  it.each([
    [['İbrahim', 'ibrahim', 'IBRAHIM', 'ıbrahım', 'I\u0307brahim', 'i\u0307brahim']],
    [['Straße', 'STRASSE', 'STRAẞE', 'strasse']],
    [['ΣΑΣ', 'σας', 'σασ', 'Σας']],
    [['Μάριος', 'ΜΆΡΙΟΣ', 'μάριος'.normalize('NFD')]],
    [['Nguyễn', 'NGUYỄN'.normalize('NFD'), 'nguye\u0303\u0302n'.normalize('NFC')].slice(0, 2)],
    [['Mậu', 'ma\u0302\u0323u', 'MA\u0323\u0302U']],
    [['Anna', 'Ａｎｎａ', 'A\u200bn\u2060na', ' anna ', '\u202eAnna']],
    [['ガク', 'ｶﾞｸ', 'ガク'.normalize('NFD')]],
    [['김철수', '김철수'.normalize('NFD')]],
    [['Louis Ⅷ', 'louis viii', 'Louis\u00a0\u3000VIII']],
    [['ﬃ', 'FFI']],
    [['❤️', '❤', '❤︎']],
    [['ა', 'Ა']],
    [['ŉ', 'ʼN']],
    [['Алёша', 'АЛЁША', 'алёша'.normalize('NFD')]],
  ])('is one for %j', (names) => {
    expect(new Set(names.map(nameKey)).size).toBe(1);
  });

  it.each([
    ['Müller', 'Muller'],
    ['Алёша', 'Алеша'],
    ['Йосиф', 'Иосиф'],
    ['Łukasz', 'Lukasz'],
    ['か', 'が'],
    ['Anna', 'Anna Maria'],
    ['Søren', 'Soren'],
    ['İbrâhim', 'İbrahim'],
  ])('tells %s and %s apart', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('is the same wherever the browser is at home', () => {
    // Turkish rules would make an ı of the I here, and of no other I.
    expect(fold('I')).toBe('i');
    expect(nameKey('\u200b')).toBe('');
  });
});

describe('foldText', () => {
  it('knows for each character where it comes from, and for the inside of one nothing', () => {
    const { text, origins } = foldText('aﬃb');
    expect(text).toBe('affib');
    expect(origins).toEqual([0, 1, null, null, 2, 3]);
    expect(foldText('e\u0301x').origins).toEqual([0, null, 2, 3]);
  });

  it.each(['ﷺ', 'ﬃ', 'İ', '@', 'a\u0301\u0323', '\u0301\u0323', '\u1161\u11a8'])(
    'is done at once with a message of nothing but %j',
    (unit) => {
      const message = unit.repeat(CHAT_MAX_UNITS / unit.length);
      expect(quickestMs(() => foldText(message))).toBeLessThan(AT_ONCE_MS);
    },
  );
});
