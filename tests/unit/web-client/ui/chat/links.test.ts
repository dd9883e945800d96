/** Holds links in messages to what is safe to open, and to showing where they lead. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLinks } from '../../../../../web-client/ui/chat/links.ts';

const split = (text: string) => splitLinks(text, () => false);
const links = (text: string) => split(text).flatMap((piece) => (piece.kind === 'link' ? [piece] : []));
const only = (text: string) => {
  const found = links(text);
  expect(found).toHaveLength(1);
  return found[0];
};

describe('splitLinks', () => {
  it.each([
    ['see https://example.com.', 'https://example.com'],
    ['(https://example.com/a)', 'https://example.com/a'],
    ['https://en.wikipedia.org/wiki/Call_(poker), yes', 'https://en.wikipedia.org/wiki/Call_(poker)'],
    ['(see https://en.wikipedia.org/wiki/Call_(poker))', 'https://en.wikipedia.org/wiki/Call_(poker)'],
    ['[https://example.com/?a=[1]]', 'https://example.com/?a=[1]'],
    ['«https://example.com/путь»!', 'https://example.com/путь'],
    ['"https://example.com/x"', 'https://example.com/x'],
    ['really, https://example.com/?q=1&b=2#part…?!', 'https://example.com/?q=1&b=2#part'],
    ['HTTP://Example.COM/Path', 'HTTP://Example.COM/Path'],
    ['http://localhost:8790/x', 'http://localhost:8790/x'],
    ['（https://example.com）。', 'https://example.com'],
  ])('finds in %s the address as it was typed', (text, shown) => {
    expect(only(text)?.text).toBe(shown);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://example.com',
    'data:text/html,x',
    'example.com',
    'mailto:a@example.com',
    'https://',
    'https://.',
    'http://[::1',
    'xhttps://example.com',
    'https://user@example.com/',
    'https://user:password@example.com',
    'https://@example.com',
    'https://good.example\u202e/moc.live',
    'https://exa\u200bmple.com',
    'https://example.com/\u2066x',
  ])('leaves %j a text', (text) => {
    expect(split(text)).toEqual([{ kind: 'text', text }]);
  });

  it.each([
    ['https://аpple.com/login', 'https://xn--pple-43d.com/login'],
    ['https://gооgle.com', 'https://xn--ggle-55da.com'],
    ['https://bücher.рф', 'https://xn--bcher-kva.xn--p1ai'],
    ['http://2130706433/x', 'http://127.0.0.1/x'],
    ['http://0x7f.1', 'http://127.0.0.1'],
    ['https://ｅxample.com/a', 'https://example.com/a'],
    ['https://exam%70le.com/a', 'https://example.com/a'],
    ['https:///evil.example', 'https://evil.example/evil.example'],
  ])('shows where %s leads', (text, shown) => {
    const link = only(text);
    expect(link?.text).toBe(shown);
  });

  it.each(['https://пример.рф/путь', 'https://bücher.example/', 'https://例え.テスト/'])(
    'shows %s as it was typed: it is taken for no other',
    (text) => {
      expect(only(text)?.text).toBe(text);
    },
  );

  it('takes a backslash for what the browser takes it for', () => {
    const link = only('https://good.example\\@evil.example/');
    expect(new URL(link?.href ?? '').hostname).toBe('good.example');
  });

  it('leaves what is named a text, and goes on behind it', () => {
    const pieces = splitLinks('https://a.example/#x and https://b.example/', ({ hash }) => hash === '#x');
    expect(pieces).toEqual([
      { kind: 'text', text: 'https://a.example/#x and ' },
      { kind: 'link', text: 'https://b.example/', href: 'https://b.example/' },
    ]);
  });

  const nasty = fc
    .array(
      fc.constantFrom(
        'https://',
        'http://',
        'a.example',
        '@',
        '\\',
        '/',
        '#',
        '?',
        '(',
        ')',
        '[',
        '.',
        ' ',
        '\n',
        '\u202e',
        '\u200d',
        'а',
        'xn--',
        ':',
        '%',
        'é',
        '👍',
        '\ud83d',
        '"',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  it('opens nothing but http and https without a user, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        for (const { href, text: shown } of links(text)) {
          const url = new URL(href);
          expect(['http:', 'https:']).toContain(url.protocol);
          expect(url.username + url.password).toBe('');
          expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
          expect(new URL(shown).hostname).toBe(url.hostname);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('loses nothing between the links', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        let at = 0;
        for (const piece of split(text)) {
          if (piece.kind === 'link') continue;
          const found = text.indexOf(piece.text, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + piece.text.length;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is quick with a message full of brackets and beginnings', () => {
    const started = performance.now();
    for (const text of ['https://a/('.repeat(182), `https://a/${')'.repeat(1_990)}`, 'https://'.repeat(250)])
      split(text);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
