/** Owns proof of updates against a real server, by electron-updater itself: a good release replaces the program, nothing else does. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { ok } from '../../../main/common/result.ts';
import { createPackageUpdater } from '../../../main/desktop/updates/package-updater.ts';
import { readFeed } from '../../../main/desktop/updates/update-feed.ts';
import { UpdateServer } from '../../../main/desktop/updates/update-server.ts';
import { Updates } from '../../../main/desktop/updates/updates.ts';
import { until } from '../../support/time/until.ts';
import {
  cutOff,
  endless,
  FEED_PATH,
  sendTo,
  type UpdateAnswer,
  UpdateHost,
} from '../../support/updates/update-host.ts';
import { feedOf, fileOf, MAKER, packageOf, STRANGER } from '../../support/updates/update-samples.ts';

const OLD = 'the program that is installed';
const NEXT = fileOf('0.2.0');
const timers = { setTimeout, clearTimeout: (handle: unknown) => clearTimeout(handle as NodeJS.Timeout) };

/** So much, in bytes, has a disk that is nearly full: less than a package, as much as its start. */
const SMALL_DISK = 16_384;
const fillUp = (folder: string) => ['-t', 'tmpfs', '-o', `size=${SMALL_DISK}`, 'tmpfs', folder];
const noDisk = cannotMount();

/** Whether no disk of one's own can be had here. */
function cannotMount(): boolean {
  const script = 'mount "$@" && umount "$0"';
  return spawnSync('unshare', ['--mount', 'sh', '-c', script, tmpdir(), ...fillUp(tmpdir())]).status !== 0;
}

let directory: string;
let program: string;
let host: UpdateHost;
let done: string[];
let updates: Updates;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'secret-call-updates-'));
  program = path.join(directory, 'дом с пробелами', 'Secret Call.AppImage');
  await mkdir(path.dirname(program));
  await writeFile(program, OLD, { mode: 0o755 });
  // The library asks the environment, as it finds it in an AppImage.
  process.env.APPIMAGE = program;
  host = await UpdateHost.start();
  host.answer(FEED_PATH, feedOf('0.2.0'));
  host.serve(NEXT.name, packageOf('0.2.0'));
  done = [];
  updates = createUpdates();
});

afterEach(async () => {
  updates.dispose();
  delete process.env.APPIMAGE;
  await host.stop();
  await rm(directory, { recursive: true, force: true });
});

function createUpdates(): Updates {
  const server = new UpdateServer({ feed: host.feed, fetch, timers });
  return new Updates({
    current: '0.1.0',
    source: { host: host.feed.host, way: 'itself' },
    async lookUp(signal) {
      const feed = await server.fetchFeed(signal);
      return feed.ok ? readFeed(feed.value, MAKER.publicKey, 'linux-x64') : feed;
    },
    updater: createPackageUpdater({
      server,
      platform: 'linux',
      current: '0.1.0',
      publisher: null,
      cacheDirectory: path.join(directory, 'cache'),
      appImage: program,
      quit: () => done.push('quit'),
      relaunch: (file) => done.push(`relaunch ${file}`),
    }),
    held: () => false,
    mayLook: () => false,
    openPage: async () => ok(null),
    timers,
    logger: silentLogger,
  });
}

const shownNext = (phases: readonly string[]) =>
  until(
    phases.join(' or '),
    () => updates.status.progress,
    ({ phase }) => phases.includes(phase),
  );

/** Looks, fetches what there is, and installs what was fetched. */
async function updateAsFarAsItGoes() {
  await updates.handle('check');
  if (updates.status.progress.phase === 'offered') {
    await updates.handle('download');
    await shownNext(['ready', 'failed']);
  }
  if (updates.status.progress.phase === 'ready') {
    void updates.handle('install');
    await until(
      'the end of the program, or of the install',
      () => done.length > 0 || updates.status.progress.phase === 'failed',
      (over) => over,
    );
  }
  return updates.status.progress;
}

const filesIn = (folder: string) => readdir(folder, { recursive: true }).catch((): string[] => []);

