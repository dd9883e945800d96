/** Checks where programs are looked for, and where not. */

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCloudflared, findSsh } from '../../../../../main/tunnel/process/executables.ts';

let folder = '';

async function program(...path: string[]): Promise<string> {
  const file = join(folder, ...path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, '');
  await chmod(file, 0o755);
  return file;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'executables-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('findSsh', () => {
  it('takes the first on PATH that can be run, by its absolute path', async () => {
    await mkdir(join(folder, 'one', 'ssh'), { recursive: true });
    const ssh = await program('two', 'ssh');
    await program('three', 'ssh');
    const PATH = ['', '.', ...['one', 'two', 'three'].map((name) => join(folder, name))].join(delimiter);
    expect(await findSsh({ platform: 'linux', env: { PATH } })).toBe(ssh);
  });

  it.skipIf(process.platform === 'win32')('passes over a file that cannot be run', async () => {
    await chmod(await program('one', 'ssh'), 0o644);
    expect(await findSsh({ platform: 'linux', env: { PATH: join(folder, 'one') } })).toBeNull();
  });

  it('finds none without PATH', async () => {
    expect(await findSsh({ platform: 'darwin', env: {} })).toBeNull();
  });

  it('looks nowhere but in the system folder on Windows', async () => {
    const PATH = join(await program('one', 'ssh.exe'), '..');
    expect(await findSsh({ platform: 'win32', env: { PATH, SystemRoot: folder } })).toBeNull();
  });
});

describe('findCloudflared', () => {
  it('takes the one on PATH', async () => {
    const cloudflared = await program('bin', 'cloudflared');
    const env = { PATH: join(folder, 'bin') };
    expect(await findCloudflared({ platform: 'darwin', env })).toBe(cloudflared);
  });

  it('looks where Windows installers put it', async () => {
    const cloudflared = await program('cloudflared', 'cloudflared.exe');
    const env = { PATH: '', ProgramFiles: folder };
    expect(await findCloudflared({ platform: 'win32', env })).toBe(cloudflared);
  });
});
