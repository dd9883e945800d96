/** Owns which names a reader would take for one. */

/** Equal for names that differ in letter case or compatibility forms alone: those do not tell people apart. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase();
}
