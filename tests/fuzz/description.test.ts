/** Puts every spelling of a fingerprint before the checks of a peer's description: only the right one counts, and alone. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFingerprint } from '../../main/common/sealing/identity.ts';
import { hasOnlyFingerprint } from '../../web-client/core/description-checks.ts';
import { inputs } from '../support/fuzz-inputs.ts';

const colonHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => hexPair(byte)).join(':');
const hexPair = (byte: number): string => byte.toString(16).padStart(2, '0');

const FP = Uint8Array.from({ length: 32 }, (_, index) => 0xa0 + index * 5);
const RIGHT = colonHex(FP);
const WRONG = RIGHT.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

it('reads no text as a fingerprint that is not one', () => {
  const anyHex = fc.uint8Array({ minLength: 30, maxLength: 34 }).map(colonHex);
  const edited = fc
    .tuple(anyHex, fc.nat({ max: 100 }), fc.nat({ max: 2 }), fc.string({ unit: 'binary', maxLength: 2 }))
    .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  const text = fc.oneof(
    anyHex,
    anyHex.map((hex) => hex.toUpperCase()),
    edited,
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      const bytes = parseFingerprint(candidate);
      if (bytes !== null) expect(colonHex(bytes)).toBe(candidate.toLowerCase());
      if (/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/.test(candidate)) expect(bytes).not.toBeNull();
    }),
    inputs('fingerprints'),
  );
});

const word = fc.constantFrom(
  'a=',
  'A=',
  'a= ',
  'fingerprint',
  'Fingerprint',
  ':',
  'sha-256',
  'sha-1',
  ' ',
  '\t',
  '',
);
const line = fc.oneof(
  fc.constantFrom(
    `a=fingerprint:sha-256 ${RIGHT}`,
    `a=fingerprint:SHA-256 ${RIGHT.toUpperCase()}`,
    `a=fingerprint:sha-256 ${WRONG}`,
    `a=fingerprint:sha-1 ${RIGHT.slice(0, 59)}`,
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  ),
  fc
    .tuple(fc.array(word, { maxLength: 7 }), fc.constantFrom(RIGHT, WRONG, ''))
    .map(([words, hex]) => words.join('') + hex),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const lineEnd = fc.constantFrom('\r\n', '\n', '\r', '\r\n\r\n', '', ' ', '\u2028', '\u0000', '\v');

it('lets a description pass only if whatever mentions a fingerprint is the right one, spelt the one way', () => {
  const sdp = fc
    .array(fc.tuple(line, lineEnd), { maxLength: 8 })
    .map((parts) => parts.map(([text, end]) => text + end).join(''));
  const right = new RegExp(`(?<![^\\r\\n])a=fingerprint:sha-256 ${RIGHT}(?![^\\r\\n])`, 'gi');
  fc.assert(
    fc.property(sdp, (text) => {
      const mentions = text.match(/fingerprint/gi)?.length ?? 0;
      const holds = mentions > 0 && mentions === (text.match(right)?.length ?? 0);
      expect(hasOnlyFingerprint(text, FP)).toBe(holds);
    }),
    inputs('descriptions'),
  );
});
