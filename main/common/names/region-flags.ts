/** Owns the flags that are written with tag characters: a black flag, the region's code in tags, and the end tag. */

/**
 * Unicode recommends these three and no other (UTS #51). Any other row of tags is drawn as nothing and could hide a
 * text, so there is no place for one.
 */
const REGION_CODES = ['gbeng', 'gbsct', 'gbwls'];

const BLACK_FLAG = '\u{1f3f4}';
const TAG_OFFSET = 0xe0000;
const END_TAG = '\u{e007f}';

/** Each as the list of its characters. */
export const REGION_FLAGS: readonly (readonly string[])[] = REGION_CODES.map((code) => [
  BLACK_FLAG,
  ...[...code].map((letter) => String.fromCodePoint(TAG_OFFSET + letter.charCodeAt(0))),
  END_TAG,
]);