describe('an update', () => {
  it('that is good takes the place of the program, which starts again as the new one', async () => {
    expect(await updateAsFarAsItGoes()).toEqual({ phase: 'installing', version: '0.2.0' });
    expect(done).toEqual([`relaunch ${program}`, 'quit']);
    expect(await readFile(program)).toEqual(packageOf('0.2.0'));
    expect((await stat(program)).mode & 0o777).toBe(0o755);
    expect(await readdir(path.dirname(program))).toEqual([path.basename(program)]);
  });

  it('tells the server nothing but what is asked for, and leaves no mark of this computer', async () => {
    await updateAsFarAsItGoes();
    expect(host.asked).toEqual([FEED_PATH, `/releases/${NEXT.name}`]);
    expect(Object.keys(Object.assign({}, ...host.headers)).filter((name) => name.startsWith('x-'))).toEqual(
      [],
    );
    expect((await filesIn(directory)).filter((name) => name.includes('updaterId'))).toEqual([]);
  });

  const other = packageOf('0.2.1').subarray(0, NEXT.size);
  const strange = fileOf('0.2.1');

  it.each([
    ['a file that somebody altered', NEXT.name, other, 'file-altered'],
    ['a file that does not end', NEXT.name, endless, 'file-altered'],
    ['a file that is too short', NEXT.name, packageOf('0.2.0').subarray(1), 'cut-off'],
    ['a file that is cut off in the middle', NEXT.name, cutOff(packageOf('0.2.0')), 'cut-off'],
    ['a file that is not there', strange.name, packageOf('0.2.1'), 'no-file'],
    ['a feed that nobody signed', '', feedOf('0.2.0').subarray(89), 'feed-broken'],
    ['a feed signed by another', '', feedOf('0.2.0', NEXT, STRANGER.privateKey), 'feed-forged'],
    ['a feed with another version in it', '', feedNaming('9.9.9'), 'feed-forged'],
    ['a feed that is damaged', '', Buffer.from('<html>'), 'feed-broken'],
    ['a feed that does not end', '', endless, 'feed-broken'],
    ['a feed that is cut off', '', cutOff(feedOf('0.2.0')), 'offline'],
    ['a server that has none', '', (response) => void response.writeHead(404).end(), 'no-feed'],
    ['a server in trouble', '', (response) => void response.writeHead(503).end(), 'no-feed'],
    ['a server that hangs up', '', (response) => void response.destroy(), 'offline'],
    ['a circle of addresses', '', sendTo(FEED_PATH), 'offline'],
    ['an older release', '', feedOf('0.0.9'), 'feed-older'],
    ['a file at another host', '', feedAt('http://127.0.0.1:9/secret-call-0.2.0.AppImage'), 'feed-broken'],
    ['a file outside of the folder', '', feedAt('../secret-call-0.2.0.AppImage'), 'feed-broken'],
  ] satisfies [string, string, UpdateAnswer, string][])('is not %s', async (_, file, answer, code) => {
    if (file === '') host.answer(FEED_PATH, answer);
    else
      host.serve(NEXT.name, file === NEXT.name ? answer : (response) => void response.writeHead(404).end());
    expect(await updateAsFarAsItGoes()).toMatchObject({ phase: 'failed', code });
    expect(await readFile(program, 'utf8')).toBe(OLD);
    expect(done).toEqual([]);
    // Of what was fetched nothing stays that somebody could start.
    expect((await filesIn(directory)).filter((name) => /secret-call-\d/.test(name))).toEqual([]);
  });

  it('of this very version is none', async () => {
    host.answer(FEED_PATH, feedOf('0.1.0'));
    expect(await updateAsFarAsItGoes()).toEqual({ phase: 'newest' });
  });

  it('that failed is fetched anew when asked', async () => {
    host.serve(NEXT.name, cutOff(packageOf('0.2.0')));
    await updateAsFarAsItGoes();
    host.serve(NEXT.name, packageOf('0.2.0'));
    await updates.handle('download');
    expect(await shownNext(['ready', 'failed'])).toEqual({ phase: 'ready', version: '0.2.0' });
  });

  it('that was fetched before is not fetched again, unless somebody altered it on the disk', async () => {
    await updates.handle('check');
    await updates.handle('download');
    await shownNext(['ready']);
    updates.dispose();
    const fetched = path.join(directory, 'cache/secret-call-updater/pending', NEXT.name);
    updates = createUpdates();
    await updates.handle('check');
    await updates.handle('download');
    await shownNext(['ready']);
    expect(host.asked.filter((asked) => asked.endsWith(NEXT.name))).toHaveLength(1);
    await writeFile(fetched, other);
    expect(await updateAsFarAsItGoes()).toMatchObject({ phase: 'failed', code: 'file-altered' });
    expect(await readFile(program, 'utf8')).toBe(OLD);
  });

  it('that cannot be written leaves the program as it is', async () => {
    await mkdir(`${program}.next`);
    expect(await updateAsFarAsItGoes()).toMatchObject({ phase: 'failed', code: 'not-installed' });
    expect(await readFile(program, 'utf8')).toBe(OLD);
    expect(done).toEqual([]);
  });

  it.skipIf(noDisk)(
    `ends where a disk is full, of what waits or of the program, and leaves the program as it is${noDisk ? ' (skipped: cannot mount one)' : ''}`,
    async () => {
      const cache = path.join(directory, 'cache');
      await mkdir(cache);
      for (const folder of [cache, path.dirname(program)]) {
        execFileSync('mount', fillUp(folder));
        try {
          await writeFile(program, OLD, { mode: 0o755 });
          expect(await updateAsFarAsItGoes()).toMatchObject({ phase: 'failed', code: 'disk-full' });
          expect(await readFile(program, 'utf8')).toBe(OLD);
          expect(done).toEqual([]);
          expect((await filesIn(folder)).filter((name) => name.endsWith('.next'))).toEqual([]);
        } finally {
          execFileSync('umount', [folder]);
        }
      }
      expect(await updateAsFarAsItGoes()).toEqual({ phase: 'installing', version: '0.2.0' });
    },
  );

  it('that has no place to wait is not fetched', async () => {
    await writeFile(path.join(directory, 'cache'), 'in the way');
    expect(await updateAsFarAsItGoes()).toMatchObject({ phase: 'failed', code: 'not-writable' });
  });
});

/** What the maker signed, with another version in it. */
function feedNaming(version: string): Buffer {
  return Buffer.from(feedOf('0.2.0').toString().replace('"0.2.0"', `"${version}"`));
}

function feedAt(name: string): Buffer {
  return feedOf('0.2.0', { ...NEXT, name });
}
