/** Holds what a call's page can have written: a file it has announced, whole, under a free and harmless name, and nothing else anywhere. */

import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCallArguments } from '../../../../../main/common/call-api/commands.ts';
import { silentLogger } from '../../../../../main/common/logger.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import { type Download, FileSaving, SAVES_KNOWN_MAX } from '../../../../../main/desktop/call/file-saving.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const URL_OF = (number: number) =>
  `blob:app://call/${String(number).padStart(8, '0')}-1111-4222-8333-444455556666`;

/** As Electron gives one: the test writes it, and says how it ended. */
class FakeDownload implements Download {
  savePath = '';
  cancelled = false;
  readonly #url: string;
  readonly #chain: string[];
  readonly #total: number;
  readonly #listeners = new Map<string, (event: object, state: string) => void>();

  constructor(url: string, { chain = [url], total = 5 } = {}) {
    this.#url = url;
    this.#chain = chain;
    this.#total = total;
  }

  getURL = () => this.#url;
  getURLChain = () => this.#chain;
  getTotalBytes = () => this.#total;
  setSavePath = (file: string) => {
    this.savePath = file;
  };
  cancel = () => {
    this.cancelled = true;
    this.say('done', 'cancelled');
  };
  on = (name: string, listener: (event: never, state: never) => void) => {
    this.#listeners.set(name, listener as (event: object, state: string) => void);
    return this as never;
  };
  once = this.on;

  say(event: string, state: string): void {
    this.#listeners.get(event)?.({}, state);
  }

  async finish(content = 'hello'): Promise<void> {
    await writeFile(this.savePath, content);
    this.say('done', 'completed');
  }
}

let directory: string;
let folder: string;
let time: ManualTime;
let shown: string[];
let saving: FileSaving;
let tokens: number;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'secret-call-saving-'));
  folder = path.join(directory, 'downloads');
  time = new ManualTime();
  shown = [];
  tokens = 0;
  saving = new FileSaving({
    folder: () => folder,
    showInFolder: (file) => void shown.push(file),
    openFolder: (opened) => void shown.push(opened),
    newToken: () => `token-${++tokens}`,
    timers: time.timers,
    logger: silentLogger,
  });
});
afterEach(async () => {
  await rm(directory, { recursive: true });
  expect(time.pending).toBe(0);
});

const { announceSave, saved, showSaved } = {
  announceSave: (url: string, name: string, size = 5) => saving.commands.announceSave({ url, name, size }),
  saved: (token: string) => saving.commands.saved(token),
  showSaved: (token: string) => saving.commands.showSaved(token),
};

/** Announces, lets the download through and writes it. */
async function save(name: string, number = tokens + 1) {
  const url = URL_OF(number);
  const announced = await announceSave(url, name);
  if (!announced.ok) throw new Error(announced.error);
  const download = new FakeDownload(url);
  expect(saving.take(download)).toBe(true);
  await download.finish(name);
  return { token: announced.value, result: await saved(announced.value) };
}

const inFolder = async () => (await readdir(folder)).sort();

