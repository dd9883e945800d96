/** Owns where things lie on the disk: what the host keeps, and the built page for guests. */

import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = 'Secret Call';

/**
 * The folder for settings, certificate, known hosts and pid files: SECRET_CALL_DATA if set, else the place where
 * the system keeps a program's settings (the same one that Electron calls userData). It may not exist yet.
 */
export function dataDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  findHome: () => string = homedir,
): string {
  const chosen = env.SECRET_CALL_DATA;
  if (chosen) return path.resolve(chosen);
  const home = homeOrNone(findHome);
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), FOLDER);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', FOLDER);
  return path.join(env.XDG_CONFIG_HOME || path.join(home, '.config'), FOLDER);
}

/** Where the system keeps what can be fetched again. */
export function cacheRoot(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  findHome: () => string = homedir,
): string {
  const home = homeOrNone(findHome);
  if (platform === 'win32') return env.LOCALAPPDATA || path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  return env.XDG_CACHE_HOME || path.join(home, '.cache');
}

/** An account of a service may have none, which the system tells by an error; such a folder cannot be used, and is told so. */
const NO_HOME = '/nonexistent';

function homeOrNone(findHome: () => string): string {
  try {
    return findHome();
  } catch {
    return NO_HOME;
  }
}

/**
 * The folder of the built page, beside the folder of the program that serves it (dist/main, dist/web-client).
 * @param entryUrl `import.meta.url` of the entry file
 */
export function pageDirectory(entryUrl: string): string {
  return fileURLToPath(new URL('../web-client', entryUrl));
}
