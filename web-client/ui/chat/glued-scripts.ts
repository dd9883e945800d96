/** Owns which writing puts no blank where one word ends and the next begins, nor around a foreign word. */

/** The scripts without blanks, and Hangul, whose particles hang on the word before them. */
const SCRIPTS = [
  'Hani',
  'Hira',
  'Kana',
  'Bopo',
  'Hang',
  'Yiii',
  'Thai',
  'Laoo',
  'Khmr',
  'Mymr',
  'Lana',
  'Tale',
  'Talu',
  'Tibt',
  'Java',
  'Bali',
];

/** A letter or digit of such a script, as the source of a regular expression with the flag `u`. */
export const GLUED = `(?=[\\p{L}\\p{N}])[${SCRIPTS.map((script) => `\\p{scx=${script}}`).join('')}]`;
