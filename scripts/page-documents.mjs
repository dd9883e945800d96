// @ts-check
/**
 * Owns making the page's documents, one a language: what their first picture needs, words and styles, stands in them, so
 * that nothing else is waited for. What is inline is let through by its hash (main/server/page-documents.ts).
 */

import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/** @typedef {Readonly<Record<string, unknown>>} Texts what stands under each key; what is no string has no place in a document */

/** The file of each language; the first is served where no other is wanted. */
const DOCUMENTS = /** @type {const} */ ({ en: 'index.html', ru: 'index.ru.html' });

const LANG = /(<html lang=")[^"]*/;
/** Words that stay, and those the page itself changes from then on. */
const TEXT = /(<([a-z][a-z0-9]*)\b[^<>]*?) data-(first-)?text="([^"]*)"([^<>]*>)[^<>]*(?=<\/\2>)/g;
const LABEL = / data-label="([^"]*)"/g;
const CONTENT = / data-first-content="([^"]*)" content="[^"]*"/g;
const STYLES_LINK = /<link rel="stylesheet"[^>]* href="\/([^"]+)">\s*/g;
const START_SCRIPT = /<script type="module"[^>]* src="\/([^"]+)"/;
const STYLES_PLACE = '<!-- styles -->';
const EARLY_PLACE = '<!-- early -->';
const TEXTS_PLACE = '<!-- texts -->';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[/** @type {'&'} */ (sign)]);

/** A document's words: where they stand in the markup, and as a whole for the script. What the texts lack stays empty.
 * @param {string} html
 * @param {string} language
 * @param {Texts} texts */
export function withWords(html, language, texts) {
  const word = (/** @type {string} */ key) => {
    const text = texts[key];
    return typeof text === 'string' ? escaped(text) : '';
  };
  // What ends the element for the parser must not stand in it.
  const json = JSON.stringify(texts).replaceAll('<', '\\u003c');
  return html
    .replace(LANG, `$1${language}`)
    .replace(TEXT, (_all, before, _tag, first, key, after) => {
      const mark = first === undefined ? ` data-text="${key}"` : '';
      return `${before}${mark}${after}${word(key)}`;
    })
    .replace(LABEL, (mark, key) => (word(key) === '' ? mark : `${mark} aria-label="${word(key)}"`))
    .replace(CONTENT, (_all, key) => ` content="${word(key)}"`)
    .replace(TEXTS_PLACE, () => `<script type="application/json" id="texts">${json}</script>`);
}

/** Browsers that know no modules are told so. */
const EARLY_TARGET = 'es2015';

/** The script of the page's first moments, apart from the page's own, so that it is there with the document. */
async function compileEarly() {
  const { minify, transformWithOxc } = await import('vite');
  const file = inProject('web-client', 'early.ts');
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { target: EARLY_TARGET });
  // Also what the compiler would, for syntax that is too new.
  if (/^import\b/m.test(code)) throw new Error('early.ts stands in a document and can import nothing');
  const script = await minify('early.js', `(()=>{${code.replace('export {};', '')}})()`, {
    compress: { target: EARLY_TARGET },
    module: false,
  });
  return script.code;
}

/** @returns {Promise<Readonly<Record<keyof typeof DOCUMENTS, Texts>>>} */
async function readTexts() {
  const { runnerImport } = await import('vite');
  const catalogue = async (/** @type {keyof typeof DOCUMENTS} */ language) => {
    const { module } = await runnerImport(inProject('web-client', 'i18n', `${language}.ts`));
    return module[language];
  };
  return { en: await catalogue('en'), ru: await catalogue('ru') };
}

/**
 * A part that comes later waits for the styles of what it builds on. Those of the start are there with the start's script,
 * so it is told to wait for that, which has long come.
 * @param {import('vite').Rolldown.OutputBundle} bundle
 * @param {string} fileName
 * @param {string} instead
 */
function withoutFile(bundle, fileName, instead) {
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(`"${fileName}"`, `"${instead}"`);
}

/** @returns {import('vite').Plugin} */
export const pageDocuments = () => ({
  name: 'page-documents',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      const page = bundle[DOCUMENTS.en];
      if (page?.type !== 'asset') throw new Error('the build made no page');
      const early = await compileEarly();
      const [, script = ''] = START_SCRIPT.exec(String(page.source)) ?? [];
      let styles = '';
      const html = String(page.source)
        .replace(STYLES_LINK, (_link, fileName) => {
          const file = bundle[fileName];
          if (file?.type !== 'asset') throw new Error(`the build made no ${fileName}`);
          styles += file.source;
          delete bundle[fileName];
          withoutFile(bundle, fileName, script);
          return '';
        })
        .replace(STYLES_PLACE, () => `<style>${styles.trim()}</style>`)
        .replace(EARLY_PLACE, () => `<script>${early.trim()}</script>`);
      const texts = await readTexts();
      for (const language of /** @type {const} */ (['en', 'ru']))
        this.emitFile({
          type: 'asset',
          fileName: DOCUMENTS[language],
          source: withWords(html, language, texts[language]),
        });
    },
  },
});
