/** Owns setting a name into a sentence, neither of which turns the other's direction around. */

/** Within Unicode's first strong isolate (FSI … PDI; UAX #9, section 2.4). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
