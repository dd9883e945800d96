/** Owns what the page makes of the world's writing, to be compared between engines whose tables of Unicode differ. */

import { nameKey } from '../../../main/common/names/case-folding.ts';
import { displayName, initialOf } from '../../../main/common/names/visible-text.ts';
import { parseBody } from '../../../main/common/protocol/bodies.ts';
import { splitLinks } from '../../../web-client/ui/chat/links.ts';
import { suggestPeople } from '../../../web-client/ui/chat/mention-query.ts';
import { mentionsOf } from '../../../web-client/ui/chat/mentions.ts';

const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

const NAMES = [
  ...[
    'İbrahim',
    'STRAẞE',
    'ΣΑΣ',
    'Ａｎｎａ',
    'ｶﾞｸ',
    '김철수',
    'Mậu',
    'Алёша',
    'Йосиф',
    'Łukasz',
    '田中',
    'สมชาย',
  ],
  ...[
    'မျှော်လင့်ချက်',
    'လျှော့စျေး',
    'אֵ֥ת הַשָּׁמַ֖יִם',
    'ཧ\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82',
    'ذَٰلِكَ ٱلۡكِتَٰبُ ۝٢',
    'അവന്‍',
  ],
  ...[`Rhys ${ENGLAND}`, `${ENGLAND}\u{e0061}`, '👩🏽‍❤️‍💋‍👨🏿', '葛\u{e0100}城', '\u3164', '\u2800'],
  ...[
    `Z${'\u0301'.repeat(9)}`,
    `ก${'\u0e48'.repeat(9)}`,
    `a${'\u05b0\u05b1\u05b2\u05b3\u05b4\u05b5'}`,
    'Anna\u202e',
  ],
];

const MESSAGES = [
  ...[
    '请看 https://example.com，谢谢大家',
    '请看https://example.com。谢谢',
    'https://example.com입니다',
    '「https://example.com」を',
  ],
  ...[
    'ดูที่https://example.comนะ',
    'https://ja.wikipedia.org/wiki/東京（曖昧）。',
    'https://fa.example/می‌خواهم؟',
    'https://hi.example/देखो।',
  ],
  ...[
    'https://раураl.com',
    'https://аррӏе.com',
    'https://www.пример.рф',
    'https://MÜNCHEN.de',
    'https://例え.jp',
    'https://ไทย.ไทย',
  ],
  ...[
    'https:///a.example',
    'http://1',
    'https://a@b.example',
    'https://例え。jp',
    'https://i❤.example',
    'https://a.example👍',
  ],
  ...[
    '@田中さん、',
    'これは@田中 に',
    '你好@田中',
    '@김철수님',
    '@สมชายครับ',
    '@ibrahim',
    '@IBRAHIM',
    'ÿ@İbrahim',
    'mail@田中',
    '@Straße',
  ],
];

const TYPED = ['luk', 'алеш', 'и', 'й', 'strasse', 'σας', '기', 'ibr', 'mau', '中'];

export function readWriting(): string {
  const people = NAMES.map((name, at) => ({ id: `id${at}`, shortId: `s${at}`, name }));
  return JSON.stringify({
    names: NAMES.map((name) => [displayName(name), nameKey(name), initialOf(displayName(name) ?? '')]),
    messages: MESSAGES.map((text) => [splitLinks(text, () => false), mentionsOf(text, people)]),
    suggestions: TYPED.map((typed) => suggestPeople(typed, people).map(({ name }) => name)),
    reactions: [...NAMES, ENGLAND, '👍', '🇮🇹'].map(
      (emoji) => parseBody('pair', { kind: 'reaction', emoji }).ok,
    ),
  });
}
