/** Owns finding the executables that are run; always by absolute path. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface ProgramEnvironment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Windows: the system's own ssh, by the path it is installed to, for a PATH may lead anywhere.
 * Elsewhere PATH decides, as in a terminal.
 */
export function findSsh({ platform, env }: ProgramEnvironment): Promise<string | null> {
  if (platform !== 'win32') return firstExecutable(onPath('ssh', env));
  return firstExecutable([`${env.SystemRoot ?? 'C:\\Windows'}\\System32\\OpenSSH\\ssh.exe`]);
}

/** PATH, then where installers put it: an app started from the desktop often has a shorter PATH than a terminal. */
export function findCloudflared({ platform, env }: ProgramEnvironment): Promise<string | null> {
  if (platform !== 'win32') {
    const usual = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/snap/bin'];
    return firstExecutable([
      ...onPath('cloudflared', env),
      ...usual.map((folder) => join(folder, 'cloudflared')),
    ]);
  }
  const installed = [env['ProgramFiles(x86)'], env.ProgramFiles].flatMap((folder) =>
    folder === undefined ? [] : [join(folder, 'cloudflared', 'cloudflared.exe')],
  );
  const winget =
    env.LOCALAPPDATA === undefined
      ? []
      : [join(env.LOCALAPPDATA, 'Microsoft', 'WinGet', 'Links', 'cloudflared.exe')];
  return firstExecutable([...onPath('cloudflared.exe', env), ...installed, ...winget]);
}

/** A program that only some systems have. */
export function findOnPath(name: string, { env }: ProgramEnvironment): Promise<string | null> {
  return firstExecutable(onPath(name, env));
}

/** Relative entries of PATH are passed over: what is in the current folder was not put there to be run. */
function onPath(name: string, env: ProgramEnvironment['env']): string[] {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter);
  return folders.filter((folder) => isAbsolute(folder)).map((folder) => join(folder, name));
}

async function firstExecutable(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
