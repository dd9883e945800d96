/** Owns whether an installed app looks like the sources: both run in one system, with its fonts, and their windows are photographed. */

import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import type { Language } from '../../main/common/translate.ts';
import { windowTexts } from '../../renderer/i18n/texts.ts';
import { findElectron, projectRoot } from '../support/host/electron.ts';
import type { CleanSystem } from './clean-system.ts';
import { type InstalledApp, withApp } from './installed-app.ts';
import { expectNone, NotHere } from './report.ts';

const LOOK_LANGUAGES: readonly Language[] = ['en', 'ru'];
const SIZES = [
  { width: 920, height: 660 },
  { width: 390, height: 844 },
];

/** Of the sources in the system, with the runtime that the package was made of. */
const SOURCES = '/opt/sources';
const RUNTIME = '/opt/runtime';

/** By the name of screen, language and size. */
type Pictures = ReadonlyMap<string, Buffer>;

/** Puts the sources as built, and the runtime, beside what is installed; gives what starts them. */
async function layOutSources(system: CleanSystem): Promise<string[]> {
  const electron = findElectron();
  if (electron === null) throw new NotHere('no Electron runtime of the sources');
  await cp(path.dirname(electron), system.at(RUNTIME), { recursive: true });
  for (const part of ['package.json', 'dist/main', 'dist/preload', 'dist/renderer', 'dist/web-client'])
    await cp(path.join(projectRoot, part), system.at(SOURCES, part), { recursive: true });
  return [path.posix.join(RUNTIME, path.basename(electron)), SOURCES];
}

/** Runs in the window: writes over what no two rooms have alike, each letter by the same one. */
function evenOut(invite: string): void {
  const { port, hash } = new URL(invite);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
    node.nodeValue = (node.nodeValue ?? '')
      .replaceAll(port, '00000')
      .replaceAll(hash, hash.replaceAll(/[\w-]/g, 'x'));
}

/** The window before and while it hosts, and the window of a call. */
async function photograph(app: InstalledApp, language: Language): Promise<Pictures> {
  const pictures = new Map<string, Buffer>();
  const take = async (screen: string, page: Page) => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // Where a pointer happens to lie is nothing of the look.
      await page.mouse.move(0, 0);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      pictures.set(`${screen}-${language}-${size.width}x${size.height}`, picture);
    }
  };
  const { page } = app;
  await page.getByRole('button', { name: windowTexts[language]('setup.host'), exact: true }).waitFor();
  await take('setup', page);
  await page.evaluate(evenOut, await app.host(language));
  await take('live', page);
  const call = await app.openCall();
  await take('call', call);
  return pictures;
}

/** Names of the pictures that are not the same to the last pixel; all are kept, to be looked at. */
async function differingPictures(installed: Pictures, sources: Pictures, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const [whose, pictures] of [['installed', installed] as const, ['sources', sources] as const])
    for (const [name, picture] of pictures)
      await writeFile(path.join(folder, `${name}-${whose}.png`), picture);
  return [...installed].flatMap(([name, picture]) => (sources.get(name)?.equals(picture) ? [] : [name]));
}

/** Both languages, in the installed app that `command` starts and in the sources; `folder` gets the pictures. */
export async function compareLooks(
  system: CleanSystem,
  command: readonly string[],
  folder: string,
): Promise<string> {
  const sources = await layOutSources(system);
  const different: string[] = [];
  let count = 0;
  for (const language of LOOK_LANGUAGES) {
    const see = (app: InstalledApp) => photograph(app, language);
    const installed = await withApp(system, command, see, { language });
    const asBuilt = await withApp(system, sources, see, { language });
    different.push(...(await differingPictures(installed, asBuilt, folder)));
    count += installed.size;
  }
  expectNone(`differ (see ${folder})`, different);
  return `${count} pictures in ${folder}, each the same to the pixel as of the sources`;
}
