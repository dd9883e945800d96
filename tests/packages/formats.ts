/** Owns how each format is installed, brought to the next version and removed, as its system's own tools do it. */

import { execFile } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../support/process/find-program.ts';
import { type CleanSystem, HOME } from './clean-system.ts';
import { commandOf } from './contents.ts';
import { NotHere } from './report.ts';

const runFile = promisify(execFile);

export interface Format {
  readonly key: 'deb' | 'rpm' | 'tar.gz';
  readonly ending: RegExp;
  /** Whether it registers the app with the system. */
  readonly registers: boolean;
  /** Whether what it depends on comes with it here; else that is put there first. */
  readonly fetchesLibraries: boolean;
  install(system: CleanSystem, file: string): Promise<unknown>;
  upgrade(system: CleanSystem, file: string): Promise<unknown>;
  /** Of what is installed. */
  version(system: CleanSystem): Promise<string>;
  remove(system: CleanSystem): Promise<unknown>;
  /** The folder with the program, in the system. */
  folder(system: CleanSystem): Promise<string>;
  command(system: CleanSystem): Promise<string[]>;
}

const LIBRARY = '/usr/lib/secret-call';

/** With what it depends on, and nothing that it only recommends. */
async function aptInstall(system: CleanSystem, file: string): Promise<void> {
  const inside = `/tmp/${path.basename(file)}`;
  await cp(file, system.at(inside));
  await system.run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', inside);
  await rm(system.at(inside));
}

/** This machine's rpm, for Debian's systems have none. What Fedora calls the libraries is not known here. */
async function rpm(system: CleanSystem, ...args: readonly string[]): Promise<string> {
  if (!findProgram(['rpm'])) throw new NotHere('no rpm');
  const { stdout } = await runFile('rpm', ['--root', system.folder, '--dbpath', '/var/lib/rpm', ...args]);
  return stdout.trim();
}

const unpack = (system: CleanSystem, file: string) => runFile('tar', ['-xzf', file, '-C', system.at(HOME)]);

async function unpackedFolder(system: CleanSystem): Promise<string> {
  const { stdout } = await runFile('find', [system.at(HOME), '-maxdepth', '1', '-name', 'secret-call-*']);
  const newest = stdout.trim().split('\n').sort().at(-1) ?? '';
  return path.join(HOME, path.basename(newest));
}

export const FORMATS: readonly Format[] = [
  {
    key: 'deb',
    ending: /\.deb$/,
    registers: true,
    fetchesLibraries: true,
    install: aptInstall,
    upgrade: aptInstall,
    version: async (system) => {
      const status = await system.run('dpkg', '--status', 'secret-call');
      return /^Version: (.*)$/m.exec(status)?.[1] ?? '';
    },
    remove: (system) => system.run('dpkg', '--purge', 'secret-call'),
    folder: async () => LIBRARY,
    command: ({ folder }) => commandOf(folder),
  },
  {
    key: 'rpm',
    ending: /\.rpm$/,
    registers: true,
    fetchesLibraries: false,
    install: (system, file) => rpm(system, '--install', '--nodeps', file),
    upgrade: (system, file) => rpm(system, '--upgrade', '--nodeps', file),
    version: (system) => rpm(system, '--query', '--queryformat', '%{VERSION}', 'secret-call'),
    remove: (system) => rpm(system, '--erase', 'secret-call'),
    folder: async () => LIBRARY,
    command: ({ folder }) => commandOf(folder),
  },
  {
    key: 'tar.gz',
    ending: /\.tar\.gz$/,
    registers: false,
    fetchesLibraries: false,
    install: unpack,
    upgrade: unpack,
    version: async (system) => {
      const folder = await unpackedFolder(system);
      return (
        /-(\d[\d.]*)-linux/.exec(folder)?.[1] ??
        (await readFile(system.at(folder, 'lib/secret-call/version'), 'utf8'))
      );
    },
    remove: async (system) => {
      const { stdout } = await runFile('find', [system.at(HOME), '-maxdepth', '1', '-name', 'secret-call-*']);
      for (const folder of stdout.trim().split('\n')) await rm(folder, { recursive: true });
    },
    folder: async (system) => path.join(await unpackedFolder(system), 'lib/secret-call'),
    command: async (system) => [path.join(await unpackedFolder(system), 'secret-call')],
  },
];
