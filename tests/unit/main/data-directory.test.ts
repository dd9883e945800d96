/** Holds the places on the disk against the habits of each system. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dataDirectory, pageDirectory } from '../../../main/data-directory.ts';

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

describe('pageDirectory', () => {
  it('lies beside the folder of the entry file', () => {
    const entry = pathToFileURL('/opt/secret call/dist/main/cli.js').href;
    expect(pageDirectory(entry)).toBe('/opt/secret call/dist/web-client');
  });
});
