/** Owns what a package has to bring, looked at where it is installed. */

import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { searchArchive, wrongFuses } from '../support/host/packed-app.ts';
import { findProgram } from '../support/process/find-program.ts';
import { checkIcons, ENTRY, entryField } from './desktop-ties.ts';
import { type CheckReport, expectNone, NotHere } from './report.ts';

const runFile = promisify(execFile);
const SETUID = 0o4755;
const MODE_BITS = 0o7777;

/** Runs a checker of Debian's; what it complains of is the reason why the point fails. */
async function validate(program: string, ...args: readonly string[]): Promise<string> {
  if (!findProgram([program])) throw new NotHere(`no ${program}`);
  await runFile(program, args).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`${stdout}${stderr}`.trim());
  });
  return `${program} has nothing against it`;
}

/** The packed app: fuses, archive, languages, whatever format it came in. */
export async function checkProgram(report: CheckReport, of: string, folder: string): Promise<void> {
  await report.point(of, 'fuses', async () => {
    expectNone('stand otherwise', await wrongFuses(path.join(folder, 'secret-call')));
    return 'as in electron-builder.yml';
  });
  await report.point(of, 'archive', async () => {
    const found = await searchArchive(path.join(folder, 'resources/app.asar'));
    expectNone('no part of the app', found.strangers);
    expectNone('not what their sums say', found.altered);
    return `${found.files.length} files, each with the sum in the header`;
  });
  await report.point(of, 'languages', async () => {
    const all = await readdir(path.join(folder, 'locales'));
    expectNone(
      'more',
      all.filter((name) => !['en-US.pak', 'ru.pak'].includes(name)),
    );
    return all.join(', ');
  });
}

/** How a system knows the app: entry, icons, page in the shop, the helper of the sandbox. */
export async function checkSystemFiles(report: CheckReport, of: string, root: string): Promise<void> {
  const share = path.join(root, 'usr/share');
  await report.point(of, 'desktop entry', () => validate('desktop-file-validate', path.join(root, ENTRY)));
  await report.point(of, 'AppStream', async () => {
    const [file = ''] = await readdir(path.join(share, 'metainfo'));
    return validate('appstreamcli', 'validate', '--no-net', path.join(share, 'metainfo', file));
  });
  await report.point(of, 'icons', () => checkIcons(root));
  await report.point(of, 'sandbox helper', async () => {
    const { mode, uid } = await stat(path.join(root, 'usr/lib/secret-call/chrome-sandbox'));
    if ((mode & MODE_BITS) !== SETUID || uid !== 0)
      throw new Error(`mode ${mode.toString(8)} of user ${uid}`);
    return 'root’s, mode 4755';
  });
}

/** What the desktop entry starts, without what stands for a link. */
export async function commandOf(root: string): Promise<string[]> {
  const command = await entryField(root, 'Exec');
  return command.split(' ').filter((part) => !part.startsWith('%'));
}

export const checkDebianPolicy = (report: CheckReport, file: string): Promise<boolean> =>
  report.point('deb', 'lintian', () =>
    validate('lintian', '--allow-root', '--fail-on', 'error', '--tag-display-limit', '0', file),
  );
