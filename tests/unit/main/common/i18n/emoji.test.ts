/** Checks that the 64 emoji are distinct, show everywhere, and stay as they are. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { VERIFICATION_EMOJI } from '../../../../../main/common/i18n/emoji.ts';

describe('emoji of the verification code', () => {
  it('are 64, each picture and each word once', () => {
    expect(VERIFICATION_EMOJI).toHaveLength(64);
    for (const field of ['emoji', 'en', 'ru'] as const) {
      expect(new Set(VERIFICATION_EMOJI.map((entry) => entry[field])).size).toBe(64);
    }
  });

  it('are one code point that shows in colour by itself', () => {
    for (const { emoji } of VERIFICATION_EMOJI) expect(emoji).toMatch(/^\p{Emoji_Presentation}$/u);
  });

  it('have words in the letters of their language', () => {
    for (const { en, ru } of VERIFICATION_EMOJI) {
      expect(en).toMatch(/^[a-z]+(?: [a-z]+)*$/);
      expect(ru).toMatch(/^[а-яё]+$/);
    }
  });

  it('are frozen: two versions of the page must read one code alike', () => {
    expect(Object.isFrozen(VERIFICATION_EMOJI) && VERIFICATION_EMOJI.every(Object.isFrozen)).toBe(true);
    const digest = createHash('sha256').update(JSON.stringify(VERIFICATION_EMOJI)).digest('hex');
    expect(digest).toBe('f156c2cd55fcb9dcae77fe54b96d77c87668e5b409f0456e9b81c711e88c5755');
  });
});
