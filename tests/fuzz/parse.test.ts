/** Throws text of every kind at the doors of the protocol: they answer, and never throw. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import { parseBody } from '../../main/common/protocol/bodies.ts';
import {
  formatServerMessage,
  parseClientMessage,
  parseRoomName,
  parseServerMessage,
} from '../../main/common/protocol/codec.ts';
import { type ServerMessage, SIGNAL_TYPES } from '../../main/common/protocol/messages.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

const binary = (sizeBytes: number) =>
  fc.uint8Array({ minLength: sizeBytes, maxLength: sizeBytes }).map(toBase64Url);
const anyBinary = fc.uint8Array({ maxLength: 600 }).map(toBase64Url);
const signalType = fc.constantFrom(...SIGNAL_TYPES);

const versions = fc
  .uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 8 })
  .map((list) => list.toSorted((a, b) => a - b));

const clientMessage = fc.oneof(
  fc.record(
    {
      type: fc.constant('hello'),
      versions,
      key: binary(65),
      fp: binary(32),
      nonce: binary(32),
      address: fc.webUrl({ validSchemes: ['https'] }).map((url) => new URL(url).origin),
      proof: binary(32),
    },
    { noNullPrototype: true },
  ),
  fc.record({ type: fc.constant('auth'), resume: binary(32) }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('name'), name: binary(298) }),
  fc.record({ type: signalType, to: binary(16), box: anyBinary }),
  fc.record({ type: fc.constantFrom('leave', 'ping', 'pong') }),
  fc.record({ type: fc.constant('report'), id: binary(16) }),
);

const entry = fc.record({ id: binary(16), key: binary(65), fp: binary(32), name: binary(298) });
const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record({
    type: fc.constant('challenge' as const),
    versions,
    version: fc.integer({ min: 1, max: 65_535 }),
    ...{ key: binary(65), nonce: binary(32), proof: binary(32) },
  }),
  fc.record({ type: fc.constant('version' as const), versions }),
  fc.record({ type: signalType, from: binary(16), box: anyBinary }),
  fc.record({
    type: fc.constant('roster' as const),
    roster: fc.array(entry, { maxLength: 3 }),
    revision: fc.nat(),
  }),
  fc.record({ type: fc.constant('moved' as const), url: fc.string({ maxLength: 300 }) }),
);

const deep = (depth: number) => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc.constantFrom(deep(1_000), '\u0000', '{"type":"__proto__"}', '{"type":"constructor"}', '1e999'),
);

it.each([
  ['client messages', parseClientMessage],
  ['server messages', parseServerMessage],
] as const)('never throws on any text as %s', (kind, parse) => {
  fc.assert(
    fc.property(odd, (text) => {
      expect(typeof parse(text).ok).toBe('boolean');
    }),
    inputs(kind),
  );
});

it('never throws on any value that stood in a box', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (value) => {
      for (const type of SIGNAL_TYPES) expect(typeof parseBody(type, value).ok).toBe('boolean');
      expect(typeof parseRoomName(value).ok).toBe('boolean');
    }),
    inputs('bodies and room names'),
  );
});

it('reads every message it should, unchanged', () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
    }),
    inputs('client messages, whole'),
  );
});

it('writes every message of the server as JSON would', () => {
  fc.assert(
    fc.property(serverMessage, (message) => {
      expect(JSON.parse(formatServerMessage(message))).toEqual(message);
      expect(parseServerMessage(formatServerMessage(message)).ok).toBe(true);
    }),
    inputs('server messages, whole'),
  );
});

it('survives any change of a character; what it then reads is canonical and has no field too many', () => {
  fc.assert(
    fc.property(clientMessage, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), (message, at, put) => {
      const text = JSON.stringify(message);
      const place = at % text.length;
      const parsed = parseClientMessage(text.slice(0, place) + put + text.slice(place + 1));
      if (!parsed.ok) return;
      const fields: object = parsed.value;
      for (const [name, value] of Object.entries(fields)) {
        if (name === 'type' || name === 'address') continue;
        if (name === 'versions') {
          const list: readonly number[] = value;
          expect(list.every((version) => Number.isInteger(version) && version > 0 && version < 65_536)).toBe(
            true,
          );
          expect([...new Set(list)].toSorted((a, b) => a - b)).toEqual(list);
          expect(list.length).toBeLessThanOrEqual(8);
          continue;
        }
        expect(typeof value).toBe('string');
        const bytes = fromBase64Url(String(value));
        expect(bytes && toBase64Url(bytes)).toBe(value);
      }
    }),
    inputs('client messages, damaged'),
  );
});
