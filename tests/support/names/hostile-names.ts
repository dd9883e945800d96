/** Owns names that would harm whoever shows them, with what is to be shown, and pairs that a reader takes for one. */

export const HOSTILE_NAMES: readonly (readonly [name: string, shown: string | null])[] = [
  ['\u3164', null],
  ['\u2800', null],
  ['Anna \u2069\u202e!', 'Anna !'],
  [`A${'\u0301'.repeat(40)}`, `A${'\u0301'.repeat(4)}`],
];

export const SAME_NAMES: readonly (readonly [string, string])[] = [
  ['Straße', 'STRASSE'],
  ['ΣΑΣ', 'σασ'],
];
