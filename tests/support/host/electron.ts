/** Owns a real desktop app under test: its runtime, its display, a profile and data directory of its own, and its end. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { afterAll, beforeAll, describe } from 'vitest';
import type { HostPreferences } from '../../../main/common/host-api/snapshot.ts';
import { findProgram } from '../process/find-program.ts';

/** Tests, bench and screenshots run in the project's own folder; bundled, they do not lie where they are written. */
export const projectRoot = path.resolve('.');

const PROGRAM = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' } as const;
const DISPLAY_TIMEOUT_MS = 15_000;
/** A main thread that stands still hears no SIGTERM. */
const END_TIMEOUT_MS = 20_000;

/** No tunnel, any port, no server of anybody else. */
const QUIET_PREFERENCES: Partial<HostPreferences> = {
  mode: 'group',
  capacity: 6,
  port: 0,
  tunnel: 'none',
  iceServers: [],
  language: 'en',
};

/** The runtime that `npm start` would use, or null where there is none. */
export function findElectron(): string | null {
  const packaged = path.join(projectRoot, 'node_modules/electron/dist');
  const directory = process.env.ELECTRON_OVERRIDE_DIST_PATH || packaged;
  const name = process.platform in PROGRAM ? PROGRAM[process.platform as keyof typeof PROGRAM] : 'electron';
  const program = path.join(directory, name);
  return existsSync(program) ? program : null;
}

/** Apps that had to be, in this process: told at the end of the suite, so that all else it has started is ended first. */
let killed = 0;

const xvfb = findProgram(['Xvfb']);

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Why no desktop app can be started on this machine; null where it can. */
export function desktopObstacle(): string | null {
  if (!findElectron()) return 'no Electron runtime here';
  if (!hasDisplay() && !xvfb) return 'no display and no Xvfb here';
  return null;
}

/** A suite that needs the app: it brings a display, or is skipped with the reason in its title. */
export function describeDesktop(title: string, suite: () => void, obstacle = desktopObstacle()): void {
  if (obstacle) {
    describe.skip(`${title} (skipped: ${obstacle})`, suite);
    return;
  }
  describe(title, () => {
    let display: VirtualDisplay | null = null;
    beforeAll(async () => {
      if (!existsSync(path.join(projectRoot, 'dist/main/index.js')))
        throw new Error('run `npm run build` first');
      display = await ensureDisplay();
    });
    afterAll(async () => {
      await display?.stop();
      if (killed > 0) throw new Error(`${killed} apps did not end when they were told to`);
    });
    suite();
  });
}

export interface VirtualDisplay {
  stop(): Promise<void>;
}

/** A display for this process's children where there is none, to be stopped by whoever asked; null where there is one. */
export async function ensureDisplay(): Promise<VirtualDisplay | null> {
  return hasDisplay() ? null : startDisplay();
}

/** Starts Xvfb on a number it chooses itself and lets this process's children use it. */
async function startDisplay(): Promise<VirtualDisplay> {
  if (!xvfb) throw new Error('no Xvfb');
  const child = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  process.env.DISPLAY = `:${await displayNumber(child)}`;
  return {
    async stop() {
      delete process.env.DISPLAY;
      child.kill();
      await ended;
    },
  };
}

function displayNumber(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb did not start')), DISPLAY_TIMEOUT_MS);
    let text = '';
    child.once('error', reject);
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
  });
}

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly process: ChildProcess;
  readonly dataDirectory: string;
  /** The preferences as they lie on the disk. */
  savedPreferences(): HostPreferences;
  /** Resolves with the exit code once the process has ended. */
  readonly exited: Promise<number | null>;
  /** Ends the app if it still runs, and takes its directories away. One that does not heed SIGTERM fails its suite. */
  dispose(): Promise<void>;
}

/** Command line of the app with a profile of its own. */
export function appArguments(profileDirectory: string, appPath = projectRoot): string[] {
  return ['--no-sandbox', `--user-data-dir=${profileDirectory}`, appPath];
}

/** Nothing of the desktop that the tests run on: no tray of its, no notifications. */
const NO_SESSION_BUS = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' };

/**
 * Main's young garbage is kept longer: an answer that Playwright waits for counts as garbage until main comes to say it, and one
 * that is collected until then fails the test ("Resulting promise was garbage collected").
 */
const RARE_COLLECTIONS = '--js-flags=--min-semi-space-size=16 --initial-heap-size=256';

/** What an app finds as it starts. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Where its package.json lies; the project's own unless said. */
  readonly appPath?: string;
  /** In its data directory, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts the built app and waits for its window. `chromiumArguments`: switches for the browser inside. */
export async function launchDesktop(
  preferences: Partial<HostPreferences> = {},
  chromiumArguments: readonly string[] = [],
  { env = {}, files = {}, appPath }: Surroundings = {},
): Promise<Desktop> {
  const executablePath = findElectron();
  if (!executablePath) throw new Error('no Electron runtime');
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'secret-call-desktop-'));
  const settingsFile = path.join(dataDirectory, 'settings.json');
  await writeFile(settingsFile, JSON.stringify({ ...QUIET_PREFERENCES, ...preferences }));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dataDirectory, name), text);
  const app = await electron.launch({
    executablePath,
    cwd: projectRoot,
    args: [
      RARE_COLLECTIONS,
      ...chromiumArguments,
      ...appArguments(path.join(dataDirectory, 'profile'), appPath),
    ],
    env: {
      ...definedEnvironment(),
      ...NO_SESSION_BUS,
      SECRET_CALL_DATA: dataDirectory,
      XDG_CONFIG_HOME: path.join(dataDirectory, 'config'),
      ...env,
    },
  });
  const child = app.process();
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    app,
    page: await app.firstWindow(),
    process: child,
    dataDirectory,
    exited,
    savedPreferences: () => JSON.parse(readFileSync(settingsFile, 'utf8')) as HostPreferences,
    async dispose() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const patience = setTimeout(() => {
        killed++;
        child.kill('SIGKILL');
      }, END_TIMEOUT_MS);
      await exited;
      clearTimeout(patience);
      await rm(dataDirectory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
