/** Holds that files are there whole or not at all, also where several belong together. */

import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFiles } from '../../../main/whole-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'secret-call-whole-'));
});
afterEach(() => rm(directory, { recursive: true }));

const at = (name: string) => path.join(directory, name);
const present = async () =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(directory)).map(async (name) => [name, await readFile(at(name), 'utf8')] as const),
    ),
  );
const files = () => ['a', 'b', 'c'].map((name) => ({ file: at(name), content: `new ${name}`, mode: 0o644 }));

describe('files that belong together', () => {
  it('are all replaced, with the rights they are to have, and leave nothing beside them', async () => {
    await writeFile(at('b'), 'old b', { mode: 0o600 });
    await replaceFiles([...files(), { file: at('d'), content: 'new d' }]);
    expect(await present()).toEqual({ a: 'new a', b: 'new b', c: 'new c', d: 'new d' });
    const modes = await Promise.all(['b', 'd'].map(async (name) => (await stat(at(name))).mode & 0o777));
    expect(modes).toEqual([0o644, 0o600]);
  });

  it.each([1, 2, 3])('are what they were where number %i cannot be put in its place', async (failing) => {
    await writeFile(at('b'), 'old b', { mode: 0o640 });
    let moves = 0;
    const move: typeof rename = async (from, to) => {
      if (++moves === failing) throw new Error('busy');
      return rename(from, to);
    };
    await expect(replaceFiles(files(), move)).rejects.toThrow('busy');
    expect(await present()).toEqual({ b: 'old b' });
    expect((await stat(at('b'))).mode & 0o777).toBe(0o640);
  });
});
