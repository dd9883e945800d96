/** Owns starting the app at login: whether the system does so now, whoever arranged that, and having it done or not. */

import { access, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { App } from 'electron';
import type { HostErrorCode } from '../../common/host-api/snapshot.ts';
import { fail, ok, type Result } from '../../common/result.ts';
import { replaceFile } from '../../whole-file.ts';
import { formatAutostartEntry, type LoginProgram, parseAutostartEntry } from './autostart-entry.ts';
import { HIDDEN_SWITCH } from './hidden-start.ts';

export type LoginErrorCode = HostErrorCode & `login-${string}`;

export interface StartAtLogin {
  /** Asked each time: settings of the system, and other programs, change it too. */
  isOn(): Promise<boolean>;
  set(on: boolean): Promise<Result<null, LoginErrorCode>>;
  /** Where it is on for a program that is there no more, this one takes its place: an archive was unpacked anew. */
  mend(): Promise<void>;
}

/** Of this process. */
export interface LoginFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly execPath: string;
  /** The folder of the app, where a bare Electron runs it; null in a package. */
  readonly appPath: string | null;
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
}

export const createStartAtLogin = (facts: LoginFacts): StartAtLogin =>
  facts.platform === 'linux'
    ? new AutostartFile(autostartFile(facts), programOf(facts))
    : new LoginItem(facts.app, programOf(facts));

/** What the person started: an AppImage and a portable program unpack themselves elsewhere each time. */
function programOf({ env, execPath, appPath }: LoginFacts): LoginProgram {
  const { APPIMAGE: image, APPDIR: mounted, PORTABLE_EXECUTABLE_FILE: portable } = env;
  const args = [...(appPath === null ? [] : [appPath]), `--${HIDDEN_SWITCH}`];
  // Another program's AppImage may have started this one, and hands its variables on.
  if (image && mounted && execPath.startsWith(`${mounted}/`)) return { file: image, args };
  return { file: portable || execPath, args };
}

/** Desktop Application Autostart Specification; a relative folder there counts as none. */
function autostartFile({ env, home }: LoginFacts): string {
  const chosen = env.XDG_CONFIG_HOME;
  const config = chosen && path.isAbsolute(chosen) ? chosen : path.join(home, '.config');
  return path.join(config, 'autostart', 'secret-call.desktop');
}

class AutostartFile implements StartAtLogin {
  readonly #file: string;
  readonly #program: LoginProgram;

  constructor(file: string, program: LoginProgram) {
    this.#file = file;
    this.#program = program;
  }

  async isOn(): Promise<boolean> {
    return (await this.#read())?.enabled ?? false;
  }

  async set(on: boolean): Promise<Result<null, LoginErrorCode>> {
    const text = formatAutostartEntry(this.#program);
    if (on && text === null) return fail('login-path');
    const done = on && text !== null ? replaceFile(this.#file, text) : rm(this.#file, { force: true });
    return done.then(
      () => ok(null),
      () => fail('login-file'),
    );
  }

  async mend(): Promise<void> {
    const entry = await this.#read();
    if (!entry?.enabled || entry.program === null || (await isThere(entry.program))) return;
    await this.set(true);
  }

  async #read() {
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    return text === null ? null : parseAutostartEntry(text);
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Windows and macOS keep it themselves. */
class LoginItem implements StartAtLogin {
  readonly #app: LoginFacts['app'];
  readonly #item: { readonly path: string; readonly args: string[] };

  constructor(app: LoginFacts['app'], { file, args }: LoginProgram) {
    this.#app = app;
    this.#item = { path: file, args: [...args] };
  }

  async isOn(): Promise<boolean> {
    const { openAtLogin, executableWillLaunchAtLogin } = this.#app.getLoginItemSettings(this.#item);
    // Windows' Task Manager leaves it there, switched off; macOS does not tell the second.
    return openAtLogin && executableWillLaunchAtLogin !== false;
  }

  async set(on: boolean): Promise<Result<null, LoginErrorCode>> {
    this.#app.setLoginItemSettings({ ...this.#item, openAtLogin: on, enabled: on });
    return (await this.isOn()) === on ? ok(null) : fail('login-refused');
  }

  /** An installer puts the program where it was before. */
  async mend(): Promise<void> {}
}