describe('a file that was announced', () => {
  it('is in the folder under its name once it is whole, and can be shown there', async () => {
    const announced = await announceSave(URL_OF(1), 'photo.jpg');
    expect(announced).toEqual(ok('token-1'));
    const download = new FakeDownload(URL_OF(1));
    expect(saving.take(download)).toBe(true);
    await writeFile(download.savePath, 'half');
    expect(await inFolder()).toEqual(['secret-call-token-1.part']);
    await download.finish();
    expect(await saved('token-1')).toEqual(ok('photo.jpg'));
    expect(await inFolder()).toEqual(['photo.jpg']);
    expect(await readFile(path.join(folder, 'photo.jpg'), 'utf8')).toBe('hello');
    expect(await showSaved('token-1')).toEqual(ok(null));
    expect(shown).toEqual([path.join(folder, 'photo.jpg')]);
  });

  it('overwrites nothing, be it a file, a folder, or a link to elsewhere', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.tar.gz'), 'mine');
    await mkdir(path.join(folder, 'b'));
    await symlink(path.join(directory, 'outside'), path.join(folder, 'c.txt'));
    const results = [await save('a.tar.gz'), await save('a.tar.gz'), await save('b'), await save('c.txt')];
    const names = results.map(({ result }) => (result.ok ? result.value : result.error));
    expect(names).toEqual(['a.tar (2).gz', 'a.tar (3).gz', 'b (2)', 'c (2).txt']);
    expect(await readFile(path.join(folder, 'a.tar.gz'), 'utf8')).toBe('mine');
    expect(await readdir(directory)).toEqual(['downloads']);
  });

  it('has room in a folder that is not there yet, and at once with another of the same name', async () => {
    const both = await Promise.all([save('x.txt', 1), save('x.txt', 2)]);
    expect(new Set(both.map(({ result }) => result.ok && result.value))).toEqual(
      new Set(['x.txt', 'x (2).txt']),
    );
    expect(await inFolder()).toEqual(['x (2).txt', 'x.txt']);
  });

  it('that is removed or moved later is not shown, but where it was', async () => {
    const { token } = await save('gone.txt');
    await rm(path.join(folder, 'gone.txt'));
    expect(await showSaved(token)).toEqual(ok(null));
    expect(shown).toEqual([folder]);
  });

  it.each(['interrupted', 'cancelled'])('leaves nothing where its download is %s', async (state) => {
    await announceSave(URL_OF(1), 'x.txt');
    const download = new FakeDownload(URL_OF(1));
    saving.take(download);
    await writeFile(download.savePath, 'hal');
    download.say('done', state);
    expect(await saved('token-1')).toEqual(fail('internal'));
    expect(await showSaved('token-1')).toEqual(fail('unavailable'));
    expect(await inFolder()).toEqual([]);
  });

  it('is given up where it could be gone on with later', async () => {
    await announceSave(URL_OF(1), 'x.txt');
    const download = new FakeDownload(URL_OF(1));
    saving.take(download);
    download.say('updated', 'progressing');
    expect(download.cancelled).toBe(false);
    download.say('updated', 'interrupted');
    expect([download.cancelled, await saved('token-1')]).toEqual([true, fail('internal')]);
  });

  it('is written to its end though the window closes, and one that has not begun is given up', async () => {
    await announceSave(URL_OF(1), 'x.txt');
    await announceSave(URL_OF(2), 'y.txt');
    const download = new FakeDownload(URL_OF(1));
    saving.take(download);
    saving.dispose();
    expect(saving.take(new FakeDownload(URL_OF(2)))).toBe(false);
    await download.finish();
    expect([await saved('token-1'), await saved('token-2')]).toEqual([ok('x.txt'), fail('internal')]);
    expect(await announceSave(URL_OF(3), 'z.txt')).toEqual(fail('unavailable'));
  });
});

describe('what cannot be saved is told, and why', () => {
  it('a folder that is none, or cannot be named', async () => {
    await writeFile(folder, 'a file');
    expect(await announceSave(URL_OF(1), 'x.txt')).toEqual(fail('no-folder'));
    const nowhere = new FileSaving({
      folder: () => {
        throw new Error('no such path');
      },
      ...{
        showInFolder: () => {},
        openFolder: () => {},
        newToken: () => 'x',
        timers: time.timers,
        logger: silentLogger,
      },
    });
    const file = { url: URL_OF(1), name: 'x.txt', size: 1 };
    expect(await nowhere.commands.announceSave(file)).toEqual(fail('no-folder'));
  });

  it('a disk with less room than it takes, before a byte is written and after', async () => {
    expect(await announceSave(URL_OF(1), 'x.txt', 2 ** 60)).toEqual(fail('no-space'));
    expect(await inFolder()).toEqual([]);
    await announceSave(URL_OF(2), 'x.txt', 1);
    const download = new FakeDownload(URL_OF(2), { total: 2 ** 60 });
    saving.take(download);
    download.say('done', 'interrupted');
    expect(await saved(`token-${tokens}`)).toEqual(fail('no-space'));
  });

  it('one that never begins', async () => {
    await announceSave(URL_OF(1), 'x.txt');
    await time.advance(10_000);
    expect(await saved('token-1')).toEqual(fail('internal'));
    expect(saving.take(new FakeDownload(URL_OF(1)))).toBe(false);
  });

  it('more at once than a person saves, until one is done', async () => {
    for (let number = 1; number <= 8; number += 1) await announceSave(URL_OF(number), 'x.txt');
    expect(await announceSave(URL_OF(9), 'x.txt')).toEqual(fail('unavailable'));
    const download = new FakeDownload(URL_OF(1));
    saving.take(download);
    await download.finish();
    await saved('token-1');
    expect((await announceSave(URL_OF(9), 'x.txt')).ok).toBe(true);
    saving.dispose();
  });
});

