/** Puts every spelling of a fingerprint before the checks of a peer's description: only the right one counts, and alone. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFingerprint } from '../../main/common/e2ee/identity.ts';
import { readRemoteDescription } from '../../web-client/core/peer/remote-description.ts';
import { hasOnlyFingerprint } from '../../web-client/core/peer/sdp.ts';
import { CHROMIUM_LATER_OFFER, FIREFOX_OFFER, RECORDED_FP } from '../support/call/recorded-descriptions.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

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

it('lets the browser see one voice and one data channel, and no address, whatever is put into a description', () => {
  const put = fc.oneof(
    fc.constantFrom(
      ...[
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'c=IN IP4 127.0.0.1',
        'a=mid:2',
      ],
      ...[
        'a=rtcp:9 IN IP4 127.0.0.1',
        'a=candidate:1 1 udp 1 127.0.0.1 5000 typ host',
        'a=group:BUNDLE 0 1 2',
      ],
      ...[
        'a=ssrc:7 cname:x',
        'a=remote-candidates:1 127.0.0.1 5',
        'a=bundle-only',
        'o=x 1 1 IN IP4 127.0.0.1',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const edit = fc.record({ at: fc.nat(80), cut: fc.nat(1), put, end: lineEnd });
  const edited = fc
    .tuple(
      fc.constantFrom(CHROMIUM_LATER_OFFER, FIREFOX_OFFER),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
    )
    .map(([sdp, edits]) => {
      const lines = sdp.split('\r\n').map((text) => `${text}\r\n`);
      for (const { at, cut, put: text, end } of edits) lines.splice(at % lines.length, cut, text + end);
      return lines.join('');
    });
  fc.assert(
    fc.property(edited, (sdp) => {
      const read = readRemoteDescription(sdp, RECORDED_FP);
      if (!read.ok) return;
      const { sdp: written } = read.value;
      expect(written.match(/^m=\w+/gm)).toEqual(['m=audio', 'm=application']);
      expect(written).not.toMatch(/127\.|candidate|\.local|[^\r]\n|\r[^\n]/);
      expect(new Set(written.match(/^a=ssrc:\d+/gm)).size).toBeLessThanOrEqual(1);
      expect(readRemoteDescription(written, RECORDED_FP)).toMatchObject({
        ok: true,
        value: { sdp: written },
      });
    }),
    inputs('descriptions'),
  );
});
