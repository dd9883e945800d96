import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  documentAs,
  documentLanguage,
  inlineSources,
  readPageDocuments,
  wantedNames,
} from '../../../../main/server/page-documents.ts';

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

it.each([
  ['', undefined, 'en'],
  ['', 'ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['', 'de,en;q=0.5,ru;q=0.7', 'ru'],
  ['', 'de', 'en'],
  ['lang=en', 'ru', 'en'],
  ['lang=ru', 'en', 'ru'],
  ['lang=xx', 'ru', 'ru'],
  ['lang=', 'ru', 'ru'],
  ['utm_source=mail&lang=ru', 'en', 'ru'],
  ['lang=__proto__', 'constructor', 'en'],
  ['%', 'ru', 'ru'],
] as const)('at ?%s, with %j, it is in %s', (search, acceptLanguage, language) => {
  expect(documentLanguage(search, acceptLanguage)).toBe(language);
});

it('names what stands inline by its hash, and nothing that is fetched or is no script', () => {
  const html = `<style>a{}</style><script>one()</script><script type="module" src="/a.js"></script>
    <script type="application/json" id="texts">{"a":"b"}</script><p>style</p><style media="print">b{}\n</style>
    <script>one()</script><script src="/b.js"></script>`;
  expect(inlineSources(html)).toEqual({
    scripts: [sourceOf('one()')],
    styles: [sourceOf('a{}'), sourceOf('b{}\n')],
  });
});

it('reads a document a language, as far as it is packed, and has the English one where there is no other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'page-documents-'));
  await expect(readPageDocuments(directory)).rejects.toThrow();
  const inEnglish = '<style>en{}</style>';
  await writeFile(join(directory, 'index.html'), inEnglish);
  const english = {
    fileName: 'index.html',
    inline: { scripts: [], styles: [sourceOf('en{}')] },
    plain: Buffer.from(inEnglish),
    packed: [],
  };
  expect(await readPageDocuments(directory)).toEqual({ en: english, ru: english });
  const inRussian = '<style>ru{}</style>';
  await writeFile(join(directory, 'index.ru.html'), inRussian);
  await writeFile(join(directory, 'index.ru.html.gz'), 'gz');
  await writeFile(join(directory, 'index.ru.html.br'), 'br');
  const { en, ru } = await readPageDocuments(directory);
  // From now on nobody waits for the disk.
  await rm(directory, { recursive: true });
  expect(en).toEqual(english);
  expect(ru).toEqual({
    fileName: 'index.ru.html',
    inline: { scripts: [], styles: [sourceOf('ru{}')] },
    plain: Buffer.from(inRussian),
    packed: [
      { coding: 'br', bytes: Buffer.from('br') },
      { coding: 'gzip', bytes: Buffer.from('gz') },
    ],
  });
});

it.each([
  [undefined, null],
  ['', null],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.1, gzip;q=0.9', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['gzip', 'gzip'],
  ['GZIP', null],
  ['deflate, zstd', null],
  ['*', null],
  ['__proto__, constructor', null],
  [`${'x,'.repeat(10_000)}br`, null],
])('packs a document for whoever accepts %j as %j', (acceptEncoding, coding) => {
  const [plain, br, gzip] = ['plain', 'br', 'gzip'].map((text) => Buffer.from(text));
  const packed = [
    { coding: 'br', bytes: br ?? Buffer.alloc(0) },
    { coding: 'gzip', bytes: gzip ?? Buffer.alloc(0) },
  ] as const;
  const sent = documentAs({ plain: plain ?? Buffer.alloc(0), packed }, acceptEncoding);
  expect([sent.coding, sent.bytes.toString()]).toEqual([coding, coding ?? 'plain']);
});

describe('Accept-Language', () => {
  it.each([
    ['', []],
    ['ru', ['ru']],
    ['ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7', ['ru-RU', 'ru', 'en-US', 'en']],
    ['en;q=0.2, ru;q=0.8', ['ru', 'en']],
    ['en ; q=0.5 ,\tde', ['de', 'en']],
    ['de;q=1.000,en;q=0.001,ru;q=0', ['de', 'en']],
    ['zh-Hant-TW, sr-Latn', ['zh-Hant-TW', 'sr-Latn']],
  ])('reads %j', (header, languages) => {
    expect(wantedNames(header)).toEqual(languages);
  });

  it.each([
    '*',
    '*;q=0.5',
    'ru;q=',
    'ru;q=2',
    'ru;q=-1',
    'ru;q=0.1234',
    'ru;q=1.5',
    'ru;q=NaN',
    'ru;level=1',
    'ru;q=0.5;q=0.9',
    'ru_RU',
    'русский',
    'ru\u0000',
    '__proto__',
    'toolonglanguage',
    ',,,;;;===',
  ])('passes over %j', (header) => {
    expect(wantedNames(header)).toEqual([]);
    expect(wantedNames(`${header},en;q=0.1`)).toEqual(['en']);
  });

  it('is read no further than browsers write send, however much there is', () => {
    expect(wantedNames(`${'x,'.repeat(100_000)}ru`).length).toBeLessThanOrEqual(128);
    expect(wantedNames(`${'-a'.repeat(1_000_000)}`)).toEqual([]);
    expect(wantedNames(`en;q=0.${'9'.repeat(1_000_000)}`)).toEqual([]);
    expect(wantedNames(`${' '.repeat(1_000_000)}ru`)).toEqual([]);
  });
});
