/** Holds the places on the disk against the habits of each system. */

import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cacheRoot,
  dataDirectory,
  findWorkDirectory,
  pageDirectory,
  removeWorkDirectory,
} from '../../../main/data-directory.ts';

const home = () => '/home/a';

describe('dataDirectory', () => {
  it('is the one that the environment names', () => {
    expect(dataDirectory({ SECRET_CALL_DATA: '/srv/call', APPDATA: 'x' }, 'win32', home)).toBe('/srv/call');
    expect(dataDirectory({ SECRET_CALL_DATA: 'relative' }, 'linux', home)).toBe(path.resolve('relative'));
  });

  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/a/.config/Secret Call'],
    ['linux', { SECRET_CALL_DATA: '', XDG_CONFIG_HOME: '/home/a/conf' }, '/home/a/conf/Secret Call'],
    ['darwin', {}, '/home/a/Library/Application Support/Secret Call'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Secret Call'],
    ['win32', {}, '/home/a/AppData/Roaming/Secret Call'],
  ])('follows the habit of %s (%j)', (platform, env, expected) => {
    expect(dataDirectory(env, platform, home)).toBe(expected);
  });
});

describe('dataDirectory of an account without a home', () => {
  const homeless = () => {
    throw new Error('uv_os_homedir returned ENOENT');
  };

  it('is the one that the environment names', () => {
    expect(dataDirectory({ SECRET_CALL_DATA: '/srv/call' }, 'linux', homeless)).toBe('/srv/call');
    expect(dataDirectory({ XDG_CONFIG_HOME: '/srv/conf' }, 'linux', homeless)).toBe('/srv/conf/Secret Call');
  });

  it('is none that could be made, where the environment names none', () => {
    expect(dataDirectory({}, 'linux', homeless)).toBe('/nonexistent/.config/Secret Call');
  });
});

describe('cacheRoot', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/a/.cache'],
    ['linux', { XDG_CACHE_HOME: '/home/a/tmp' }, '/home/a/tmp'],
    ['darwin', {}, '/home/a/Library/Caches'],
    ['win32', { LOCALAPPDATA: '/local', APPDATA: '/roaming' }, '/local'],
    ['win32', {}, '/home/a/AppData/Local'],
  ])('follows the habit of %s (%j)', (platform, env, expected) => {
    expect(cacheRoot(env, platform, home)).toBe(expected);
  });
});

describe('pageDirectory', () => {
  it('lies beside the folder of the entry file', () => {
    const entry = pathToFileURL('/opt/secret call/dist/main/cli.js').href;
    expect(pageDirectory(entry)).toBe('/opt/secret call/dist/web-client');
  });
});

describe('findWorkDirectory', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'work '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is the data directory where that can be written to, which nothing is left in', () => {
    const directory = path.join(folder, 'новая', 'Secret Call');
    const work = findWorkDirectory(directory, folder);
    expect(work).toEqual({ directory, temporary: false });
    removeWorkDirectory(work);
    expect([readdirSync(directory), statSync(directory).mode & 0o777]).toEqual([[], 0o700]);
  });

  it('is one of this run’s own elsewhere, for nobody else’s eyes, and is taken away', () => {
    const taken = path.join(folder, 'taken');
    writeFileSync(taken, '');
    const work = findWorkDirectory(path.join(taken, 'Secret Call'), folder);
    expect([work.temporary, path.dirname(work.directory)]).toEqual([true, folder]);
    expect(statSync(work.directory).mode & 0o777).toBe(0o700);
    removeWorkDirectory(work);
    removeWorkDirectory(work);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it.skipIf(process.platform !== 'linux')('is such a one on a full disk', () => {
    const directory = path.join(folder, 'full');
    findWorkDirectory(directory, folder);
    symlinkSync('/dev/full', path.join(directory, `.${process.pid}.probe`));
    const work = findWorkDirectory(directory, folder);
    expect([work.temporary, readdirSync(directory)]).toEqual([true, []]);
    removeWorkDirectory(work);
  });

  it('stays where it is where there is no room for anything', () => {
    const taken = path.join(folder, 'taken');
    writeFileSync(taken, '');
    expect(findWorkDirectory(taken, taken)).toEqual({ directory: taken, temporary: false });
  });
});
