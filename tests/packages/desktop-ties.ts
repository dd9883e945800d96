/** Owns whether a Linux desktop takes an installed app for what its entry says: its windows, its icon, the links that it opens. */

import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../support/process/find-program.ts';
import type { CleanSystem } from './clean-system.ts';
import { expectNone, NotHere } from './report.ts';

const runFile = promisify(execFile);

export const ENTRY = 'usr/share/applications/secret-call.desktop';
const SCHEME_HANDLER = 'x-scheme-handler/secret-call';

/** What stands in the desktop entry under a key. */
export async function entryField(root: string, key: string): Promise<string> {
  const entry = await readFile(path.join(root, ENTRY), 'utf8');
  return new RegExp(`^${key}=(.*)$`, 'm').exec(entry)?.[1] ?? '';
}

/** A dock groups windows under the entry that names their class (WM_CLASS), or is called by it, and shows its icon for them. */
export async function checkWindowClass(root: string): Promise<string> {
  if (!findProgram(['xwininfo'])) throw new NotHere('no xwininfo (x11-utils)');
  const wanted = [await entryField(root, 'StartupWMClass'), path.basename(ENTRY, '.desktop')];
  const { stdout } = await runFile('xwininfo', ['-root', '-tree']);
  const classes = [...stdout.matchAll(/"Secret Call": \("([^"]*)" "([^"]*)"\)/g)].map(
    ([, ...names]) => names,
  );
  if (classes.length === 0) throw new Error('there is no window of its name');
  expectNone(
    `not of ${wanted.join(' or ')}`,
    classes.filter((names) => !names.some((name) => wanted.includes(name))).map((names) => names.join(', ')),
  );
  return `WM_CLASS ${classes.flat().join(', ')}: as the entry says`;
}

/** As a browser asks where a link of the app is to be opened. */
export async function checkLinkHandler(system: CleanSystem): Promise<string> {
  const handler = await system.run('xdg-mime', 'query', 'default', SCHEME_HANDLER);
  if (handler.trim() !== path.basename(ENTRY)) throw new Error(`opened by ${handler.trim() || 'nobody'}`);
  return `xdg-mime: ${SCHEME_HANDLER} is for ${handler.trim()}`;
}

/** A theme is searched in those folders alone that its index lists. */
export async function checkIcons(root: string): Promise<string> {
  const theme = path.join(root, 'usr/share/icons/hicolor');
  const listed =
    /^Directories=(.*)$/m.exec(await readFile(path.join(theme, 'index.theme'), 'utf8'))?.[1] ?? '';
  const name = await entryField(root, 'Icon');
  const files = (await readdir(theme, { recursive: true })).filter((file) =>
    [`${name}.png`, `${name}.svg`].includes(path.basename(file)),
  );
  const folders = files.map((file) => path.dirname(file));
  expectNone(
    'in a folder that the theme does not list',
    folders.filter((folder) => !listed.split(',').includes(folder)),
  );
  if (folders.length < 9) throw new Error(`only ${folders.join(', ')}`);
  return folders.map((folder) => folder.split('/')[0]).join(', ');
}
