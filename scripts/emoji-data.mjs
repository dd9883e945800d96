// @ts-check
/** Owns the emoji the page offers: for each language one file of names and words to search by, made from the package's. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * @typedef {{ emoji: string, annotation: string, tags?: string[], shortcodes?: string[], emoticon?: string | string[],
 *   group: number, order: number, version: number }} SourceEmoji
 */

/** The flavours with the most words: short codes people know from other chats in English, native words in Russian. */
const SOURCES = /** @type {const} */ ({ en: 'en/emojibase', ru: 'ru/cldr-native' });

/** Skin tones and hair as things of their own. */
const COMPONENTS_GROUP = 2;

/** @param {string} source @returns {SourceEmoji[]} */
const readSource = (source) =>
  JSON.parse(
    readFileSync(inProject('node_modules', 'emoji-picker-element-data', source, 'data.json'), 'utf8'),
  );

/** @param {(string | undefined)[]} texts @returns {string[]} */
const wordsOf = (texts) =>
  texts
    .flatMap((text) => (text ?? '').toLowerCase().split(/[\s_]+/))
    .map((word) => word.replace(/[()«»":,]/g, ''))
    .filter((word) => word !== '');

/** Typed with е by half of those who search. @param {string} word */
const withoutYo = (word) => word.replaceAll('ё', 'е');

/** The sign that asks for colour is left out where colour is what is shown anyway: one emoji, one spelling.
 * @param {string} emoji */
const oneSpelling = (emoji) => (/^\p{Emoji_Presentation}\ufe0f$/u.test(emoji) ? emoji.slice(0, -1) : emoji);

/**
 * In the format of emoji-picker-element's database. The names are of the page's language; the words are of both, for
 * people type in the language of their keyboard.
 * @param {'en' | 'ru'} language
 */
export function emojiData(language) {
  const other = new Map(
    readSource(SOURCES[language === 'en' ? 'ru' : 'en']).map((entry) => [entry.emoji, entry]),
  );
  return readSource(SOURCES[language])
    .filter(({ group }) => group !== COMPONENTS_GROUP)
    .map((entry) => {
      const twin = other.get(entry.emoji);
      const own = new Set(wordsOf([entry.annotation]));
      const texts = [entry, ...(twin ? [twin] : [])].flatMap(({ annotation, tags = [], shortcodes = [] }) => [
        annotation,
        ...tags,
        ...shortcodes,
      ]);
      const words = new Set(wordsOf(texts).flatMap((word) => [word, withoutYo(word)]));
      return {
        emoji: oneSpelling(entry.emoji),
        annotation: entry.annotation,
        tags: [...words].filter((word) => !own.has(word)),
        ...(entry.emoticon !== undefined && { emoticon: entry.emoticon }),
        group: entry.group,
        order: entry.order,
        version: entry.version,
      };
    });
}

/** Puts the files among the page's, under names that tell their content, and tells the page where.
 * @returns {import('vite').Plugin} */
export function emojiFiles() {
  const files = /** @type {const} */ (['en', 'ru']).map((language) => {
    const source = JSON.stringify(emojiData(language));
    const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
    return { language, source, fileName: `assets/emoji-${language}-${hash}.json` };
  });
  const addresses = Object.fromEntries(files.map(({ language, fileName }) => [language, `/${fileName}`]));
  return {
    name: 'emoji-files',
    config: () => ({ define: { EMOJI_FILES: JSON.stringify(addresses) } }),
    generateBundle() {
      for (const { fileName, source } of files) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
