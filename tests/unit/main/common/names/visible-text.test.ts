import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, initialOf, visibleLine } from '../../../../../main/common/names/visible-text.ts';

describe('displayName', () => {
  it.each([
    ['Anna'],
    ['Анна-Мария О’Нил'],
    ['李小龍'],
    ['مريم'],
    ['नमस्ते'],
    ['Zoë'],
    ['👩‍👩‍👧 Familie'],
    ['❤️'],
    ['👍🏽'],
    ['🏳️‍🌈'],
    ['1️⃣'],
    ['می‌خواهم'],
    ['क्‍ष'],
    ['@<b>&"\''],
  ])('leaves %s as it is', (name) => {
    expect(displayName(name)).toBe(name);
  });

  it.each([
    ['controls', 'An\u0000na\u0007\u009f', 'Anna'],
    ['an escape sequence', '\u001b[31mAnna', '[31mAnna'],
    ['line breaks and tabs', ' An\r\n\tna ', 'An na'],
    ['line and paragraph separators', 'An\u2028na\u2029', 'An na'],
    ['rare spaces', 'An\u3000\u00a0\u2003na', 'An na'],
    ['direction marks', 'An\u200e\u200f\u061cna', 'Anna'],
    ['direction overrides', 'x\u202etxt.exe\u202c', 'xtxt.exe'],
    ['direction isolates', '\u2066An\u2069na', 'Anna'],
    ['zero-width characters', 'A\u200bn\u2060n\ufeffa', 'Anna'],
    ['joiners among Latin letters', 'A\u200dn\u200cna', 'Anna'],
    ['a joiner at the end of an emoji', '👩\u200d', '👩'],
    ['an emoji style after a digit', '1\ufe0f', '1'],
    ['marks of annotations', '\ufff9An\ufffbna', 'Anna'],
    ['soft hyphens', 'An\u00adna', 'Anna'],
    ['fillers drawn as nothing', '\u3164An\u115fna\uffa0\u2800', 'Anna'],
    ['tags', 'Anna\u{e0041}\u{e007f}', 'Anna'],
    ['variation selectors after letters', 'An\ufe0fna\u{e0100}', 'Anna'],
    ['halves of surrogate pairs', 'An\ud800na\udc00', 'Anna'],
    ['private use characters', 'An\ue000na', 'Anna'],
    ['spaces left behind', 'An \u200b na', 'An na'],
  ])('takes out %s', (_, name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  it('keeps no more than four marks on a letter', () => {
    expect(displayName(`a${'\u0301'.repeat(60)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
  });

  it.each([[''], [' '], ['\u200b\u2060'], ['\u3164'], ['\u202e\n'], ['\u2800']])(
    'is null when nothing can be seen: %j',
    (name) => {
      expect(displayName(name)).toBeNull();
    },
  );
});

describe('displayName of anything', () => {
  const nasty = fc.constantFrom(
    ...'aé1 \t\u0301\u200b\u200c\u200d\u202e\u2066\ufe0f\u20e3\u061cمक👩🏽❤\ud800\u3164\u{e0041}',
  );

  it('is done after one pass, and holds nothing that turns the line around', () => {
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 40 }), (name) => {
        const shown = displayName(name);
        if (shown === null) return;
        expect(displayName(shown)).toBe(shown);
        expect(shown).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069\u061c\u3164]|^\s|\s$/);
        expect(Buffer.from(shown).toString()).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });
});

describe('visibleLine', () => {
  it.each([
    ['\u001b[2J\u001b[31mEve', '[2J[31mEve'],
    ['\u001b]0;title\u0007Eve', ']0;titleEve'],
    ['\u009b2JEve', '2JEve'],
    ['Eve\r\nMallory', 'EveMallory'],
    ['Eve\u2028Mallory\u2029', 'EveMallory'],
    ['\u202eevE\u202c', 'evE'],
    ['\u2066\u200fEve\u061c\u2069', 'Eve'],
    ['E\u0000v\u007fe\u0008', 'Eve'],
    ['\ud800Eve\udc00', 'Eve'],
    ['\ufeffEve\u{e0041}', 'Eve'],
    ['\t \u200b', ''],
  ])('takes out of %j what a terminal would obey', (text, expected) => {
    expect(visibleLine(text).trim()).toBe(expected);
  });

  it.each(['Ева Ёлкина', '渡辺', 'José', '👩‍👩‍👧 👍🏽', 'it\u2019s {count} of $&'])(
    'leaves %s alone',
    (text) => {
      expect(visibleLine(text)).toBe(text);
    },
  );
});

describe('initialOf', () => {
  it.each([
    ['anna', 'A'],
    ['ёжик', 'Ё'],
    ['👩‍👩‍👧 Familie', '👩‍👩‍👧'],
    ['é', 'É'],
    ['', ''],
  ])('of %j is %j', (name, initial) => {
    expect(initialOf(name)).toBe(initial);
  });
});
