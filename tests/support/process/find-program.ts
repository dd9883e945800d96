/** Owns finding an installed program: by its names on the PATH, then in the places of systems that have no such habit. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of them that may be run, or null. */
export function findProgram(names: readonly string[], otherPlaces: readonly string[] = []): string | null {
  const onPath = names.flatMap((name) =>
    (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name)),
  );
  return [...onPath, ...otherPlaces].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
