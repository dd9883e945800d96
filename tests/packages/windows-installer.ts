/** Owns trying on Linux what our own lines add to the Windows installer: compiled around a stand-in, and run under Wine. */

import { execFile } from 'node:child_process';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../support/process/find-program.ts';
import { type CheckReport, expectNone, NotHere } from './report.ts';

const runFile = promisify(execFile);
const WINE_TIMEOUT_MS = 120_000;
const SETUP = 'secret-call-setup.exe';

/** Wine names its person as the system does; this one has a blank and letters outside of ASCII. */
const PERSON = 'Аня Б';
const PERSONS_FOLDER = `users/${PERSON}/AppData/Local/Programs/secret-call`;
/** Without a blank, for Wine would put the argument into quotation marks, which the installer does not take. */
const LONG_FOLDER = `${'папка-с-очень-длинным-именем/'.repeat(7)}secret-call`;
const KEY = 'Software\\\\Classes\\\\secret-call';

/** As electron-builder's own script calls the two, for one person and without an administrator. */
const script = (macros: string) => `Unicode true
Target amd64-unicode
!define APP_EXECUTABLE_FILENAME "secret-call.exe"
!include "${macros}"
Name "Secret Call"
OutFile "${SETUP}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\\Programs\\secret-call"
Section
  SetShellVarContext current
  SetOutPath $INSTDIR
  File secret-call.exe
  WriteUninstaller "$INSTDIR\\Uninstall.exe"
  !insertmacro customInstall
SectionEnd
Section Uninstall
  SetShellVarContext current
  !insertmacro customUnInstall
  RMDir /r $INSTDIR
SectionEnd
`;

/** A prefix of Wine's own, and what stands in its registry for the person. */
class WinePrefix {
  readonly #program: string;
  readonly #folder: string;

  constructor(program: string, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  async run(program: string, ...args: readonly string[]): Promise<void> {
    const env = {
      ...process.env,
      ...{ WINEPREFIX: this.#folder, WINEDEBUG: '-all', LC_ALL: 'C.UTF-8' },
      ...{ USER: PERSON, LOGNAME: PERSON, HOME: path.dirname(this.#folder) },
    };
    await runFile(this.#program, [program, ...args], { env, timeout: WINE_TIMEOUT_MS });
    // It writes the registry down as its server ends.
    const server = findProgram(['wineserver'], ['/usr/lib/wine/wineserver64', '/usr/lib/wine/wineserver']);
    if (server !== null) await runFile(server, ['-w'], { env, timeout: WINE_TIMEOUT_MS });
  }

  /** Letters outside of ASCII stand there by number. */
  async registry(): Promise<string> {
    const text = await readFile(path.join(this.#folder, 'user.reg'), 'utf8');
    return text.replace(/\\x([0-9a-f]{1,4})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }

  /** On drive C. */
  at(...parts: readonly string[]): string {
    return path.join(this.#folder, 'drive_c', ...parts);
  }
}

export async function tryWindowsInstaller(report: CheckReport, work: string): Promise<void> {
  const of = 'nsis';
  const compiled = await report.point(of, 'our lines compile', async () => {
    const compiler = findProgram(['makensis']);
    if (compiler === null) throw new NotHere('no makensis');
    await writeFile(path.join(work, 'secret-call.exe'), 'stand-in');
    await writeFile(path.join(work, 'setup.nsi'), script(path.resolve('assets/installer.nsh')));
    await runFile(compiler, ['-V2', '-WX', 'setup.nsi'], { cwd: work });
    return 'by makensis, without a warning';
  });
  const wine = findProgram(['wine64'], ['/usr/lib/wine/wine64']);
  if (!compiled || wine === null) {
    await report.point(of, 'runs', () => Promise.reject(new NotHere('no makensis, or no 64-bit Wine')));
    return;
  }
  const prefix = new WinePrefix(wine, path.join(work, 'wine'));
  await tryPlace(report, prefix, {
    of: 'nsis',
    setup: path.join(work, SETUP),
    folder: PERSONS_FOLDER,
    chosen: false,
  });
  // Windows' own bound is 260 characters for a whole path.
  await tryPlace(report, prefix, {
    of: 'nsis, long path',
    setup: path.join(work, SETUP),
    folder: LONG_FOLDER,
    chosen: true,
  });
}

interface Place {
  readonly of: string;
  readonly setup: string;
  /** On drive C. */
  readonly folder: string;
  /** Or where the installer goes by itself. */
  readonly chosen: boolean;
}

/** Installs there, looks at what links open, and removes it again. */
async function tryPlace(
  report: CheckReport,
  prefix: WinePrefix,
  { of, setup, folder, chosen }: Place,
): Promise<void> {
  const inWindows = `C:\\${folder.replaceAll('/', '\\')}`;
  await report.point(of, 'installs', async () => {
    await prefix.run(setup, '/S', ...(chosen ? [`/D=${inWindows}`] : []));
    await access(prefix.at(folder, 'secret-call.exe'));
    return inWindows;
  });
  await report.point(of, 'links open it, never with a switch', async () => {
    const registry = await prefix.registry();
    const command = `"${inWindows}\\secret-call.exe" -- "%1"`;
    if (!registry.includes(`[${KEY}\\\\shell\\\\open\\\\command]`)) throw new Error('no command for links');
    if (!registry.includes(JSON.stringify(command))) throw new Error('another command');
    return command;
  });
  await report.point(of, 'removed', async () => {
    await prefix.run(`${inWindows}\\Uninstall.exe`, '/S', `_?=${inWindows}`);
    if ((await prefix.registry()).includes(`[${KEY}`)) throw new Error('links are still for it');
    const left = await readdir(prefix.at(folder)).catch(() => []);
    expectNone(
      'left behind',
      left.filter((name) => name !== 'Uninstall.exe'),
    );
    return 'nothing is left in folder and registry';
  });
}
