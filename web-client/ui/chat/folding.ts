/** Owns comparing what people type with names: letter case and compatibility forms do not tell words apart. */

export interface FoldedText {
  readonly text: string;
  /** For each unit of `text`, and for its end, where it comes from. */
  readonly origins: readonly number[];
}

const ASCII = /^[\0-\x7f]$/;

/** Folds character by character, so that every place in the result has its place in the text. */
export function foldText(text: string): FoldedText {
  const folded: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = foldCharacter(character);
    folded.push(plain);
    for (let unit = 0; unit < plain.length; unit++) origins.push(at);
    at += character.length;
  }
  origins.push(at);
  return { text: folded.join(''), origins };
}

export function fold(text: string): string {
  return foldText(text).text;
}

/** Upper case first: it brings the two small sigmas, and ß and ss, together. */
function foldCharacter(character: string): string {
  if (ASCII.test(character)) return character.toLowerCase();
  return character.normalize('NFKD').toUpperCase().toLowerCase();
}
