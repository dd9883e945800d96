/** Owns where things lie on the disk: what the host keeps, what it only needs while it runs, and the built page for guests. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
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

/** As much as the files that a run cannot do without. */
const PROBE_BYTES = 4_096;

export interface WorkDirectory {
  readonly directory: string;
  /** Whether it is one of this run's own, of no use after its end. */
  readonly temporary: boolean;
}

/**
 * Where a run can write what it needs until its end: the data directory, else one among the system's temporary files, for this
 * account alone (on a read-only disk, a full one, or in somebody else's folder). The app needs it before anything can be awaited.
 */
export function findWorkDirectory(directory: string, temporaryFiles = tmpdir()): WorkDirectory {
  const probe = path.join(directory, `.${process.pid}.probe`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { mode: 0o600 });
    rmSync(probe);
    return { directory, temporary: false };
  } catch {
    tryTo(() => rmSync(probe, { force: true }));
  }
  try {
    return { directory: mkdtempSync(path.join(temporaryFiles, 'secret-call-')), temporary: true };
  } catch {
    // Nothing more can be done; what needs a file will say so.
    return { directory, temporary: false };
  }
}

export function removeWorkDirectory({ directory, temporary }: WorkDirectory): void {
  if (temporary) tryTo(() => rmSync(directory, { recursive: true, force: true }));
}

function tryTo(step: () => void): void {
  try {
    step();
  } catch {}
}

/**
 * The folder of the built page, beside the folder of the program that serves it (dist/main, dist/web-client).
 * @param entryUrl `import.meta.url` of the entry file
 */
export function pageDirectory(entryUrl: string): string {
  return fileURLToPath(new URL('../web-client', entryUrl));
}
