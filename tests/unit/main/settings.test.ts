/** Holds the settings file against damage, a disk that fails, and many writes at once. */

import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isIceServer } from '../../../main/common/protocol/ice-server.ts';
import { DEFAULT_PREFERENCES, openSettings, parsePreferencesChange } from '../../../main/settings.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'settings-'));
  file = path.join(directory, 'settings.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('openSettings', () => {
  it('has defaults where there is no file, and makes none', async () => {
    const settings = await openSettings(directory);
    expect(settings.preferences).toEqual(DEFAULT_PREFERENCES);
    expect(settings.damaged).toBe(false);
    expect(await readdir(directory)).toEqual([]);
  });

  it('opens the port to no network, and asks servers that browsers take, unless somebody wants it otherwise', () => {
    const { lan, iceServers } = DEFAULT_PREFERENCES;
    expect([lan, iceServers.length, iceServers.every(isIceServer)]).toEqual([false, 2, true]);
  });

  it('notifies without a word of what was written, unless somebody wants it otherwise, and keeps what they want', async () => {
    const { notifications, notificationTexts } = DEFAULT_PREFERENCES;
    expect([notifications, notificationTexts]).toEqual([true, false]);
    const change = { notifications: false, notificationTexts: true };
    await (await openSettings(directory)).update(change);
    expect((await openSettings(directory)).preferences).toMatchObject(change);
    expect(parsePreferencesChange({ notificationTexts: 'yes' })).toEqual({ ok: false, error: 'bad-options' });
  });

  it('knows that nobody has said yet whether new versions may be looked for, and keeps what they say', async () => {
    expect(DEFAULT_PREFERENCES.updateChecks).toBeNull();
    for (const updateChecks of [true, false]) {
      await (await openSettings(directory)).update({ updateChecks });
      expect((await openSettings(directory)).preferences.updateChecks).toBe(updateChecks);
    }
  });

  it('fills what a file leaves out, and passes over what it does not know, which stays in it', async () => {
    await writeFile(file, '{"iceServers": [], "fromTheFuture": 1}');
    const settings = await openSettings(directory);
    expect(settings.preferences).toEqual({ ...DEFAULT_PREFERENCES, iceServers: [] });
    expect([settings.damaged, settings.newer, settings.serversLeftOut]).toEqual([false, false, false]);
    await settings.update({ capacity: 3 });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ fromTheFuture: 1, capacity: 3 });
  });

  it('uses what it understands of a newer version’s file, and never writes over that', async () => {
    const content =
      '{"version": 2, "capacity": 4, "port": {"http": 80}, "tunnel": "of-the-future", "more": 1}';
    await writeFile(file, content);
    const settings = await openSettings(directory);
    expect(settings.preferences).toEqual({ ...DEFAULT_PREFERENCES, capacity: 4 });
    expect([settings.damaged, settings.newer]).toEqual([false, true]);
    expect(await settings.update({ capacity: 3 })).toEqual({ ok: true, value: null });
    expect(settings.preferences.capacity).toBe(3);
    expect(await settings.update({ capacity: 99 })).toEqual({ ok: false, error: 'bad-options' });
    expect([await readdir(directory), await readFile(file, 'utf8')]).toEqual([['settings.json'], content]);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"capacity": 99}',
    '{"port": "8790"}',
    '{"iceServers": {"urls": "stun:a"}}',
    '{"version": 0}',
    '{"version": "2"}',
  ])('puts %j aside and goes on with defaults', async (content) => {
    await writeFile(file, content);
    const settings = await openSettings(directory);
    expect(settings.preferences).toEqual(DEFAULT_PREFERENCES);
    expect(settings.damaged).toBe(true);
    const [aside, ...others] = await readdir(directory);
    expect(others).toEqual([]);
    expect(aside).toMatch(/^settings\.json\.damaged-\d{4}[\dTZ-]+$/);
    expect(await readFile(path.join(directory, aside ?? ''), 'utf8')).toBe(content);
    expect((await openSettings(directory)).damaged).toBe(false);
  });

  it('leaves out servers that no browser would take, and loses them not', async () => {
    const turn = { urls: 'turn:turn.example.org', username: 'me', credential: 'secret' };
    const wrong = [
      { urls: 'turn:turn.example.org' },
      { urls: 'stun:stun.example.org:99999' },
      { urls: ['stun:a', 'stun:b'] },
      { urls: 'stun:a', comment: 'of a newer program' },
      'stun:a',
    ];
    await writeFile(file, JSON.stringify({ capacity: 4, iceServers: [wrong[0], turn, ...wrong.slice(1)] }));
    const settings = await openSettings(directory);
    expect(settings.damaged).toBe(false);
    expect(settings.serversLeftOut).toBe(true);
    expect(settings.preferences).toEqual({ ...DEFAULT_PREFERENCES, capacity: 4, iceServers: [turn] });
    await settings.update({ iceServers: [{ urls: 'stun:b' }] });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      iceServers: [{ urls: 'stun:b' }, ...wrong],
    });
    expect((await openSettings(directory)).preferences.iceServers).toEqual([{ urls: 'stun:b' }]);
  });

  it('tells of a single server that it left out', async () => {
    await writeFile(file, '{"iceServers": ["stun:a"]}');
    expect((await openSettings(directory)).serversLeftOut).toBe(true);
  });

  it('uses the first of too many servers, and keeps all', async () => {
    const iceServers = Array.from({ length: 10 }, (_, index) => ({ urls: `stun:s${index}` }));
    await writeFile(file, JSON.stringify({ iceServers }));
    const settings = await openSettings(directory);
    expect(settings.preferences.iceServers).toEqual(iceServers.slice(0, 8));
    expect(settings.serversLeftOut).toBe(true);
    await settings.update({ capacity: 3 });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ iceServers });
  });

  it('says so when the file cannot be read at all, and puts it aside', async () => {
    await mkdir(file);
    const settings = await openSettings(directory);
    expect(settings.damaged).toBe(true);
    expect(await settings.update({ port: 1 })).toEqual({ ok: true, value: null });
    expect(await readdir(directory)).toEqual([
      'settings.json',
      expect.stringMatching(/^settings\.json\.damaged-/),
    ]);
  });
});

