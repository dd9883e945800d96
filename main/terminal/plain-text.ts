/** Owns sanitising foreign text for a terminal: it must not move the cursor or turn the line around. */

/**
 * Control characters, halves of surrogate pairs, line separators, and invisible format characters (among them those
 * that change the direction of writing); not the zero width joiner, which holds emoji together.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/gu;

export function plainText(text: string): string {
  return text.replace(UNSAFE, '').trim();
}