describe('a page that attacks', () => {
  it('has nothing downloaded that it has not announced, nor twice', async () => {
    await save('x.txt', 1);
    const addresses = [
      URL_OF(1),
      URL_OF(2),
      'https://example.com/x',
      'http://example.com/x',
      'file:///etc/passwd',
    ];
    for (const url of addresses) {
      const download = new FakeDownload(url);
      expect([saving.take(download), download.savePath]).toEqual([false, '']);
    }
  });

  it('has nothing downloaded to which an announced one led elsewhere', async () => {
    await announceSave(URL_OF(1), 'x.txt');
    const chain = [URL_OF(1), 'https://example.com/x'];
    expect(saving.take(new FakeDownload(URL_OF(1), { chain }))).toBe(false);
    expect(await saved('token-1')).toEqual(fail('internal'));
  });

  it.each([
    ['../../.bashrc', '_.._.bashrc'],
    ['..', 'file'],
    ['/etc/cron.d/x', '_etc_cron.d_x'],
    ['C:\\Windows\\x.dll', 'C__Windows_x.dll'],
    ['x.txt:stream', 'x.txt_stream'],
    ['.hidden', 'hidden'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['CON.txt', '_CON.txt'],
    ['', 'file'],
  ])('gets %j into the folder under a harmless name, and nowhere else', async (name, expected) => {
    expect((await save(name)).result).toEqual(ok(expected));
    expect(await inFolder()).toEqual([expected]);
    expect(await readdir(directory)).toEqual(['downloads']);
  });

  it('fills no memory with what it announces and never downloads: the first is known no more', async () => {
    const kept = await save('first.txt');
    for (let count = 0; count < SAVES_KNOWN_MAX; count += 8) {
      for (let number = 0; number < 8; number++) await announceSave(URL_OF(100 + number), 'a.txt');
      await time.advance(10_000);
    }
    expect(tokens).toBe(1 + SAVES_KNOWN_MAX);
    expect(await showSaved(kept.token)).toEqual(fail('unavailable'));
    expect(await saved(`token-${tokens}`)).toEqual(fail('internal'));
  });

  it('is shown nothing for a token that is not one', async () => {
    await save('x.txt');
    for (const token of ['', 'token-2', folder, path.join(folder, 'x.txt'), '__proto__'])
      expect([await showSaved(token), await saved(token)]).toEqual([
        fail('unavailable'),
        fail('unavailable'),
      ]);
    expect(shown).toEqual([]);
  });

  it('announces nothing but a file of its own, of a size and name there are', () => {
    const file = { url: URL_OF(1), name: 'x.txt', size: 5 };
    expect(parseCallArguments('announceSave', [file])).toEqual([file]);
    for (const change of [
      { url: 'https://example.com/x' },
      { url: 'http://localhost:8790/' },
      { url: 'file:///etc/passwd' },
      { url: 'app://call/index.html' },
      { url: URL_OF(1).replace('call', 'window') },
      { url: URL_OF(1).replace('app://call', 'https://example.com') },
      { url: `${URL_OF(1)}#x` },
      { url: 'data:text/plain,x' },
      { name: 'x'.repeat(256) },
      { name: 7 },
      { size: -1 },
      { size: 0.5 },
      { size: Number.NaN },
      { path: '/tmp/x' },
    ])
      expect(parseCallArguments('announceSave', [{ ...file, ...change }])).toBeNull();
    for (const token of ['', '../x', 'x'.repeat(23), 7])
      expect([parseCallArguments('saved', [token]), parseCallArguments('showSaved', [token])]).toEqual([
        null,
        null,
      ]);
  });
});