describe('update', () => {
  it('is found again, in a file that only its owner may read', async () => {
    const nested = path.join(directory, 'not', 'yet');
    const settings = await openSettings(nested);
    expect(await settings.update({ capacity: 3, language: 'ru', iceServers: [] })).toEqual({
      ok: true,
      value: null,
    });
    expect((await openSettings(nested)).preferences).toEqual({
      ...DEFAULT_PREFERENCES,
      capacity: 3,
      language: 'ru',
      iceServers: [],
    });
    expect((await stat(path.join(nested, 'settings.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(nested)).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await readFile(path.join(nested, 'settings.json'), 'utf8'))).toMatchObject({
      version: 1,
    });
    expect(await readdir(nested)).toEqual(['settings.json']);
  });

  it('holds at once, and the last of many updates is on the disk', async () => {
    const settings = await openSettings(directory);
    const updates = Array.from({ length: 20 }, (_, port) => settings.update({ port }));
    expect(settings.preferences.port).toBe(19);
    expect(await Promise.all(updates)).toEqual(Array(20).fill({ ok: true, value: null }));
    expect((await openSettings(directory)).preferences.port).toBe(19);
    expect(await readdir(directory)).toEqual(['settings.json']);
  });

  it('refuses what does not fit and changes nothing', async () => {
    const settings = await openSettings(directory);
    expect(await settings.update({ capacity: 1 })).toEqual({ ok: false, error: 'bad-options' });
    expect(settings.preferences).toEqual(DEFAULT_PREFERENCES);
    expect(await readdir(directory)).toEqual([]);
  });

  it('tells when the disk takes nothing, holds all the same, and recovers', async () => {
    const settings = await openSettings(directory);
    await mkdir(file);
    await writeFile(path.join(file, 'in-the-way'), '');
    expect(await settings.update({ port: 1 })).toEqual({ ok: false, error: 'not-saved' });
    expect(settings.preferences.port).toBe(1);
    expect(await readdir(directory)).toEqual(['settings.json']);
    await rm(file, { recursive: true });
    expect(await settings.update({ lan: true })).toEqual({ ok: true, value: null });
    expect((await openSettings(directory)).preferences).toMatchObject({ port: 1, lan: true });
  });

  it('leaves the old file whole when a write is cut short', async () => {
    const settings = await openSettings(directory);
    await settings.update({ port: 1 });
    const before = await readFile(file, 'utf8');
    await mkdir(`${file}.${process.pid}.next`);
    expect(await settings.update({ port: 2 })).toEqual({ ok: false, error: 'not-saved' });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it.skipIf(process.platform !== 'linux')(
    'leaves the old file whole on a full disk, and nothing beside it',
    async () => {
      const settings = await openSettings(directory);
      await settings.update({ port: 1 });
      const before = await readFile(file, 'utf8');
      await symlink('/dev/full', `${file}.${process.pid}.next`);
      expect(await settings.update({ port: 2 })).toEqual({ ok: false, error: 'not-saved' });
      expect([await readdir(directory), await readFile(file, 'utf8')]).toEqual([['settings.json'], before]);
    },
  );
});

describe('parsePreferencesChange', () => {
  it('takes any part of the preferences', () => {
    expect(parsePreferencesChange({})).toEqual({ ok: true, value: {} });
    const change = { mode: '1x1', language: null, iceServers: [{ urls: 'stun:a:1' }] };
    expect(parsePreferencesChange(change)).toEqual({ ok: true, value: change });
  });

  it.each([
    null,
    'mode',
    { mode: 'duo' },
    { port: undefined },
    { port: 65_536 },
    { language: 'de' },
    { tunnel: 'ngrok' },
    { iceServers: Array(9).fill({ urls: 'stun:a:1' }) },
    { iceServers: [{ urls: 'turn:a' }] },
    { iceServers: [{ urls: 'stun:a:99999' }] },
    { unknown: 1 },
  ])('refuses %j', (change) => {
    expect(parsePreferencesChange(change)).toEqual({ ok: false, error: 'bad-options' });
  });
});
