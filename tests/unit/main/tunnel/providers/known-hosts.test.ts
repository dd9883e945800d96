/** Checks the host key that comes with the app, and its file. */

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PINNED_HOST_KEY, writeKnownHosts } from '../../../../../main/tunnel/providers/known-hosts.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-hosts-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the pinned host key', () => {
  it('is the Ed25519 key with the fingerprint of localhost.run', () => {
    const [host, type, key = ''] = PINNED_HOST_KEY.split(' ');
    const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
    expect([host, type, digest]).toEqual([
      'localhost.run',
      'ssh-ed25519',
      'pG6qrBxubYfWa1Zadu/V0NUgjEDiBds/7e2xzte/QNM=',
    ]);
  });

  it('is the only one in the file, whatever stood there, and nobody else may write it', async () => {
    const data = join(folder, 'not', 'there', 'yet');
    const file = await writeKnownHosts(data);
    expect(await readFile(file, 'utf8')).toBe(`${PINNED_HOST_KEY}\n`);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'localhost.run ssh-ed25519 AAAA\n');
    expect(await writeKnownHosts(data)).toBe(file);
    expect(await readFile(file, 'utf8')).toBe(`${PINNED_HOST_KEY}\n`);
  });
});
