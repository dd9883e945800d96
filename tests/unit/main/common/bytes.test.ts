import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiBytes,
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  toBase64Url,
} from '../../../../main/common/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('base64url', () => {
  it('agrees with another implementation and comes back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = toBase64Url(value);
        expect(text).toBe(Buffer.from(value).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(new Uint8Array(value));
      }),
    );
  });

  it('takes a text only if encoding it again gives the same text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), (text) => {
        const value = fromBase64Url(text);
        if (value) expect(toBase64Url(value)).toBe(text);
      }),
    );
  });

  it.each(['A', 'AB', 'AAB', 'AA==', 'AA+A', 'AA/A', 'AA A', 'AAÿA', 'AAAAA'])('refuses %j', (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

describe('byte strings', () => {
  it('orders by unsigned bytes, not by text', () => {
    expect(compareBytes(Uint8Array.of(0x7f), Uint8Array.of(0x80))).toBeLessThan(0);
    expect(compareBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBeGreaterThan(0);
    expect(compareBytes(Uint8Array.of(9), Uint8Array.of(9))).toBe(0);
  });

  it('joins and compares', () => {
    const joined = concatBytes(asciiBytes('ab'), new Uint8Array(), Uint8Array.of(0));
    expect(joined).toEqual(Uint8Array.of(97, 98, 0));
    expect(equalBytes(joined, Uint8Array.of(97, 98, 0))).toBe(true);
    expect(equalBytes(joined, Uint8Array.of(97, 98))).toBe(false);
    expect(equalBytes(joined, Uint8Array.of(97, 98, 1))).toBe(false);
  });
});
