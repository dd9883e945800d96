/**
 * Owns knowing whether anybody shows tray icons. On Linux Electron does not tell: its icon is made without an error where no
 * desktop shows any. So the session bus is asked, by a program of the desktop's own, before a window is hidden into one.
 */

import { execFile } from 'node:child_process';
import { findOnPath, type ProgramEnvironment } from '../../tunnel/process/executables.ts';

/** Longer than a busy desktop takes; who closes a window waits for it. */
export const BUS_TIMEOUT_MS = 1_000;

const ANSWER_MAX_BYTES = 4_096;

const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';

/** A call to the bus in the words of one of the programs that make such calls. */
interface BusClient {
  readonly program: string;
  readonly argumentsFor: (call: BusCall) => readonly string[];
}

interface BusCall {
  readonly service: string;
  readonly path: string;
  readonly method: string;
  readonly texts: readonly string[];
}

/** GLib's and the bus's own: hardly a desktop is without both. */
const CLIENTS: readonly BusClient[] = [
  {
    program: 'gdbus',
    argumentsFor: ({ service, path, method, texts }) => [
      ...['call', '--session', '--timeout', '1', '--dest', service],
      ...['--object-path', path, '--method', method, ...texts],
    ],
  },
  {
    program: 'dbus-send',
    argumentsFor: ({ service, path, method, texts }) => [
      ...['--session', `--reply-timeout=${BUS_TIMEOUT_MS}`, '--print-reply=literal', `--dest=${service}`],
      ...[path, method, ...texts.map((text) => `string:${text}`)],
    ],
  },
];

/** The watcher knows of icons; only a host of it shows any. */
const QUESTIONS: readonly BusCall[] = [
  // Asked of the bus first, for asking the watcher would start one where it is only installed.
  { service: BUS, path: '/org/freedesktop/DBus', method: `${BUS}.NameHasOwner`, texts: [WATCHER] },
  {
    service: WATCHER,
    path: '/StatusNotifierWatcher',
    method: `${BUS}.Properties.Get`,
    texts: [WATCHER, 'IsStatusNotifierHostRegistered'],
  },
];

export interface TrayHostFacts {
  readonly platform: NodeJS.Platform;
  /** The program's absolute path, null where it is not there. */
  readonly find: (program: string) => Promise<string | null>;
  /** What the program printed, null where it failed or took too long. */
  readonly run: (file: string, args: readonly string[]) => Promise<string | null>;
}

/** Whether an icon in the tray would be seen now. */
export async function hasTrayHost({ platform, find, run }: TrayHostFacts): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const { program, argumentsFor } of CLIENTS) {
    const file = await find(program);
    if (file === null) continue;
    for (const question of QUESTIONS) {
      if (!saysYes(await run(file, argumentsFor(question)))) return false;
    }
    return true;
  }
  return false;
}

/** `(true,)`, `(<true>,)`, `boolean true`, `variant boolean true`. */
const saysYes = (answer: string | null): boolean => answer !== null && /\btrue\b/.test(answer);

/** @param environment of this process */
export const trayHostFacts = (
  environment: ProgramEnvironment,
  timeoutMs = BUS_TIMEOUT_MS,
): TrayHostFacts => ({
  platform: environment.platform,
  find: (program) => findOnPath(program, environment),
  run: (file, args) =>
    new Promise((resolve) => {
      const options = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: ANSWER_MAX_BYTES } as const;
      execFile(file, [...args], options, (error, answer) => resolve(error === null ? answer : null));
    }),
});
