/** Holds the files with what is secret about TURN servers to what people put into them. */

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTurn } from '../../../../main/terminal/turn-files.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'secret-call-turn-'));
});
afterAll(() => rm(directory, { recursive: true }));

const urls = ['turn:a.example', 'turns:b.example'];
const load = (secretFile: string) => loadTurn({ urls, credentials: { kind: 'shared-secret', secretFile } });

async function written(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const file = path.join(directory, 'secret');
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

describe('the file of a secret', () => {
  it.each([
    ['as it is', 'north'],
    ['with a line break', 'north\n'],
    ['with the line break of Windows', 'north\r\n'],
    ['with the mark of an editor', '\ufeffnorth\n'],
  ])('is taken %s', async (_how, content) => {
    const credentials = { kind: 'shared-secret', secret: 'north' };
    expect(await load(await written(content))).toEqual({
      ok: true,
      value: { servers: urls.map((url) => ({ url, credentials })), exposed: false },
    });
  });

  it('keeps what belongs to the secret', async () => {
    const loaded = await load(await written(' a:b"c\\d é🔑 \n'));
    expect(loaded.ok && loaded.value.servers[0]?.credentials).toEqual({
      kind: 'shared-secret',
      secret: ' a:b"c\\d é🔑 ',
    });
  });

  it.each([
    ['', 'empty'],
    ['\n', 'empty'],
    ['one\ntwo', 'characters'],
    ['one\n\n', 'characters'],
    [new Uint8Array([0xff, 0xfe, 0x6e, 0]), 'characters'],
    ['x'.repeat(1_025), 'too-long'],
    ['x'.repeat(1_000_000), 'too-long'],
  ])('is refused by its content: %#', async (content, fault) => {
    const file = await written(content);
    expect(await load(file)).toEqual({ ok: false, error: { problem: `turn-file-${fault}`, option: file } });
  });

  it('is refused where it is not, or is none', async () => {
    const missing = path.join(directory, 'nowhere');
    expect(await load(missing)).toMatchObject({ error: { problem: 'turn-file-missing', option: missing } });
    expect(await load(directory)).toMatchObject({ error: { problem: 'turn-file-unreadable' } });
  });

  it.each([0o640, 0o604, 0o644])('is told to be exposed with the mode %o', async (mode) => {
    expect(await load(await written('north', mode))).toMatchObject({ value: { exposed: true } });
  });
});

it('reads a password for its name, and no longer one than the wire has', async () => {
  const login = (passwordFile: string) =>
    loadTurn({ urls, credentials: { kind: 'static', username: 'me', passwordFile } });
  expect(await login(await written('pass word\n'))).toMatchObject({
    value: { servers: [{ credentials: { kind: 'static', username: 'me', password: 'pass word' } }, {}] },
  });
  expect(await login(await written('x'.repeat(301)))).toMatchObject({
    error: { problem: 'turn-file-too-long' },
  });
});
