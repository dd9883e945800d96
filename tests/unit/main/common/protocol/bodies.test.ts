/** Holds a reaction to one emoji that hides nothing. */

import { expect, it } from 'vitest';
import { parseBody } from '../../../../../main/common/protocol/bodies.ts';

const isReaction = (emoji: string) => parseBody('pair', { kind: 'reaction', emoji }).ok;
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

it.each(['👍', '👍🏽', '❤️', '❤', '👩🏽‍❤️‍💋‍👨🏿', '🏳️‍🌈', '🇮🇹', '1️⃣', '#⃣', ENGLAND, '👁️‍🗨️'])(
  'takes %s for a reaction',
  (emoji) => {
    expect(isReaction(emoji)).toBe(true);
  },
);

it.each([
  ['a letter', 'a'],
  ['a digit', '1'],
  ['two emoji', '👍👍'],
  ['a text behind an emoji', '👍1'],
  ['a text in tags', `👍${ENGLAND.slice(2)}`],
  ['a region that is drawn as another flag', '🏴\u{e0075}\u{e0073}\u{e0074}\u{e0078}\u{e007f}'],
  ['half a flag', '🇮'],
  ['a loose joiner', '👍\u200d'],
  ['a style twice', '❤️\ufe0f'],
  ['nothing', ''],
])('does not take %s for a reaction', (_, emoji) => {
  expect(isReaction(emoji)).toBe(false);
});
