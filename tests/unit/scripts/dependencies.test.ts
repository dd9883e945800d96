/** When `npm start` and the others install anew, and under which Node they do anything at all. */

import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { inLine, removeLink, satisfies } from '../../../scripts/dependencies.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the Node that fits', () => {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

  it.each([
    ['v20.19.0', true],
    ['v20.20.2', true],
    ['v22.12.0', true],
    ['v24.1.0', true],
    ['v18.20.8', false],
    ['v20.9.0', false],
    ['v20.18.3', false],
    ['v21.7.3', false],
    ['v22.11.0', false],
    ['v9.99.9', false],
  ])('%s: %s', (version, fits) => {
    expect(satisfies(version, engines.node)).toBe(fits);
  });

  it('is asked for in one sentence, before anything is installed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secret-call-node-'));
    folders.push(folder);
    cpSync(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ type: 'module', engines: { node: '^999.1.0 || >=1001.2.0' } }),
    );
    const scripts = ['start', 'host', 'check', 'bench', 'attack', 'dist'];
    const ends = await Promise.all(
      scripts.map((name) =>
        promisify(execFile)(process.execPath, [path.join(folder, 'scripts', `${name}.mjs`)]).then(
          () => 'started',
          ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr}`,
        ),
      ),
    );
    const sentence = `Secret Call needs Node.js 999.1.0, or 1001.2.0 or newer; this is ${process.version}. https://nodejs.org has it.`;
    expect(ends).toEqual(scripts.map(() => `1: ${sentence}\n`));
    expect(readdirSync(folder).sort()).toEqual(['package.json', 'scripts']);
  });
});

describe('packages that are there', () => {
  const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const;
  const plain = { version: '1.0.0', integrity: 'sha512-a' };
  const native = { ...plain, optional: true, os: ['linux'], cpu: ['x64'] };

  it.each([
    ['all of them', { a: plain, b: native }, { a: plain, b: native }, true],
    ['another version', { a: plain }, { a: { ...plain, version: '1.0.1' } }, false],
    ['other contents', { a: plain }, { a: { ...plain, integrity: 'sha512-b' } }, false],
    ['one missing', { a: plain }, {}, false],
    ['one more', { a: plain }, { a: plain, b: plain }, true],
    ['an optional one missing', { a: { ...plain, optional: true } }, {}, true],
    ['this machine’s native one missing', { a: native }, {}, false],
    [
      'this machine’s native one of another version',
      { a: native },
      { a: { ...native, version: '2.0.0' } },
      false,
    ],
    ['that for its C library missing', { a: { ...native, libc: ['glibc'] } }, {}, false],
    ['that for another C library missing', { a: { ...native, libc: ['musl'] } }, {}, true],
    ['that of another system missing', { a: { ...native, os: ['darwin'] } }, {}, true],
    ['that of another processor missing', { a: { ...native, cpu: ['arm64'] } }, {}, true],
    [
      'one for every processor of another system',
      { a: { ...plain, optional: true, os: ['darwin'] } },
      {},
      true,
    ],
  ])('%s', (_, wanted, present, expected) => {
    expect(inLine(wanted, present, machine)).toBe(expected);
  });

  it('asks for no C library where the system has but one', () => {
    const mac = { os: 'darwin', cpu: 'arm64', libc: null };
    expect(inLine({ a: { ...native, os: ['darwin'], cpu: ['arm64'], libc: ['glibc'] } }, {}, mac)).toBe(
      false,
    );
  });

  it('are those of the lock file here', () => {
    const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
    const { os, cpu } = { os: process.platform as string, cpu: process.arch as string };
    const natives = Object.entries<{ os?: string[]; cpu?: string[] }>(
      read('node_modules/.package-lock.json'),
    );
    const own = natives.filter(([, locked]) => locked.os?.includes(os) && locked.cpu?.includes(cpu));
    expect(own.length).toBeGreaterThan(0);
    for (const [name] of own) {
      const { [name]: _, ...rest } = read('node_modules/.package-lock.json');
      expect([name, inLine(read('package-lock.json'), rest, { os, cpu, libc: 'glibc' })]).toEqual([
        name,
        false,
      ]);
    }
  });
});

describe('a folder of packages before it is emptied', () => {
  it('stays where only a link leads there, and where it is no link', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secret-call-link-'));
    folders.push(folder);
    const [owner, link] = [path.join(folder, 'owner'), path.join(folder, 'link')];
    mkdirSync(owner);
    writeFileSync(path.join(owner, 'package'), '');
    symlinkSync(owner, link, 'junction');
    for (const each of [link, owner, path.join(folder, 'missing')]) await removeLink(each);
    expect(readdirSync(folder)).toEqual(['owner']);
    expect(readdirSync(owner)).toEqual(['package']);
  });
});
