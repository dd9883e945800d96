/** Spoils the settings file, and changes as a window that is no longer ours could send them: only settings come out. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkOptions, optionsFromPreferences } from '../../main/host/options.ts';
import { DEFAULT_PREFERENCES, parsePreferencesChange, parseSettings } from '../../main/settings.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

const iceServer = fc.record(
  {
    urls: fc.oneof(
      fc.constantFrom('stun:a.test:3478', 'turns:b.test', 'turn:b.test:99999', 'http://c.test', 'stun: x'),
      fc.string(),
    ),
    username: fc.oneof(fc.string(), fc.jsonValue()),
    credential: fc.oneof(fc.string({ maxLength: 400 }), fc.jsonValue()),
    more: fc.jsonValue(),
  },
  { requiredKeys: ['urls'] },
);
/** Of what this version wrote itself. */
const AS_WRITTEN = { leftOut: [], unknown: {}, newer: false };
const mostly = <Value>(good: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: fc.jsonValue() });
const fields = {
  mode: mostly(fc.constantFrom('1x1', 'group', 'Group')),
  capacity: mostly(fc.oneof(fc.integer({ min: 0, max: 14 }), fc.double())),
  port: mostly(fc.integer({ min: -1, max: 65_536 })),
  tunnel: mostly(fc.constantFrom('localhost.run', 'cloudflared', 'none', 'evil')),
  lan: mostly(fc.boolean()),
  iceServers: mostly(fc.array(iceServer, { maxLength: 9 })),
  language: mostly(fc.constantFrom('en', 'ru', null, 'de')),
  ['__proto__']: fc.jsonValue(),
};
const record = fc.record(
  { ...fields, version: mostly(fc.constantFrom(1, 2)), more: fc.jsonValue() },
  { requiredKeys: [] },
);

it('reads only settings that a hosting can start with, and reads them again the same', () => {
  const file = record.map((value) => JSON.stringify(value));
  const edit = fc.tuple(
    fc.nat({ max: 200 }),
    fc.nat({ max: 3 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const damaged = fc
    .tuple(file, edit)
    .map(([text, [at, cut, put]]) => text.slice(0, at) + put + text.slice(at + cut));
  fc.assert(
    fc.property(fc.oneof(file, damaged, fc.json(), fc.string({ unit: 'binary', maxLength: 100 })), (text) => {
      const parsed = parseSettings(text);
      if (parsed === null) return;
      const { preferences } = parsed;
      expect(Object.keys(preferences).sort()).toEqual(Object.keys(DEFAULT_PREFERENCES).sort());
      expect(checkOptions(optionsFromPreferences(preferences)).ok).toBe(true);
      expect(parseSettings(JSON.stringify(preferences))).toEqual({ ...AS_WRITTEN, preferences });
      expect(parsePreferencesChange(preferences).ok).toBe(true);
    }),
    inputs('settings'),
  );
});

it('takes only changes after which the settings hold', () => {
  const change = fc.oneof(
    fc.record(fields, { requiredKeys: [] }),
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  );
  fc.assert(
    fc.property(change, (value) => {
      const read = parsePreferencesChange(value);
      if (!read.ok) return;
      const after = { ...DEFAULT_PREFERENCES, ...read.value };
      expect(parseSettings(JSON.stringify(after))).toEqual({ ...AS_WRITTEN, preferences: after });
    }),
    inputs('changes of settings'),
  );
});
