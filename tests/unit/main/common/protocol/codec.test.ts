import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  formatServerMessage,
  parseClientMessage,
  parseServerMessage,
} from '../../../../../main/common/protocol/codec.ts';
import { BOX_MAX_BYTES } from '../../../../../main/common/protocol/limits.ts';
import {
  clientMessageSchema,
  type ServerMessage,
  SIGNAL_TYPES,
} from '../../../../../main/common/protocol/messages.ts';

const binary = (sizeBytes: number) => Buffer.alloc(sizeBytes, 0xa7).toString('base64url');

const HELLO = {
  type: 'hello',
  versions: [1],
  key: binary(65),
  fp: binary(32),
  nonce: binary(32),
  address: 'https://a.lhr.life',
  proof: binary(32),
};
const AUTH = { type: 'auth', resume: binary(32) };
const ICE = { type: 'ice', to: binary(16), box: binary(298) };

const isRead = (message: unknown) => parseClientMessage(JSON.stringify(message)).ok;

describe('a page’s message', () => {
  it('is read as it is', () => {
    for (const message of [HELLO, AUTH, { type: 'auth' }, ICE, { type: 'leave' }]) {
      expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
    }
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"auth"',
    '{}',
    '{"type":null}',
    '{"type":["ice"]}',
    '{"type":"__proto__"}',
  ])('is not %s', (text) => {
    expect(parseClientMessage(text)).toEqual({ ok: false, error: 'bad-message' });
  });

  it('has every field and no other', () => {
    for (const field of Object.keys(HELLO)) expect(isRead({ ...HELLO, [field]: undefined })).toBe(false);
    expect(isRead({ ...AUTH, proof: binary(32) })).toBe(false);
    expect(isRead({ ...AUTH, extra: 1 })).toBe(false);
    expect(parseClientMessage(`{"__proto__":{},${JSON.stringify(ICE).slice(1)}`).ok).toBe(false);
    expect(isRead({ ...ICE, from: binary(16) })).toBe(false);
  });

  it('has binary of the right size, canonical, without padding', () => {
    for (const sizeBytes of [15, 17]) expect(isRead({ ...ICE, to: binary(sizeBytes) })).toBe(false);
    const id = binary(16);
    expect(isRead({ ...ICE, to: `${id.slice(0, -1)}B` })).toBe(false);
    expect(isRead({ ...ICE, to: `${id}\n` })).toBe(false);
    expect(isRead({ ...ICE, to: `${id}==` })).toBe(false);
    expect(isRead({ ...ICE, to: id.replaceAll('_', '/').replaceAll('-', '+') })).toBe(
      id.match(/[-_]/) === null,
    );
  });

  it.each([
    ['', true],
    ['AA', true],
    ['AAA', true],
    ['AAAA', true],
    ['AAAAAA', true],
    ['A', false],
    ['AAAAA', false],
    ['AB', false],
    ['AAB', false],
    ['AAAAAB', false],
    ['AA==', false],
    ['AA A', false],
    ['AAA\n', false],
    ['AAA+', false],
    ['AAé', false],
  ])('has a box that is canonical base64url: %j %s', (box, read) => {
    expect(isRead({ ...ICE, box })).toBe(read);
  });

  it('has a box of at most 32,810 bytes', () => {
    expect(isRead({ ...ICE, box: binary(BOX_MAX_BYTES) })).toBe(true);
    expect(isRead({ ...ICE, box: binary(BOX_MAX_BYTES + 3) })).toBe(false);
  });
});

it.each([
  ['https://a.lhr.life', true],
  ['http://localhost:8790', true],
  ['https://[::1]:8790', true],
  ['https://127.0.0.1', true],
  ['', false],
  ['wss://a.lhr.life', false],
  ['https://a.lhr.life/', false],
  ['https://A.lhr.life', false],
  ['https://a.lhr.life#x', false],
  ['https://ä.example', false],
  ['https://a.lhr.life\n', false],
  [`https://${'a'.repeat(300)}`, false],
])('a hello names an origin in a browser’s own form: %j %s', (address, read) => {
  expect(isRead({ ...HELLO, address })).toBe(read);
});

describe('a box from a page', () => {
  /** What the schema says of a text. */
  function schemaOf(text: string): unknown {
    try {
      const parsed = v.safeParse(clientMessageSchema, JSON.parse(text));
      return parsed.success ? { ok: true, value: parsed.output } : { ok: false, error: 'bad-message' };
    } catch {
      return { ok: false, error: 'bad-message' };
    }
  }

  it('is read by the short way as by the schema, whatever is done to its text', () => {
    const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
    const box = fc.record({
      type: fc.constantFrom(...SIGNAL_TYPES, 'name', 'Ice', 'ices', '__proto__', ''),
      to: fc.uint8Array({ minLength: 15, maxLength: 17 }).map(base64Url),
      box: fc.uint8Array({ maxLength: 9 }).map(base64Url),
    });
    const change = fc.tuple(
      fc.nat(100),
      fc.nat(2),
      fc.constantFrom('', ...'AQgwBz_-+/=" \\n,{}é', '\n', '\u2028'),
    );
    let read = 0;
    fc.assert(
      fc.property(box, fc.array(change, { maxLength: 2 }), (message, changes) => {
        let text = JSON.stringify(message);
        for (const [at, gone, put] of changes) text = text.slice(0, at) + put + text.slice(at + gone);
        const parsed = parseClientMessage(text);
        expect(parsed).toEqual(schemaOf(text));
        if (parsed.ok) read++;
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('is read in any other form of JSON, too', () => {
    const text = JSON.stringify(ICE);
    for (const other of [text.replace(':', ': '), `${text}\n`, text.replace('ice', '\\u0069ce')])
      expect(parseClientMessage(other)).toEqual({ ok: true, value: ICE });
  });
});

describe('a server’s message', () => {
  const entry = { id: binary(16), key: binary(65), fp: binary(32), name: binary(298) };
  const messages: readonly ServerMessage[] = [
    { type: 'roster', roster: [entry, entry], revision: 7 },
    { type: 'chat', from: binary(16), box: binary(554) },
    { type: 'error', code: 'not-joined' },
    { type: 'moved', url: 'https://a.lhr.life' },
    { type: 'closed', proof: binary(32) },
  ];

  it('comes out of its text as it went in', () => {
    for (const message of messages) {
      expect(parseServerMessage(formatServerMessage(message))).toEqual({ ok: true, value: message });
      expect(formatServerMessage(message)).toBe(JSON.stringify(message));
    }
  });
});
