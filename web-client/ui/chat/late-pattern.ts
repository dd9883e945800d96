/** Owns patterns that are made when they are first needed. */

/** A class of Unicode scripts takes a browser some milliseconds to build, which the moment a call begins has no use for. */
export function latePattern(source: string, flags: string): () => RegExp {
  let made: RegExp | null = null;
  return () => {
    made ??= new RegExp(source, flags);
    return made;
  };
}
