/** Owns the store of emoji: through the database of emoji-picker-element, or from memory where the browser keeps none. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';

export interface EmojiEntry {
  readonly emoji: string;
  /** In the language of the page. */
  readonly name: string;
  readonly group: number;
  /** Of the Unicode standard of emoji that brought it. */
  readonly version: number;
}

export interface EmojiStore {
  /** In the order of the standard. */
  readGroup(group: number): Promise<readonly EmojiEntry[]>;
  /** Those that have all words of the query, the last as the beginning of one; the nearest first. */
  search(query: string): Promise<readonly EmojiEntry[]>;
}

/** What a database answers; it may know emoji that are pictures, which this page has none of. */
export interface NativeEmojiLike {
  readonly name?: string;
  readonly unicode?: string;
  readonly annotation?: string;
  readonly group?: number;
  readonly version?: number;
}

/** The part of emoji-picker-element's Database that is used. */
export interface EmojiDatabaseLike {
  ready(): Promise<void>;
  getEmojiByGroup(group: number): Promise<readonly NativeEmojiLike[]>;
  getEmojiBySearchQuery(query: string): Promise<readonly NativeEmojiLike[]>;
}

export interface EmojiSource {
  readonly openDatabase: () => EmojiDatabaseLike;
  /** The content of the file of emoji; rejects if it cannot be had. */
  readonly fetchFile: () => Promise<unknown>;
  readonly timers: TimersLike;
}

/** Browsers have been known to leave the opening of a database without an answer. */
const DATABASE_TIMEOUT_MS = 6_000;

/** Rejects if the emoji cannot be had now; another try may succeed. */
export async function openEmojiStore({ openDatabase, fetchFile, timers }: EmojiSource): Promise<EmojiStore> {
  try {
    const database = openDatabase();
    await inTime(database.ready(), timers);
    return new DatabaseStore(database);
  } catch {
    // A private window may refuse it the database. If it was the network, this meets it again.
    return new MemoryStore(readFile(await fetchFile()));
  }
}

class DatabaseStore implements EmojiStore {
  readonly #database: EmojiDatabaseLike;

  constructor(database: EmojiDatabaseLike) {
    this.#database = database;
  }

  async readGroup(group: number): Promise<readonly EmojiEntry[]> {
    return (await this.#database.getEmojiByGroup(group)).flatMap(toEntry);
  }

  async search(query: string): Promise<readonly EmojiEntry[]> {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    return nearestFirst(
      (await this.#database.getEmojiBySearchQuery(words.join(' '))).flatMap(toEntry),
      words,
    );
  }
}

interface FileEntry extends EmojiEntry {
  readonly words: readonly string[];
}

class MemoryStore implements EmojiStore {
  readonly #entries: readonly FileEntry[];

  constructor(entries: readonly FileEntry[]) {
    this.#entries = entries;
  }

  async readGroup(group: number): Promise<readonly EmojiEntry[]> {
    return this.#entries.filter((entry) => entry.group === group);
  }

  async search(query: string): Promise<readonly EmojiEntry[]> {
    const words = wordsOf(query);
    const last = words.pop();
    if (last === undefined) return [];
    const found = this.#entries.filter(
      (entry) =>
        words.every((word) => entry.words.includes(word)) &&
        entry.words.some((word) => word.startsWith(last)),
    );
    return nearestFirst(found, [...words, last]);
  }
}

/** Those whose very name is asked for come before those that only have to do with it. */
function nearestFirst(entries: readonly EmojiEntry[], words: readonly string[]): readonly EmojiEntry[] {
  const asked = words.join(' ');
  const rankOf = ({ name }: EmojiEntry) => {
    const called = wordsOf(name);
    if (called.join(' ') === asked) return 0;
    if (words.every((word) => called.includes(word))) return 1;
    return words.every((word) => called.some((part) => part.startsWith(word))) ? 2 : 3;
  };
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

/** As the words of the file are: without capitals, and ё is е. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s_]+/)
    .map((word) => word.replace(/[()«»":,]/g, ''))
    .filter((word) => word !== '');
}

function toEntry({ unicode, annotation, group, version }: NativeEmojiLike): EmojiEntry[] {
  if (unicode === undefined || annotation === undefined || group === undefined) return [];
  return [{ emoji: unicode, name: annotation, group, version: version ?? 0 }];
}

function readFile(content: unknown): readonly FileEntry[] {
  if (!Array.isArray(content)) throw new Error('no file of emoji');
  return content.map(
    (entry: { emoji: string; annotation: string; tags: string[]; group: number; version: number }) => ({
      emoji: entry.emoji,
      name: entry.annotation,
      group: entry.group,
      version: entry.version,
      words: [...wordsOf(entry.annotation), ...entry.tags],
    }),
  );
}

function inTime(promise: Promise<void>, timers: TimersLike): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = timers.setTimeout(() => reject(new Error('no answer')), DATABASE_TIMEOUT_MS);
    promise.then(resolve, reject).finally(() => timers.clearTimeout(timer));
  });
}

const RECENT_STORAGE_KEY = 'secret-call.emoji';
export const RECENT_MAX = 16;
/** No emoji is longer; anything else in the storage was not put there by this page. */
const EMOJI_MAX_UNITS = 32;

/** The emoji used last, remembered on this device; the newest first. */
export function recallRecent(storage: PageStorage): readonly string[] {
  const stored = storage.getItem(RECENT_STORAGE_KEY) ?? '';
  return stored
    .split(' ')
    .filter((emoji) => emoji !== '' && emoji.length <= EMOJI_MAX_UNITS)
    .slice(0, RECENT_MAX);
}

export function rememberRecent(storage: PageStorage, emoji: string): void {
  const others = recallRecent(storage).filter((other) => other !== emoji);
  storage.setItem(RECENT_STORAGE_KEY, [emoji, ...others].slice(0, RECENT_MAX).join(' '));
}
