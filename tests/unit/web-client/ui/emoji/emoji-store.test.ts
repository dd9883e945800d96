/** Holds the emoji to being found in both languages, with the browser's database and without it. */

import { describe, expect, it, vi } from 'vitest';
import { displayName } from '../../../../../main/common/names/visible-text.ts';
import { parseBody } from '../../../../../main/common/protocol/bodies.ts';
import { emojiData } from '../../../../../scripts/emoji-data.mjs';
import { DrawableEmoji } from '../../../../../web-client/ui/emoji/drawable.ts';
import {
  type EmojiDatabaseLike,
  openEmojiStore,
  recallRecent,
  rememberRecent,
} from '../../../../../web-client/ui/emoji/emoji-store.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const refusing: EmojiDatabaseLike = {
  ready: () => Promise.reject(new Error('refused')),
  getEmojiByGroup: () => Promise.reject(new Error('refused')),
  getEmojiBySearchQuery: () => Promise.reject(new Error('refused')),
};

const inMemory = (language: 'en' | 'ru') =>
  openEmojiStore({
    openDatabase: () => refusing,
    fetchFile: async () => emojiData(language),
    timers: new ManualTime().timers,
  });

describe('emojiData', () => {
  it.each(['en', 'ru'] as const)(
    'has every emoji once, spelt in one way, with words in both languages (%s)',
    (language) => {
      const data = emojiData(language);
      expect(data.length).toBeGreaterThan(1_800);
      expect(new Set(data.map(({ emoji }) => emoji)).size).toBe(data.length);
      const thumb = data.find(({ emoji }) => emoji === '👍');
      expect(thumb?.annotation).toBe(language === 'en' ? 'thumbs up' : 'большой палец вверх');
      const words = [...(thumb?.annotation.split(' ') ?? []), ...(thumb?.tags ?? [])];
      expect(words).toEqual(expect.arrayContaining(['thumbsup', 'лайк', 'вверх', 'like']));
      expect(data.find(({ emoji }) => emoji === '❤️')).toBeDefined();
      const refused = data.filter(
        ({ emoji }) => !parseBody('pair', { kind: 'reaction', emoji }).ok || displayName(emoji) !== emoji,
      );
      expect(refused).toEqual([]);
    },
  );
});

describe('openEmojiStore', () => {
  it('takes the database where the browser has one', async () => {
    const fetchFile = vi.fn();
    const store = await openEmojiStore({
      openDatabase: () => ({
        ready: async () => {},
        getEmojiByGroup: async () => [
          { unicode: '😀', annotation: 'grin', group: 0, version: 1 },
          { name: 'x' },
        ],
        getEmojiBySearchQuery: async (query) => [{ unicode: '🅰️', annotation: query, group: 8, version: 0.6 }],
      }),
      fetchFile,
      timers: new ManualTime().timers,
    });
    expect(await store.readGroup(0)).toEqual([{ emoji: '😀', name: 'grin', group: 0, version: 1 }]);
    expect((await store.search(' Ёлка  ЕЛЬ '))[0]?.name).toBe('елка ель');
    expect(await store.search(' ')).toEqual([]);
    expect(fetchFile).not.toHaveBeenCalled();
  });

  it('does without it where it is refused or gives no answer', async () => {
    const time = new ManualTime();
    const opening = openEmojiStore({
      openDatabase: () => ({ ...refusing, ready: () => new Promise(() => {}) }),
      fetchFile: async () => emojiData('en'),
      timers: time.timers,
    });
    await time.advance(6_000);
    expect((await (await opening).readGroup(0))[0]?.emoji).toBe('😀');
    expect((await (await inMemory('ru')).readGroup(0))[0]?.name).toBe('широко улыбается');
  });

  it('fails if there is neither', async () => {
    const opening = openEmojiStore({
      openDatabase: () => refusing,
      fetchFile: () => Promise.reject(new Error('offline')),
      timers: new ManualTime().timers,
    });
    await expect(opening).rejects.toThrow('offline');
  });

  it.each([
    ['en', 'heart', '❤️'],
    ['en', 'сердце', '❤️'],
    ['en', 'thumbs up', '👍'],
    ['ru', 'сердц', '❤️'],
    ['ru', 'heart', '❤️'],
    ['ru', 'ЁЛК', '🎄'],
    ['ru', 'елка', '🎄'],
    ['en', 'flag italy', '🇮🇹'],
  ] as const)('finds for %s by %j %s', async (language, query, emoji) => {
    const found = await (await inMemory(language)).search(query);
    expect(found.map((entry) => entry.emoji)).toContain(emoji);
  });

  it('has first what is called so', async () => {
    const [first] = await (await inMemory('en')).search('fire');
    expect(first?.emoji).toBe('🔥');
    expect(await (await inMemory('en')).search('zzzz')).toEqual([]);
  });
});

describe('DrawableEmoji', () => {
  const entry = (emoji: string, version = 1) => ({ emoji, version, name: '', group: 0 });
  const probe = (coloured: (text: string) => boolean, width = (_text: string) => 20) => ({
    isColoured: coloured,
    widthOf: width,
  });

  it('leaves out versions the font does not have, asking once', () => {
    const asked: string[] = [];
    const drawable = new DrawableEmoji(
      probe((text) => {
        asked.push(text);
        return text === '😀' || text === '🫠';
      }),
    );
    expect(drawable.has(entry('🫠', 14))).toBe(true);
    expect(drawable.has(entry('🫡', 14))).toBe(true);
    expect(drawable.has(entry('🫩', 16))).toBe(false);
    expect(drawable.has(entry('😁', 0.6))).toBe(true);
    expect(asked).toEqual(['😀', '🫠', '🫩']);
  });

  it('leaves out what falls into its parts, and flags that are letters', () => {
    const parts = new DrawableEmoji(
      probe(
        (text) => text === '😀',
        (text) => [...text].length * 20,
      ),
    );
    expect(parts.has(entry('👩‍🚀', 4))).toBe(false);
    expect(parts.has(entry('🇮🇹', 2))).toBe(false);
    const joined = new DrawableEmoji(probe(() => true));
    expect(joined.has(entry('👩‍🚀', 4))).toBe(true);
    expect(joined.has(entry('🇮🇹', 2))).toBe(true);
  });

  it('believes everything where the browser tells nothing', () => {
    expect(new DrawableEmoji(probe(() => false)).has(entry('🫩', 16))).toBe(true);
    expect(
      new DrawableEmoji(
        probe(
          () => true,
          () => 0,
        ),
      ).has(entry('🫩', 16)),
    ).toBe(true);
  });
});

describe('the emoji used last', () => {
  it('are the newest first, each once, and no more than fit', () => {
    const values = new Map<string, string>();
    const storage = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    };
    expect(recallRecent(storage)).toEqual([]);
    for (const emoji of ['👍', '🎉', '👍', '👩‍🚀']) rememberRecent(storage, emoji);
    expect(recallRecent(storage)).toEqual(['👩‍🚀', '👍', '🎉']);
    for (let at = 0; at < 30; at++) rememberRecent(storage, String.fromCodePoint(0x1f600 + at));
    expect(recallRecent(storage)).toHaveLength(16);
    storage.setItem('secret-call.emoji', `👍 ${'x'.repeat(1_000)}`);
    expect(recallRecent(storage)).toEqual(['👍']);
  });
});
