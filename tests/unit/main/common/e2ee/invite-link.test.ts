/** Checks which links are read, and that a cut or altered one never is. */

import { describe, expect, it } from 'vitest';
import {
  formatFragment,
  formatInvite,
  parseFragment,
  readFragment,
  readPinnedFragment,
} from '../../../../../main/common/e2ee/invite-link.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

const link = { secret: randomBytes(32), token: randomBytes(16), certificate: null };
const fragment = formatFragment(link);
const pinned = { ...link, certificate: randomBytes(32) };
const pinnedFragment = formatFragment(pinned);

/** What people and programs add behind a link. */
const TAILS = [
  ...[
    '.',
    ')',
    '，谢谢大家',
    '。',
    '」',
    '入ってください',
    '입니다',
    ' and more',
    '\t',
    '\n',
    '"',
    "'",
    '»',
    '”',
    '…',
  ],
  ...[
    '!',
    '!?',
    '*',
    '**',
    '_',
    '__',
    '>',
    '>.',
    '</a>',
    '|',
    '~~',
    '`',
    ']',
    '](x)',
    '-',
    ' --',
    '_ x',
    '_)',
    '\\',
  ],
  ...['\u200b', '\u200e', '\ufeff', '\u00ad', '\u2060', '\u00a0', '\ufe0f', '👋'],
  ...['%20', '%22', '%C2%BB', '%E2%80%8B', '%2520', '%E2%80', '%', '%zz', '%0A', '=', '#'],
];

