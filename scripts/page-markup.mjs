// @ts-check
/** Owns putting the page's markup together from its parts, one file a part; the comments of the parts stay behind. */

import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

const PART = /<!-- markup: ([a-z-]+) -->/g;
const COMMENT = /^<!--[\s\S]*?-->\n/;

/** Puts `web-client/markup/<name>.html` where `<!-- markup: name -->` stands, also within such a part.
 * @param {string} html
 * @returns {string} */
export const withMarkup = (html) =>
  html.replace(PART, (_place, name) =>
    withMarkup(readFileSync(inProject('web-client', 'markup', `${name}.html`), 'utf8').replace(COMMENT, '')),
  );

/** An element whose words come from the catalogue. */
const WORDS = /(<[a-z][^<>]* data-text="[^"]*"[^<>]*>)[^<>]+(?=<\/)/g;

/** Without what the page writes anew before it is seen, and without the lines' indentation: both would be loaded twice.
 * @param {string} html
 * @returns {string} */
export const withoutRepeats = (html) => html.replace(WORDS, '$1').replace(/\n\s+/g, '\n');

/** @returns {import('vite').Plugin} */
export const pageMarkup = () => ({
  name: 'page-markup',
  transformIndexHtml: { order: 'pre', handler: (html) => withoutRepeats(withMarkup(html)) },
});
