import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../../web-client/ui/browser-storage.ts';
import { readOwnName, recallName, rememberName } from '../../../../web-client/ui/own-name.ts';

const forbidden = () => {
  throw new Error('storage is switched off');
};

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

describe('the remembered name', () => {
  it('comes back in the next visit', () => {
    const values = new Map<string, string>();
    const storage = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    };
    rememberName(
      openStorage(() => storage),
      'Анна',
    );
    expect(recallName(openStorage(() => storage))).toBe('Анна');
    expect(values.size).toBe(1);
  });

  it('lasts as long as the page where storage is switched off', () => {
    const storage = openStorage(forbidden);
    expect(recallName(storage)).toBe('');
    rememberName(storage, 'Анна');
    expect(recallName(storage)).toBe('Анна');
    expect(recallName(openStorage(forbidden))).toBe('');
  });

  it('is nothing when what is stored would be refused', () => {
    const storage = openStorage(forbidden);
    rememberName(storage, 'A'.repeat(65));
    expect(recallName(storage)).toBe('');
  });
});
