/** Holds links in messages to what is safe to open, and to showing where they lead. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAT_MAX_UNITS } from '../../../../../main/common/protocol/limits.ts';
import { splitLinks } from '../../../../../web-client/ui/chat/links.ts';
import { AT_ONCE_MS, quickestMs } from '../../../../support/time/quickest.ts';

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
    ['请看 https://example.com，谢谢大家', 'https://example.com'],
    ['请看https://example.com', 'https://example.com'],
    ['请看https://example.com。谢谢', 'https://example.com'],
    ['请看 https://example.com.谢谢', 'https://example.com'],
    ['请看 https://example.com,谢谢', 'https://example.com'],
    ['看过https://example.com?很好', 'https://example.com'],
    ['「https://example.com」を見て', 'https://example.com'],
    ['『https://example.com/a』', 'https://example.com/a'],
    ['《https://example.com》', 'https://example.com'],
    ['https://example.com입니다', 'https://example.com'],
    ['https://example.com입니다.감사합니다', 'https://example.com'],
    ['https://example.com/를 보세요', 'https://example.com/'],
    ['https://example.com/에서도 됩니다', 'https://example.com/'],
    ['https://ko.example/가이드', 'https://ko.example/가이드'],
    ['https://example.com/a에서', 'https://example.com/a'],
    ['https://example.com和你好', 'https://example.com'],
    ['https://example.com:8080에', 'https://example.com:8080'],
    ['http://localhost:8790입니다', 'http://localhost:8790'],
    ['https://example.comを見て', 'https://example.com'],
    ['https://example.com/を開いて', 'https://example.com/'],
    ['ดูที่https://example.comนะครับ', 'https://example.com'],
    ['https://example.com/pathครับ', 'https://example.com/path'],
    ['https://example.com/a，谢谢', 'https://example.com/a'],
    ['https://example.com/docs（中文说明）了解更多', 'https://example.com/docs'],
    ['https://example.com/docs了解更多', 'https://example.com/docs'],
    ['https://example.com/?q=1请看', 'https://example.com/?q=1'],
    ['https://zh.wikipedia.org/wiki/中国', 'https://zh.wikipedia.org/wiki/中国'],
    [
      'https://ja.wikipedia.org/wiki/東京（曖昧さ回避）。',
      'https://ja.wikipedia.org/wiki/東京（曖昧さ回避）',
    ],
    ['https://ko.wikipedia.org/wiki/서울', 'https://ko.wikipedia.org/wiki/서울'],
    ['https://fa.wikipedia.org/wiki/می‌خواهم؟', 'https://fa.wikipedia.org/wiki/می‌خواهم'],
    ['https://hi.example/देखो। और', 'https://hi.example/देखो'],
    ['https://example.com👍', 'https://example.com'],
    ['https://example.com/a👍🏽!', 'https://example.com/a'],
    ['https://example.com…', 'https://example.com'],
    ['https://example.com...', 'https://example.com'],
    ['https://example.com—yes', 'https://example.com'],
    ['Смотриhttps://example.com', 'https://example.com'],
    ['[docs](https://example.com/a)', 'https://example.com/a'],
    ['**https://example.com/a**', 'https://example.com/a'],
    ['`https://example.com/a`', 'https://example.com/a'],
    ['<https://example.com/a>', 'https://example.com/a'],
    ['https://example.com/a(see below', 'https://example.com/a'],
    ['https://example.com/a)b', 'https://example.com/a'],
    ['https://example.com./a', 'https://example.com./a'],
    ['https://example.com:', 'https://example.com'],
    ['https://good.example\\@evil.example/', 'https://good.example'],
    ['https://example.com\t/a', 'https://example.com'],
    ['https://example.com\nand', 'https://example.com'],
    ['https://example.com\r\n', 'https://example.com'],
    ['https://example.com/a\u2028b', 'https://example.com/a'],
    ['https://example.com\u3000見て', 'https://example.com'],
    ['https://www.kor뉴스.com', 'https://www.kor뉴스.com'],
    ['https://한국.한국입니다', 'https://한국.한국'],
    ['https://https://example.com', 'https://example.com'],
    ['https://[::1]:8790/x', 'https://[::1]:8790/x'],
  ])('ends in %j where a reader would end it', (text, shown) => {
    const link = only(text);
    expect(link?.text).toBe(shown);
    expect(text).toContain(shown);
    expect(new URL(link?.href ?? '').href).toBe(new URL(shown).href);
  });

  it('finds several that stand in one sentence', () => {
    const text = '当当网http://t.example/RUy《一尺》，亚马逊https://a.example/RUyQ；完';
    expect(links(text).map((link) => link.text)).toEqual(['http://t.example/RUy', 'https://a.example/RUyQ']);
    const glued = 'https://a.example和https://b.example/x、https://c.example/y或https://d.example';
    expect(links(glued).map((link) => link.text)).toEqual([
      'https://a.example',
      'https://b.example/x',
      'https://c.example/y',
      'https://d.example',
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://example.com',
    'data:text/html,x',
    'example.com',
    'mailto:a@example.com',
    'https://',
    'https://.',
    'https:///evil.example',
    'https:////evil.example',
    'https://\\evil.example',
    'https://?q',
    'https://-',
    'https://。',
    'http://1',
    'http://2130706433/x',
    'http://0x7f.1',
    'http://127.1',
    'http://[::1',
    'http://[0:0::1]/',
    'https://example.com:99999/',
    'https://exam%70le.com/a',
    'https://例え',
    'https://example。com',
    'https://i❤.example',
    'https://www.good․evil.example',
    'https://good.example∕login.evil.example',
    'https://good.example⁄a',
    'xhttps://example.com',
    'httpſ://example.com',
    'https://user@example.com/',
    'https://user:password@example.com',
    'https://example.com:443@evil.example',
    'https://example.com＠evil.example',
    'https://@example.com',
    'https://good.example\u202e/moc.live',
    'https://exa\u200bmple.com',
    'https://example.com/\u2066x',
    `https://example.com/a${'\u0301'.repeat(9)}`,
  ])('leaves %j a text', (text) => {
    expect(split(text)).toEqual([{ kind: 'text', text }]);
  });

  it.each([
    ['https://аpple.com/login', 'xn--pple-43d.com'],
    ['https://gооgle.com', 'xn--ggle-55da.com'],
    ['https://раураl.com', new URL('https://раураl.com').hostname],
    ['https://аррӏе.com', new URL('https://аррӏе.com').hostname],
    ['https://αpple.com', new URL('https://αpple.com').hostname],
    ['https://paypaı.com', new URL('https://paypaı.com').hostname],
    ['https://bücher.рф', 'xn--bcher-kva.xn--p1ai'],
    ['https://ｅxample.com/a', 'example.com'],
    ['https://www.kor뉴스.com', 'www.xn--kor-r02mq16d.com'],
    ['https://example.comа/x', new URL('https://example.comа').hostname],
  ])('shows %s as it was typed, and beside it the host that is asked', (text, host) => {
    expect(only(text)).toEqual({ kind: 'link', text, href: new URL(text).href, host });
  });

  it.each([
    'https://пример.рф/путь',
    'https://www.пример.рф',
    'https://münchen.de',
    'https://mu\u0308nchen.de',
    'https://MÜNCHEN.de',
    'https://bücher.example/',
    'https://straße.de',
    'https://例え.jp',
    'https://例え.テスト/',
    'https://例子.中国',
    'https://ไทย.ไทย',
    'https://한국.kr',
    'https://παράδειγμα.ελ',
    'https://مثال.example',
    'https://xn--pple-43d.com/',
  ])('shows %s as it was typed: it is taken for no other', (text) => {
    expect(only(text)).toMatchObject({ text, href: new URL(text).href, host: null });
  });

  it('leaves what is named a text, and goes on behind it', () => {
    const pieces = splitLinks('https://a.example/#x and https://b.example/', ({ hash }) => hash === '#x');
    expect(pieces).toEqual([
      { kind: 'text', text: 'https://a.example/#x and ' },
      { kind: 'link', text: 'https://b.example/', href: 'https://b.example/', host: null },
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
        '请',
        '，',
        '。',
        '입니다',
        '（',
        '」',
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
          expect(text).toContain(shown);
          expect(new URL(shown).href).toBe(url.href);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('says with its pieces all that was written', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const said = split(text).map((piece) => piece.text);
        expect(said.join('')).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'https://a/(',
    'https://a/',
    'https://',
    'https://a.b/x)',
    'https://a.b/（',
    'https://a.',
    '请https://a.b。',
    'https://한입니다.',
    'https://a@',
    'https://[::1]/[',
  ])('is done at once with a message of nothing but %s', (unit) => {
    for (const text of [
      unit.repeat(CHAT_MAX_UNITS / unit.length),
      `https://a/${unit.slice(-1).repeat(CHAT_MAX_UNITS - 10)}`,
      `${unit}${'入'.repeat(CHAT_MAX_UNITS - unit.length)}`,
    ])
      expect(quickestMs(() => split(text))).toBeLessThan(AT_ONCE_MS);
  });
});
