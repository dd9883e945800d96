/** Owns whether a host is what it looks like, by a plain rule that a reader could apply as well. */

import { latePattern } from './late-pattern.ts';

/**
 * What is typed in plain Latin letters is read as it is. A label with other letters is read as it is if it is in one
 * script, and all such labels of the host are in the same. Where letters of that script look like Latin ones (аррӏе),
 * the last label has to be in it, too: nobody takes `пример.рф` for a name in Latin letters, but `аррӏе.com` everybody.
 */
export type HostLooks = 'as-read' | 'like-another' | 'unclear';

const PLAIN_LABEL = /^[a-z\d_-]*$/;

const script = (...names: string[]) =>
  latePattern(`^(?:[${names.map((name) => `\\p{sc=${name}}`).join('')}\\p{M}\\u30fc\\d-])+$`, 'u');

/** Latin letters whose marks are seen, also underlined. */
const latin = () => /^[a-z\d\u00df-\u00f6\u00f8-\u00ff-]+$/;
const UNLIKE_LATIN = [
  script('Hani', 'Hira', 'Kana'),
  ...[
    'Hang',
    'Arab',
    'Hebr',
    'Deva',
    'Beng',
    'Taml',
    'Telu',
    'Thai',
    'Laoo',
    'Khmr',
    'Mymr',
    'Sinh',
    'Geor',
  ].map((name) => script(name)),
];
const LIKE_LATIN = [latin, ...['Cyrl', 'Grek', 'Armn'].map((name) => script(name))];

/** @param hostname what the browser makes of it */
export function hostLooks(typed: string, hostname: string): HostLooks {
  const plain = typed.toLowerCase().normalize('NFC');
  if (plain === hostname) return 'as-read';
  const narrow = plain.normalize('NFKC');
  // An address in numbers, or one that is written with escapes, is asked for under another name than is read.
  if (!hostname.includes('xn--')) return narrow === hostname ? 'like-another' : 'unclear';
  const labels = plain.split('.');
  const last = labels.at(-1) ?? '';
  const special = labels.filter((label) => !PLAIN_LABEL.test(label));
  const isOf = (pattern: () => RegExp) => special.every((label) => pattern().test(label));
  const honest =
    UNLIKE_LATIN.some(isOf) || LIKE_LATIN.some((pattern) => isOf(pattern) && pattern().test(last));
  return honest && plain === narrow ? 'as-read' : 'like-another';
}
