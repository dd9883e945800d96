/** Holds starting at login to what the system really does, on each system, also where somebody else changed it. */

import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../../main/common/result.ts';
import { createStartAtLogin, type LoginFacts } from '../../../../../main/desktop/login/start-at-login.ts';

/** The part of Windows and macOS that keeps such items. */
class FakeSystem {
  kept: Settings | null = null;
  asked: LoginItemSettingsOptions | undefined;
  /** Somebody switched it off in the system's own list. */
  blocked = false;

  getLoginItemSettings(options?: LoginItemSettingsOptions): LoginItemSettings {
    this.asked = options;
    const openAtLogin = this.kept?.openAtLogin ?? false;
    return { openAtLogin, executableWillLaunchAtLogin: openAtLogin && !this.blocked } as LoginItemSettings;
  }

  setLoginItemSettings(settings: Settings): void {
    this.kept = settings;
  }
}

let home: string;
let system: FakeSystem;
const factsOf = (change: Partial<LoginFacts> = {}): LoginFacts => ({
  platform: 'linux',
  env: {},
  home,
  execPath: '/usr/lib/secret-call/secret-call',
  appPath: null,
  app: system,
  ...change,
});

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'дом с пробелами '));
  system = new FakeSystem();
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('on Linux', () => {
  const entry = () => path.join(home, '.config/autostart/secret-call.desktop');
  const execOf = async (file = entry()) => /^Exec=(.*)$/m.exec(await readFile(file, 'utf8'))?.[1];

  it('is an autostart entry of this account, and its absence', async () => {
    const login = createStartAtLogin(factsOf());
    expect(await login.isOn()).toBe(false);
    expect(await login.set(true)).toEqual(ok(null));
    expect([await login.isOn(), await execOf()]).toEqual([
      true,
      '"/usr/lib/secret-call/secret-call" "--hidden"',
    ]);
    expect((await stat(entry())).mode & 0o777).toBe(0o600);
    expect(await login.set(false)).toEqual(ok(null));
    expect(await login.set(false)).toEqual(ok(null));
    expect(await login.isOn()).toBe(false);
  });

  it('sees that somebody else took it away, or switched it off, and switches it on again', async () => {
    const login = createStartAtLogin(factsOf());
    await login.set(true);
    await rm(entry());
    expect(await login.isOn()).toBe(false);
    await writeFile(entry(), '[Desktop Entry]\nExec=secret-call\nHidden=true\n');
    expect(await login.isOn()).toBe(false);
    await login.set(true);
    expect(await login.isOn()).toBe(true);
  });

  it('lies where the system keeps the account’s settings', async () => {
    const config = path.join(home, 'elsewhere');
    await createStartAtLogin(factsOf({ env: { XDG_CONFIG_HOME: config } })).set(true);
    expect(await execOf(path.join(config, 'autostart/secret-call.desktop'))).toContain('secret-call');
    await createStartAtLogin(factsOf({ env: { XDG_CONFIG_HOME: 'relative' } })).set(true);
    expect(await execOf()).toContain('secret-call');
  });

  it.each<[string, Partial<LoginFacts>, string]>([
    [
      'an AppImage',
      {
        env: { APPIMAGE: '/home/a/My App.AppImage', APPDIR: '/tmp/.mount_x' },
        execPath: '/tmp/.mount_x/secret-call',
      },
      '"/home/a/My App.AppImage" "--hidden"',
    ],
    [
      'what another AppImage started',
      { env: { APPIMAGE: '/home/a/Other.AppImage', APPDIR: '/tmp/.mount_y' } },
      '"/usr/lib/secret-call/secret-call" "--hidden"',
    ],
    [
      'the sources',
      { execPath: '/src/node_modules/electron', appPath: '/src/app' },
      '"/src/node_modules/electron" "/src/app" "--hidden"',
    ],
  ])('starts %s again', async (_, facts, command) => {
    await createStartAtLogin(factsOf(facts)).set(true);
    expect(await execOf()).toBe(command);
  });

  it('says so where it cannot be written, or taken away, or no entry can name the program', async () => {
    await writeFile(path.join(home, '.config'), 'a file in the way');
    expect(await createStartAtLogin(factsOf()).set(true)).toEqual(fail('login-file'));
    await rm(path.join(home, '.config'));
    await mkdir(path.join(entry(), 'in the way'), { recursive: true });
    expect(await createStartAtLogin(factsOf()).set(false)).toEqual(fail('login-file'));
    const odd = createStartAtLogin(factsOf({ execPath: '/opt/a=b/secret-call' }));
    expect(await odd.set(true)).toEqual(fail('login-path'));
  });

  it('mends an entry whose program is gone, and no other', async () => {
    const here = path.join(home, 'here');
    await writeFile(here, '');
    await chmod(here, 0o755);
    const [older, other] = [factsOf({ execPath: '/gone/secret-call' }), factsOf({ execPath: here })];
    const login = createStartAtLogin(factsOf());
    await login.mend();
    expect(await login.isOn()).toBe(false);
    await createStartAtLogin(other).set(true);
    await login.mend();
    expect(await execOf()).toContain('/here"');
    await createStartAtLogin(older).set(true);
    await login.mend();
    expect(await execOf()).toBe('"/usr/lib/secret-call/secret-call" "--hidden"');
    await writeFile(entry(), '[Desktop Entry]\nExec=/gone/a\nTryExec=/gone/a\nHidden=true\n');
    await login.mend();
    expect(await login.isOn()).toBe(false);
  });
});

describe.each(['win32', 'darwin'] as const)('on %s', (platform) => {
  const execPath = 'C:\\Users\\Анна\\secret-call.exe';

  it('is kept by the system', async () => {
    const login = createStartAtLogin(factsOf({ platform, execPath }));
    expect(await login.isOn()).toBe(false);
    expect(await login.set(true)).toEqual(ok(null));
    expect(system.kept).toEqual({ path: execPath, args: ['--hidden'], openAtLogin: true, enabled: true });
    expect([await login.isOn(), system.asked]).toEqual([true, { path: execPath, args: ['--hidden'] }]);
    expect(await login.set(false)).toEqual(ok(null));
    expect(system.kept).toMatchObject({ openAtLogin: false });
  });

  it('is off where the system’s own list says so, and says that it stays so', async () => {
    const login = createStartAtLogin(factsOf({ platform, execPath }));
    system.blocked = true;
    expect(await login.set(true)).toEqual(fail('login-refused'));
    expect(await login.isOn()).toBe(false);
  });

  it('starts the portable program itself, not what it unpacked', async () => {
    const env = { PORTABLE_EXECUTABLE_FILE: 'D:\\secret-call-portable.exe' };
    await createStartAtLogin(factsOf({ platform, execPath, env })).set(true);
    expect(system.kept).toMatchObject({ path: 'D:\\secret-call-portable.exe' });
  });
});
