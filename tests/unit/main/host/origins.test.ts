/** Holds which addresses may be added by hand. */

import { describe, expect, it } from 'vitest';
import { parseOrigin } from '../../../../main/host/origins.ts';

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
