/** Holds what is shown of a message to what can do no harm, and to keeping what people write. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKED_MAX, messagePieces } from '../../../../../web-client/ui/chat/message-pieces.ts';
import { isEmojiAlone, sanitizeText } from '../../../../../web-client/ui/chat/sanitize-text.ts';

const INVITE = 'https://call.example/#secret.token';

const pieces = (text: string) =>
  messagePieces(text, {
    people: [
      { id: 'AnnaAnna', shortId: 'Anna', name: 'Anna' },
      { id: 'selfself', shortId: 'self', name: 'Me' },
    ],
    selfId: 'selfself',
    invite: INVITE,
  });

describe('sanitizeText', () => {
  it('keeps lines, one empty line, spaces and emoji of several parts', () => {
    expect(sanitizeText('a\r\nb\n\nc  d 👩‍👩‍👧 می‌خواهم')).toBe('a\nb\n\nc  d 👩‍👩‍👧 می‌خواهم');
    expect(sanitizeText('a\n\n\n \n\nb\n\n')).toBe('a\n\nb');
  });

  it('takes away what is not seen, changes the direction, or paints over its neighbours', () => {
    expect(sanitizeText('a\u202eb\u2066c\u200bd\u0000e\ufefff')).toBe('abcdef');
    expect(sanitizeText(`a${'\u0301'.repeat(50)}`)).toBe(`a${'\u0301'.repeat(4)}`);
    expect(sanitizeText('\u200b\u2060\n \t')).toBe('');
  });

  it('leaves nothing harmful of any text, and is done at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = sanitizeText(text);
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(shown).not.toMatch(/\p{M}{5}/u);
        expect(shown).not.toMatch(/\n\n\n/);
        expect(sanitizeText(shown)).toBe(shown);
      }),
      { numRuns: 100 },
    );
  });
});

describe('messagePieces', () => {
  it('tells text, links and mentions apart', () => {
    expect(pieces('hi @Anna, @me: https://a.example/@Anna!')).toEqual([
      { kind: 'text', text: 'hi ' },
      { kind: 'mention', text: '@Anna', self: false },
      { kind: 'text', text: ', ' },
      { kind: 'mention', text: '@me', self: true },
      { kind: 'text', text: ': ' },
      { kind: 'link', text: 'https://a.example/@Anna', href: 'https://a.example/@Anna', host: null },
      { kind: 'text', text: '!' },
    ]);
  });

  it('leaves the link of this very room a text, at whatever address', () => {
    for (const link of [
      INVITE,
      'http://localhost:8790/#secret.token',
      `${INVITE}。谢谢`,
      `${INVITE}입니다`,
      `(${INVITE})`,
      `${INVITE}/`,
      'https://call.example/#secret.of-another-invitation',
      'https://call.example/%23secret.token',
      'https://call.example/?x#secret',
    ]) {
      expect(pieces(link)).toEqual([{ kind: 'text', text: link }]);
    }
    expect(pieces('https://call.example/#other.token')[0]?.kind).toBe('link');
  });

  it('tells whether oneself is meant, or somebody whose name begins so', () => {
    const [ann, anna] = [
      { id: 'Ann1Ann1', shortId: 'Ann1', name: 'Ann' },
      { id: 'Ann2Ann2', shortId: 'Ann2', name: 'Ann Marie' },
    ];
    const meant = (text: string, selfId: string) =>
      messagePieces(text, { people: [ann, anna], selfId, invite: null }).map(
        (piece) => piece.kind === 'mention' && piece.self,
      );
    expect(meant('@ann', ann.id)).toEqual([true]);
    expect(meant('@Ann Marie', ann.id)).toEqual([false]);
    expect(meant('@\u200bA\u200bnn', ann.id)).toEqual([true]);
  });

  it('shows whole, and without end of nodes, a message that is all links and mentions', () => {
    for (const unit of ['@Anna ', 'http://a.example ', '@me http://a.example/ß ']) {
      const text = unit.repeat(2_000 / unit.length).trim();
      const shown = pieces(text);
      expect(shown.filter(({ kind }) => kind !== 'text')).toHaveLength(MARKED_MAX);
      expect(shown.length).toBeLessThanOrEqual(2 * MARKED_MAX + 1);
      expect(shown.map((piece) => piece.text).join('')).toBe(text);
    }
  });

  it('asks for the names of the people once, for all messages that are searched for them', () => {
    let asked = 0;
    const someone = {
      id: 'AnnaAnna',
      shortId: 'Anna',
      get name() {
        asked++;
        return 'Anna';
      },
    };
    const context = { people: [someone], selfId: 'selfself', invite: null };
    for (let message = 0; message < 400; message++)
      messagePieces('@ﷺ @Anna http://a.example '.repeat(40), context);
    expect(asked).toBe(1);
  });

  it('is empty for what cannot be seen', () => {
    expect(pieces('\u200b\u202e\n')).toEqual([]);
  });
});

describe('isEmojiAlone', () => {
  it.each([
    '👍',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '😂 🎉',
    '👩‍👩‍👧',
    '🇮🇹',
    '❤️',
    '1️⃣',
  ])('is so for %s', (text) => {
    expect(isEmojiAlone(text)).toBe(true);
  });

  it.each(['', 'a', '1', '👍 ok', '👍'.repeat(13)])('is not so for %j', (text) => {
    expect(isEmojiAlone(text)).toBe(false);
  });
});
