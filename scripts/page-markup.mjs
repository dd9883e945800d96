// @ts-check
/** Owns putting the page's markup together from its parts, one file a part; the comments of the parts stay behind. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

const PART = /<!-- markup: ([a-z-]+) -->/g;
const COMMENT = /^<!--[\s\S]*?-->\n/;
const ICON_PLACE = '<!-- icon -->';
/** What an icon in a file of its own has, and one that stands in a page has not. */
const OF_A_FILE = /<title>.*?<\/title>| xmlns="[^"]*"/g;

/** Puts `web-client/markup/<name>.html` where `<!-- markup: name -->` stands, also within such a part.
 * @param {string} html
 * @returns {string} */
export const withMarkup = (html) =>
  html.replace(PART, (_place, name) =>
    withMarkup(readFileSync(inProject('web-client', 'markup', `${name}.html`), 'utf8').replace(COMMENT, '')),
  );

/** The icon is in the page's first picture, so it stands in the page.
 * @param {string} html
 * @returns {string} */
const withIcon = (html) =>
  html.replace(ICON_PLACE, () =>
    readFileSync(inProject('web-client', 'public', 'icon.svg'), 'utf8')
      .replace(OF_A_FILE, '')
      .trim(),
  );

/** Without the lines' indentation, which would only be loaded.
 * @param {string} html
 * @returns {string} */
const withoutIndentation = (html) => html.replace(/\n\s+/g, '\n');

/** An element whose words come from the catalogue; the page writes them before they are seen. */
const WORDS = /(<[a-z][^<>]* data-text="[^"]*"[^<>]*>)[^<>]+(?=<\/)/g;

/** What only a call needs, a file that comes with the call; its name tells its content. */
export function callMarkup() {
  const source = withoutIndentation(withMarkup('<!doctype html>\n<!-- markup: call -->')).replace(
    WORDS,
    '$1',
  );
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { source, fileName: `assets/call-${hash}.html` };
}

/** Puts the page together, and the call's markup beside it, and tells the page where.
 * @returns {import('vite').Plugin} */
export const pageMarkup = () => {
  const { source, fileName } = callMarkup();
  return {
    name: 'page-markup',
    config: () => ({ define: { CALL_MARKUP: JSON.stringify(`/${fileName}`) } }),
    transformIndexHtml: { order: 'pre', handler: (html) => withoutIndentation(withIcon(withMarkup(html))) },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
};
