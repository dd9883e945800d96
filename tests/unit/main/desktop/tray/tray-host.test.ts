/** Owns proof that a window is hidden only into a tray that somebody shows, and that asking starts and costs nothing. */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasTrayHost, trayHostFacts } from '../../../../../main/desktop/tray/tray-host.ts';

const OWNED = 'org.freedesktop.DBus.NameHasOwner';
const HOSTED = 'IsStatusNotifierHostRegistered';

async function ask(
  answers: Readonly<Record<string, string | null>>,
  programs: readonly string[] = ['gdbus'],
) {
  const calls: string[] = [];
  const answer = await hasTrayHost({
    platform: 'linux',
    find: async (program) => (programs.includes(program) ? `/bin/${program}` : null),
    run: async (file, args) => {
      const words = args.join(' ');
      calls.push(`${file} ${words}`);
      return Object.entries(answers).find(([part]) => words.includes(part))?.[1] ?? null;
    },
  });
  return { answer, calls };
}

describe('on Linux', () => {
  it.each([
    ['gdbus', '(true,)', '(<true>,)'],
    ['dbus-send', '   boolean true', '   variant       boolean true'],
  ])('there is one where %s says that a watcher has a host', async (program, owned, hosted) => {
    const { answer, calls } = await ask({ [OWNED]: owned, [HOSTED]: hosted }, [program]);
    expect(answer).toBe(true);
    expect(calls.length).toBe(2);
  });

  it('does not wake a watcher that does not run', async () => {
    const { answer, calls } = await ask({ [OWNED]: '(false,)', [HOSTED]: '(<true>,)' });
    expect(answer).toBe(false);
    expect(calls.length).toBe(1);
    expect(calls[0]).toContain('--dest org.freedesktop.DBus ');
  });

  it.each([
    ['a watcher without a host', { [OWNED]: '(true,)', [HOSTED]: '(<false>,)' }],
    ['a watcher that does not answer', { [OWNED]: '(true,)', [HOSTED]: null }],
    ['no bus', { [OWNED]: null }],
  ])('there is none with %s', async (_what, answers) => {
    expect((await ask(answers)).answer).toBe(false);
  });

  it('there is none where nobody can be asked', async () => {
    expect(await ask({}, [])).toEqual({ answer: false, calls: [] });
  });
});

it.each(['darwin', 'win32'] as const)('%s always has one', async (platform) => {
  const nobody = { platform, find: async () => null, run: async () => null };
  expect(await hasTrayHost(nobody)).toBe(true);
});

describe('the program that asks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'secret-call-bus-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function install(name: string, script: string) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const facts = () => trayHostFacts({ platform: 'linux', env: { PATH: folder } });

  it('is found on the PATH and gets its arguments as they are, without a shell', async () => {
    install('gdbus', 'printf "%s|" "$@"');
    const file = await facts().find('gdbus');
    expect(file).toBe(path.join(folder, 'gdbus'));
    expect(await facts().run(file ?? '', ['a b', '$(id)'])).toBe('a b|$(id)|');
    expect(await facts().find('dbus-send')).toBeNull();
  });

  it('counts for nothing when it fails, says too much, or is not there', async () => {
    install('gdbus', 'echo "(true,)"; exit 1');
    install('dbus-send', 'head -c 100000 /dev/zero');
    for (const name of ['gdbus', 'dbus-send', 'busctl'])
      expect(await facts().run(path.join(folder, name), [])).toBeNull();
  });

  it('is not waited for when it hangs', async () => {
    install('gdbus', 'exec sleep 60');
    const impatient = trayHostFacts({ platform: 'linux', env: {} }, 50);
    expect(await impatient.run(path.join(folder, 'gdbus'), [])).toBeNull();
  });
});
