/** Owns an installed app that runs in a clean system: started as its desktop entry says, driven as by a person, ended in order. */

import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import type { Language } from '../../main/common/translate.ts';
import { windowTexts } from '../../renderer/i18n/texts.ts';
import { fakeMicrophone } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { installCallProbe } from '../support/call/call-probe.ts';
import { ensureDisplay } from '../support/host/electron.ts';
import { READY_LINE } from '../support/host/ready-line.ts';
import { toneWav } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';
import { type CleanSystem, HOME, type Kind } from './clean-system.ts';

/** In its microphone. */
export const APP_HZ = 440;
const START_TIMEOUT_MS = 60_000;
const SETTINGS_FOLDER = `${HOME}/.config/Secret Call`;
const SETTINGS = { mode: 'group', capacity: 6, port: 0, tunnel: 'none', iceServers: [] };
const TONE = '/tmp/tone.wav';

/** A process as the kernel shows it (proc(5)). */
interface Seen {
  readonly pid: number;
  readonly type: string;
  /** Numbers it has, one in each namespace of processes that it lies in. */
  readonly numbers: number;
  readonly seccomp: boolean;
}

export class InstalledApp {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  private constructor(child: ChildProcess, ended: Promise<number | null>, browser: Browser, page: Page) {
    this.#child = child;
    this.#ended = ended;
    this.#browser = browser;
    this.page = page;
  }

  /** `command` as it stands in a desktop entry, without what stands for a link. */
  static async start(
    system: CleanSystem,
    kind: Kind,
    command: readonly string[],
    language: Language,
  ): Promise<InstalledApp> {
    const settings = system.at(SETTINGS_FOLDER);
    await mkdir(settings, { recursive: true });
    await writeFile(path.join(settings, 'settings.json'), JSON.stringify({ ...SETTINGS, language }));
    await writeFile(system.at(TONE), toneWav(APP_HZ));
    for (const folder of [settings, path.dirname(settings), path.join(settings, 'settings.json')])
      await chown(folder, 1000, 1000);
    const portFile = path.join(settings, 'DevToolsActivePort');
    await rm(portFile, { force: true });
    const [program = '', ...others] = command;
    const switches = ['--remote-debugging-port=0', '--use-fake-ui-for-media-stream', ...fakeMicrophone(TONE)];
    const child = system.start(kind, [program, ...switches, ...others]);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    let printed = '';
    let complained = '';
    child.stdout?.on('data', (data: Buffer) => {
      printed += data.toString();
    });
    child.stderr?.on('data', (data: Buffer) => {
      complained += data.toString();
    });
    try {
      const hasEnded = () => child.exitCode ?? child.signalCode;
      const isOver = () => printed.includes(READY_LINE) || hasEnded() !== null;
      await until('the window', isOver, (over) => over, START_TIMEOUT_MS);
      if (hasEnded() !== null) throw new Error(`it ended with ${hasEnded()}: ${complained.trim()}`);
      const [port] = readFileSync(portFile, 'utf8').split('\n');
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const page = browser.contexts()[0]?.pages()[0];
      if (!page) throw new Error('there is no window');
      return new InstalledApp(child, ended, browser, page);
    } catch (error) {
      killAll(child);
      await ended;
      throw error;
    }
  }

  /** Presses Host; gives the link. */
  async host(language: Language = 'en'): Promise<string> {
    const name = windowTexts[language]('setup.host');
    await this.page.getByRole('button', { name, exact: true }).click();
    return (await this.page.getByRole('link').first().getAttribute('href')) ?? '';
  }

  /** The window with the call of the own room. */
  async openCall(): Promise<Page> {
    const context = this.#browser.contexts()[0];
    if (!context) throw new Error('there is no window');
    await context.addInitScript(installCallProbe);
    await context.addInitScript(leaveTonesAsTheyAre);
    const [page] = await Promise.all([
      context.waitForEvent('page'),
      this.page.evaluate(() => (Reflect.get(globalThis, 'host') as HostBridge).talkHere()),
    ]);
    return page;
  }

  /** Opens the call of the own room and types the name there. */
  async talkHere(name: string): Promise<Guest> {
    return Guest.at(await this.openCall(), name);
  }

  /** What keeps its pages from the system: no way out of their processes, and few calls into the kernel. */
  sandbox(): string {
    const all = this.#processes();
    const main = all.find(({ type }) => type === '');
    const pages = all.filter(({ type }) => type === 'renderer');
    if (!main || pages.length === 0) throw new Error('no page runs');
    const open = pages.filter(({ numbers, seccomp }) => numbers <= main.numbers || !seccomp);
    if (open.length > 0) throw new Error(`${open.length} of ${pages.length} pages run outside of a sandbox`);
    return `${pages.length} of ${pages.length} pages in namespaces of their own, filtered by seccomp`;
  }

  /** SIGTERM, as at a shutdown; throws unless it ends in order. */
  async end(): Promise<void> {
    await this.#browser.close();
    const pid = this.#processes().find(({ type }) => type === '')?.pid;
    if (pid !== undefined) process.kill(pid, 'SIGTERM');
    const code = await this.#ended;
    if (code !== 0) throw new Error(`it ended with ${code}`);
  }

  async kill(): Promise<void> {
    killAll(this.#child);
    await this.#ended;
  }

  /** It and all below it. */
  #processes(): Seen[] {
    return processesBelow(this.#child.pid);
  }
}

/** Runs in the page before its own scripts: a lasting sine is what noise suppression is there to take away, and beside one that is heard, echo cancellation. */
function leaveTonesAsTheyAre(): void {
  const { mediaDevices } = navigator;
  const realGetUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wanted) => {
    const audio = typeof wanted?.audio === 'object' ? wanted.audio : {};
    return realGetUserMedia({
      ...wanted,
      audio: { ...audio, noiseSuppression: false, echoCancellation: false },
    });
  };
}

function processesBelow(root: number | undefined): Seen[] {
  const all = readdirSync('/proc').map(Number).filter(Number.isSafeInteger).flatMap(readProcess);
  const family = new Set(root === undefined ? [] : [root]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => pid !== root && family.has(pid));
}

/** All that it started as well: whoever becomes another user no longer dies with his parent (prctl(2), PR_SET_PDEATHSIG). */
function killAll(child: ChildProcess): void {
  for (const { pid } of processesBelow(child.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone by itself, or with the first of its namespace.
    }
  }
  child.kill('SIGKILL');
}

function readProcess(pid: number): (Seen & { readonly parent: number })[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
    const type = /--type=([\w-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? '';
    const numbers = field('NSpid').split('\t').length;
    return [{ pid, parent: Number(field('PPid')), type, numbers, seccomp: field('Seccomp') === '2' }];
  } catch {
    return [];
  }
}

/** Starts it on a display, and ends it in order; kills it where something went wrong. */
export async function withApp<Result>(
  system: CleanSystem,
  command: readonly string[],
  use: (app: InstalledApp) => Promise<Result>,
  { kind = 'whole', language = 'en' }: { readonly kind?: Kind; readonly language?: Language } = {},
): Promise<Result> {
  const display = await ensureDisplay();
  try {
    const app = await InstalledApp.start(system, kind, command, language);
    try {
      const result = await use(app);
      await app.end();
      return result;
    } finally {
      await app.kill();
    }
  } finally {
    await display?.stop();
  }
}