describe('link', () => {
  it('comes back as it was written', () => {
    expect(parseFragment(fragment)).toEqual(link);
    const invite = formatInvite('https://abc.example', link);
    expect(invite).toBe(`https://abc.example/${fragment}`);
    expect(parseFragment(new URL(invite).hash)).toEqual(link);
  });

  it.each(['?fbclid=1', '&utm_source=x', '/', '/more#x'])('ignores the tail %s', (tail) => {
    expect(parseFragment(fragment + tail)).toEqual(link);
  });

  it.each([...TAILS, '.html'])('ignores %j after it, as it was sent and as a browser escapes it', (tail) => {
    expect(parseFragment(fragment + tail)).toEqual(link);
    expect(parseFragment(new URL(`https://abc.example/${fragment}${tail}`).hash)).toEqual(link);
  });

  it.each([
    ['an escaped separator', fragment.replace('.', '%2E')],
    ['a separator escaped twice', fragment.replace('.', '%252e')],
    ['an escaped number sign', `%23${fragment.slice(1)}`],
    ['all of it escaped', fragment.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)],
    ['Markdown’s backslashes', fragment.replace(/[-_.]/g, '\\$&')],
    ['zero-width spaces inside', fragment.replace(/.{10}/g, '$&\u200b')],
    ['escaped soft hyphens inside', fragment.replace(/.{20}/g, '$&%C2%AD')],
    ['marks of direction around', `#\u2066${fragment.slice(1)}\u2069`],
    ['a blank before', `# ${fragment.slice(1)}`],
  ])('reads through %s', (_, text) => {
    expect(parseFragment(text)).toEqual(link);
  });

  it('refuses a link cut anywhere, whatever follows', () => {
    for (let length = 0; length < fragment.length; length++) {
      for (const tail of ['', '.', '…', '%20', ' ', '_'.repeat(Number(length === 0))])
        expect(readFragment(fragment.slice(0, length) + tail)).toEqual({ ok: false, error: 'cut' });
    }
  });

  it.each([
    ['a longer token', `${fragment}A`],
    ['a much longer token', fragment + fragment.slice(1, 40)],
    ['a word right after the token', `${fragment}_bye`],
    ['a longer secret', fragment.replace('.', 'A.')],
    ['another separator', fragment.replace('.', '-')],
    ['a letter of the token that no token ends in', `${fragment.slice(0, -1)}B`],
  ])('refuses %s as changed', (_, text) => {
    expect(readFragment(text)).toEqual({ ok: false, error: 'changed' });
  });

  it.each([
    ['no number sign', fragment.slice(1)],
    ['standard base64', fragment.replace(/^#./, '#+')],
    ['something before', `x${fragment}`],
    ['a blank inside', `${fragment.slice(0, 20)} ${fragment.slice(20)}`],
  ])('refuses %s', (_, text) => {
    expect(parseFragment(text)).toBeNull();
  });

  it('refuses text that does not encode again to itself', () => {
    const canonical = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;
    expect(parseFragment(canonical)).not.toBeNull();
    expect(parseFragment(`#${'A'.repeat(42)}B.${'A'.repeat(22)}`)).toBeNull();
    expect(parseFragment(`#${'A'.repeat(43)}.${'A'.repeat(21)}B`)).toBeNull();
  });
});

describe('a link with the certificate of a local address', () => {
  it('comes back as it was written', () => {
    const invite = formatInvite('https://192.168.1.5:8790', pinned);
    expect(invite).toBe(`https://192.168.1.5:8790/${pinnedFragment}`);
    expect(pinnedFragment).toMatch(/^#[\w-]{43}\.[\w-]{22}\.[\w-]{43}$/);
    expect(parseFragment(new URL(invite).hash)).toEqual(pinned);
    expect(readPinnedFragment(new URL(invite).hash)).toEqual({ ok: true, value: pinned });
  });

  it.each(TAILS)('ignores %j after it', (tail) => {
    expect(readPinnedFragment(pinnedFragment + tail)).toEqual({ ok: true, value: pinned });
    expect(readPinnedFragment(fragment + tail)).toEqual({ ok: true, value: link });
  });

  it.each([
    ['an escaped separator', pinnedFragment.replaceAll('.', '%2E')],
    ['all of it escaped twice', pinnedFragment.replace(/[^#]/g, (c) => `%25${c.charCodeAt(0).toString(16)}`)],
    ['Markdown’s backslashes', pinnedFragment.replace(/[-_.]/g, '\\$&')],
    ['zero-width spaces inside', pinnedFragment.replace(/.{10}/g, '$&\u200b')],
    ['marks of direction around', `#\u2066${pinnedFragment.slice(1)}\u2069`],
  ])('is read through %s', (_, text) => {
    expect(readPinnedFragment(text)).toEqual({ ok: true, value: pinned });
  });

  it('that lost its end is to a browser one without, and to who relies on it a cut one', () => {
    for (let length = fragment.length + 2; length < pinnedFragment.length; length++) {
      const text = pinnedFragment.slice(0, length);
      expect(readFragment(text)).toEqual({ ok: true, value: link });
      expect(readPinnedFragment(text)).toEqual({ ok: false, error: 'cut' });
    }
  });

  it.each([
    ['has letters too many', `${pinnedFragment}A`],
    ['is not in its one form', `${pinnedFragment.slice(0, -1)}B`],
  ])('whose end %s is to who relies on it a changed one', (_, text) => {
    expect(readFragment(text)).toEqual({ ok: true, value: link });
    expect(readPinnedFragment(text)).toEqual({ ok: false, error: 'changed' });
  });

  it('has no other place for it, and nothing is a certificate without secret and token', () => {
    const [secret = '', token = '', certificate = ''] = pinnedFragment.slice(1).split('.');
    expect(readPinnedFragment(`#${secret}..${certificate}`)).toEqual({ ok: false, error: 'cut' });
    expect(readPinnedFragment(`#${secret}.${certificate}.${token}`)).toEqual({ ok: false, error: 'changed' });
    expect(readPinnedFragment(`#${secret}.${token}A.${certificate}`)).toEqual({
      ok: false,
      error: 'changed',
    });
    expect(readPinnedFragment(`${pinnedFragment}.${certificate}`)).toEqual({ ok: true, value: pinned });
  });
});
