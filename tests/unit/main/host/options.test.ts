/** Holds what a hosting may be started with, and which addresses may be added by hand. */

import { describe, expect, it } from 'vitest';
import { checkOptions, optionsFromPreferences, parseOrigin } from '../../../../main/host/options.ts';
import { DEFAULT_PREFERENCES } from '../../../../main/settings.ts';
import { OPTIONS } from '../../../support/host/fake-dependencies.ts';

describe('checkOptions', () => {
  it.each([
    { ...OPTIONS, mode: '1x1' as const },
    { ...OPTIONS, capacity: 1 },
    { ...OPTIONS, capacity: 13 },
    { ...OPTIONS, capacity: 2.5 },
    { ...OPTIONS, port: -1 },
    { ...OPTIONS, port: 65_536 },
    { ...OPTIONS, port: Number.NaN },
  ])('refuses %j', (options) => {
    expect(checkOptions(options)).toEqual({ ok: false, error: 'bad-options' });
  });

  it('takes both modes and any port', () => {
    expect(checkOptions({ ...OPTIONS, mode: '1x1', capacity: 2, port: 0 }).ok).toBe(true);
    expect(checkOptions({ ...OPTIONS, capacity: 12, port: 65_535 }).ok).toBe(true);
  });

  it('brings addresses to one form and keeps each once', () => {
    const origins = ['https://B.example/', 'https://a.example', 'https://b.example'];
    expect(checkOptions({ ...OPTIONS, origins })).toMatchObject({
      value: { origins: ['https://b.example', 'https://a.example'] },
    });
  });

  it('refuses an address that is none, and too many', () => {
    const many = Array.from({ length: 17 }, (_, index) => `https://a${index}.example`);
    for (const origins of [['http://a.example'], many]) {
      expect(checkOptions({ ...OPTIONS, origins })).toEqual({ ok: false, error: 'bad-origin' });
    }
  });
});

describe('optionsFromPreferences', () => {
  it('lets two people in for 1x1, whatever the group holds', () => {
    const preferences = { ...DEFAULT_PREFERENCES, mode: '1x1', capacity: 9 } as const;
    expect(optionsFromPreferences(preferences)).toMatchObject({ mode: '1x1', capacity: 2 });
    expect(optionsFromPreferences({ ...preferences, mode: 'group' }).capacity).toBe(9);
  });
});

describe('parseOrigin', () => {
  it.each([
    ['https://name.example', 'https://name.example'],
    ['  https://name.example/ ', 'https://name.example'],
    ['HTTPS://Name.Example:8443', 'https://name.example:8443'],
    ['https://name.example:443', 'https://name.example'],
    ['https://пример.рф', 'https://xn--e1afmkfd.xn--p1ai'],
    ['https://192.0.2.1:8790', 'https://192.0.2.1:8790'],
    ['https://[2001:DB8::1]', 'https://[2001:db8::1]'],
  ])('takes %s', (typed, origin) => {
    expect(parseOrigin(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    '',
    'name.example',
    'http://name.example',
    'http://localhost:8790',
    'ftp://name.example',
    'javascript://name.example',
    'https:name.example',
    'https:\\\\name.example',
    'https://',
    'https://user@name.example',
    'https://user:word@name.example',
    'https://name.example/path',
    'https://name.example//',
    'https://name.example?query',
    'https://name.example#S.T',
    'https://name.example:99999',
    'https://*.example',
    'https://name..example',
    'https://name .example',
    'https://name.example\u001b[2J',
    `https://${'a'.repeat(300)}.example`,
  ])('refuses %j', (typed) => {
    expect(parseOrigin(typed)).toEqual({ ok: false, error: 'bad-origin' });
  });
});
