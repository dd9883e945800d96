import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOwnName } from '../../../../../web-client/ui/preferences/own-name.ts';

describe('readOwnName', () => {
  it('trims what was typed and joins accents to their letters', () => {
    expect(readOwnName('  Zoe\u0308  ')).toEqual({ ok: true, value: 'Zo\u00eb' });
  });

  it('takes 1 to 64 UTF-16 units', () => {
    expect(readOwnName('A')).toEqual({ ok: true, value: 'A' });
    expect(readOwnName('Ы'.repeat(64))).toMatchObject({ ok: true });
    expect(readOwnName('😀'.repeat(32))).toMatchObject({ ok: true });
    expect(readOwnName('Ы'.repeat(65))).toEqual({ ok: false, error: 'too-long' });
    expect(readOwnName('😀'.repeat(33))).toEqual({ ok: false, error: 'too-long' });
  });

  it('stays within 240 bytes of JSON, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
        const read = readOwnName(typed);
        if (read.ok) expect(Buffer.byteLength(JSON.stringify({ name: read.value }))).toBeLessThanOrEqual(240);
      }),
    );
    for (const character of ['李', '"', '\\', 'ﷺ']) {
      const read = readOwnName(character.repeat(64));
      expect(read.ok && Buffer.byteLength(JSON.stringify({ name: read.value }))).toBeLessThanOrEqual(240);
    }
  });

  it.each([[''], ['   '], ['\u200b\u2060'], ['\u0000']])(
    'asks for a name when nothing is seen: %j',
    (typed) => {
      expect(readOwnName(typed)).toEqual({ ok: false, error: 'empty' });
    },
  );
});
