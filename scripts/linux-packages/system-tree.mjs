// @ts-check
/** Owns where the packed app lies on a Linux system, alike in every package that installs it. */

import { chmod, cp, lutimes, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { inProject } from '../project.mjs';
import { desktopEntry, metainfo } from './desktop-files.mjs';
import { MANUAL_FOLDERS, manualPage } from './man-pages.mjs';

/**
 * @typedef {import('./description.mjs').PackageDescription} PackageDescription
 *
 * What is packed: a folder that starts, the moment that all dates in the packages say, and whether it is packed as closely as it goes.
 * @typedef {{ description: PackageDescription, folder: string, date: Date, closely: boolean }} Payload
 */

/** Chromium's helper becomes root for a moment, to shut the app's processes in where the system has no user namespaces for it. */
const SANDBOX_MODE = 0o4755;

/** @param {string} file @param {string | Buffer} text */
async function put(file, text) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Alike whatever the umask here.
 * @param {string} tree */
async function setModes(tree) {
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    // Libraries need no such bit.
    else if (entry.isFile()) await chmod(file, isProgram(entry.name) ? 0o755 : 0o644);
  }
}

/** @param {string} fileName */
const isProgram = (fileName) => ['secret-call', 'chrome_crashpad_handler'].includes(fileName);

/** Packers make only what is newer as old as they are told.
 * @param {string} tree @param {Date} date */
export async function setDates(tree, date) {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  for (const entry of entries) await lutimes(path.join(entry.parentPath, entry.name), date, date);
  await lutimes(tree, date, date);
}

/**
 * Lays the app out below `tree` as below `/`.
 * @param {string} tree
 * @param {Payload} payload
 */
export async function layOut(tree, { description, folder, date }) {
  const { name, desktopEntry: entry, appStreamId } = description;
  const library = path.join(tree, 'usr/lib', name);
  const share = path.join(tree, 'usr/share');
  await mkdir(path.join(tree, 'usr/bin'), { recursive: true });
  await cp(folder, library, { recursive: true });
  await cp(inProject('assets/linux/launcher'), path.join(tree, 'usr/bin', name));
  await put(path.join(share, 'applications', entry), desktopEntry(description));
  await put(path.join(share, 'metainfo', `${appStreamId}.metainfo.xml`), metainfo(description, date));

  const icons = path.join(share, 'icons/hicolor');
  for (const file of await readdir(inProject('assets/icons'))) {
    const side = path.basename(file, '.png');
    await cp(inProject('assets/icons', file), path.join(icons, `${side}x${side}`, 'apps', `${name}.png`));
  }
  await cp(inProject('assets/icon.png'), path.join(icons, '512x512/apps', `${name}.png`));
  await cp(inProject('assets/icon.svg'), path.join(icons, 'scalable/apps', `${name}.svg`));
  for (const [language, manuals] of Object.entries(MANUAL_FOLDERS)) {
    const page = manualPage(description, /** @type {keyof typeof MANUAL_FOLDERS} */ (language), date);
    await put(path.join(share, 'man', manuals, `${name}.1.gz`), gzipSync(page, { level: 9 }));
  }
  await setModes(tree);
  await chmod(path.join(library, 'chrome-sandbox'), SANDBOX_MODE);
}
