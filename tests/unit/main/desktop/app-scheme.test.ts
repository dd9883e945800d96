/** Owns proof that app:// gives out each page's own files only, each with its headers. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageHandler, isPageUrl, resolvePageFile } from '../../../../main/desktop/app-scheme.ts';

const root = path.resolve('/built/renderer');

describe('isPageUrl', () => {
  it.each(['app://window/index.html', 'app://window/'])('takes %s', (url) => {
    expect(isPageUrl('window', url)).toBe(true);
  });
  it.each([
    '',
    'app:',
    'about:blank',
    'app://other/index.html',
    'app://call/index.html',
    'app://window.example/index.html',
    'app://window:1/index.html',
    'app://user@window.example/',
    'https://window/index.html',
    'data:text/html,app://window/',
    'blob:app://window/x',
  ])('refuses %s', (url) => {
    expect(isPageUrl('window', url)).toBe(false);
  });
});

describe('resolvePageFile', () => {
  it('finds files below the directory', () => {
    expect(resolvePageFile('window', root, 'app://window/index.html')).toBe(path.join(root, 'index.html'));
    expect(resolvePageFile('window', root, 'app://window/assets/a%20b.js?x#y')).toBe(
      path.join(root, 'assets/a b.js'),
    );
  });

  it('never leaves the directory, whatever the path', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '..%2f',
        '%2f',
        '%5c',
        '\\',
        '/',
        '%00',
        '%',
        'a.js',
        '.html',
        '~',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = resolvePageFile('window', root, `app://window/${pieces.join('/')}`);
        expect(file === null || file.startsWith(root + path.sep)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes the origin alone for its document, as a page that is loaded anew asks for it', () => {
    const document = path.join(root, 'index.html');
    expect(resolvePageFile('call', root, 'app://call/')).toBe(document);
    expect(resolvePageFile('call', root, 'app://call/?lang=ru')).toBe(document);
    expect(resolvePageFile('call', root, 'app://call')).toBe(null);
  });

  it.each(['app://window//', 'app://window/assets', 'app://window/certificate.pem', 'app://window/x.map'])(
    'knows no such kind of file: %s',
    (url) => {
      expect(resolvePageFile('window', root, url)).toBeNull();
    },
  );
});

describe('createPageHandler', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'secret-call-scheme-'));
    await mkdir(path.join(directory, 'renderer'));
    await writeFile(path.join(directory, 'renderer/index.html'), '<!doctype html>');
    await writeFile(path.join(directory, 'outside.html'), 'secret');
  });
  afterAll(() => rm(directory, { recursive: true }));

  const get = (url: string, method = 'GET') =>
    createPageHandler({
      page: 'window',
      directory: path.join(directory, 'renderer'),
      headersOf: (relative) => ({ 'content-security-policy': `policy of ${relative}` }),
    })(new Request(url, { method }));

  it('serves a file with its type and the policy', async () => {
    const response = await get('app://window/index.html');
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe('policy of index.html');
  });

  it('answers 404 to everything else', async () => {
    for (const url of ['app://window/missing.html', 'app://window/..%2foutside.html']) {
      expect((await get(url)).status).toBe(404);
    }
    expect((await get('app://window/index.html', 'POST')).status).toBe(404);
  });
});
