/** Owns the life of one package in a clean system: installed, started, talked in, upgraded while it runs, and removed. */

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright';
import { findChromium, launchChromium } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { writeTone } from '../support/sound/tone.ts';
import { type CleanSystem, HOME } from './clean-system.ts';
import { checkDebianPolicy, checkProgram, checkSystemFiles } from './contents.ts';
import { checkLinkHandler, checkWindowClass } from './desktop-ties.ts';
import type { Format } from './formats.ts';
import { APP_HZ, type InstalledApp, withApp } from './installed-app.ts';
import { compareLooks } from './looks.ts';
import { type CheckReport, expectNone, NotHere } from './report.ts';

const GUEST_HZ = 700;

/** Folders with the packages of this version and of the next, and what the next is called. */
export interface Versions {
  readonly now: string;
  readonly next: string;
  readonly version: string;
  /** Where pictures go. */
  readonly pictures: string;
}

async function fileIn(folder: string, { ending, key }: Format): Promise<string> {
  const name = (await readdir(folder)).find((entry) => ending.test(entry));
  if (name === undefined) throw new Error(`no ${key} was made`);
  return path.join(folder, name);
}

/** Host and guest hear each other's tone; where something happens meanwhile, a second guest comes after it. */
async function talk(
  app: InstalledApp,
  browser: Browser,
  meanwhile?: () => Promise<unknown>,
): Promise<string> {
  const invite = await app.host();
  const host = await app.talkHere('Host');
  await host.join();
  const profile = await Guest.profile(browser);
  const guest = await Guest.open(profile, invite, 'Guest');
  await guest.join();
  await guest.hears(APP_HZ);
  await host.hears(GUEST_HZ);
  if (meanwhile !== undefined) {
    await meanwhile();
    const late = await Guest.open(profile, invite, 'Late');
    await late.join();
    await late.hears(APP_HZ, GUEST_HZ);
    await host.hears(GUEST_HZ, GUEST_HZ);
    expectNone('faults of the page', late.faults);
  }
  expectNone('faults of the page', guest.faults);
  await profile.close();
  return `${APP_HZ} Hz heard in Chromium, ${GUEST_HZ} Hz in the app`;
}

async function withBrowser<Result>(
  folder: string,
  use: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const executable = findChromium();
  if (executable === null) throw new NotHere('no Chromium');
  const browser = await launchChromium(executable, { tonePath: await writeTone(folder, GUEST_HZ) });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

export async function tryFormat(
  report: CheckReport,
  format: Format,
  system: CleanSystem | null,
  versions: Versions,
): Promise<void> {
  const { key } = format;
  const file = await fileIn(versions.now, format);
  const next = await fileIn(versions.next, format);
  if (key === 'deb') await checkDebianPolicy(report, file);
  if (system === null) {
    await report.point(key, 'installed', () => Promise.reject(new NotHere('no clean system here')));
    return;
  }
  const installed = await report.point(key, 'installed', async () => {
    if (!format.fetchesLibraries) await system.installLibraries();
    await format.install(system, file);
    return `version ${await format.version(system)}`;
  });
  if (!installed) return;
  await checkProgram(report, key, system.at(await format.folder(system)));
  if (format.registers) await checkSystemFiles(report, key, system.folder);

  const command = await format.command(system);
  if (format.registers) {
    await report.point(key, 'links', () => checkLinkHandler(system));
    await report.point(key, 'window class', () =>
      withApp(system, command, () => checkWindowClass(system.folder)),
    );
  }
  await report.point(key, 'sandbox', () => withApp(system, command, async (app) => app.sandbox()));
  await report.point(key, 'sandbox without user namespaces', async () => {
    if (!format.registers) throw new NotHere('wants the helper, which only a package installs');
    return withApp(system, command, async (app) => app.sandbox(), { kind: 'confined' });
  });
  await report.point(key, 'looks', async () => {
    if (key !== 'deb') throw new NotHere('looked at in the deb');
    return compareLooks(system, command, versions.pictures);
  });
  await report.point(key, 'a call, upgraded in it', () =>
    withBrowser(versions.now, (browser) =>
      withApp(system, command, (app) => talk(app, browser, () => format.upgrade(system, next))),
    ),
  );
  await report.point(key, 'the next version', async () => {
    const version = await format.version(system);
    if (version !== versions.version) throw new Error(`it is still ${version}`);
    const nextCommand = await format.command(system);
    return withBrowser(versions.now, (browser) => withApp(system, nextCommand, (app) => talk(app, browser)));
  });
  await report.point(key, 'removed', async () => {
    await format.remove(system);
    expectNone('left behind', await system.pathsOf('secret-call'));
    const settings = await readdir(system.at(HOME, '.config/Secret Call'));
    if (!settings.includes('settings.json')) throw new Error('the settings are gone');
    return 'nothing of its name is left but the settings';
  });
}
