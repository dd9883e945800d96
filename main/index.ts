/** Owns the desktop app's entry: what must happen before Electron is ready, and one instance at a time. */

import path from 'node:path';
import { app, Menu, protocol, screen, session } from 'electron';
import type { TimersLike } from './common/platform.ts';
import { dataDirectory, findWorkDirectory } from './data-directory.ts';
import type { DesktopApp } from './desktop/app.ts';
import { APP_SCHEME } from './desktop/app-scheme.ts';
import { DeepLinks, deepLinkIn } from './desktop/deep-links.ts';
import { HIDDEN_SWITCH } from './desktop/login/hidden-start.ts';
import { readSecondStart, type StartFacts } from './desktop/second-start.ts';
import { confineContents, hardenSession } from './desktop/windows/harden.ts';
import { createWindow, HOST_SIZE, loadWindow, openWindow } from './desktop/windows/host-window.ts';
import { WindowMemory } from './desktop/windows/window-memory.ts';

/** Printed once a window is up; scripts/start.mjs waits for the same line. */
const READY_LINE = 'secret-call: ready';

/** As in the packages (electron-builder.yml); Windows shows notifications of programs that it knows by one. */
const APP_ID = 'example.secret-call';

/** Chromium's own name of the feature. */
const NAMES_FOR_ADDRESSES = 'WebRtcHideLocalIpsWithMdns';

const dist = path.join(app.getAppPath(), 'dist');

const timers: TimersLike = {
  setTimeout,
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

// Whoever started the app may be gone; that is no reason to fail.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// As root the two together end in a crash loop; the window's own sandbox is on in any case.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// A page that may hear the microphone shows its own addresses anyway. For the names that stand for others' Chromium listens to the
// whole network (mDNS), and these systems ask the person about it as soon as a call is opened.
if (process.platform !== 'linux') app.commandLine.appendSwitch('disable-features', NAMES_FOR_ADDRESSES);
protocol.registerSchemesAsPrivileged([APP_SCHEME]);
app.setAppUserModelId(APP_ID);

const profile = profileDirectory();
const usualDirectory = process.env.SECRET_CALL_DATA ? dataDirectory() : profile;
// Chromium's own files too: without them the app would take itself for a second one, and end. It writes them to its very last
// moment, so they are left to the system, which clears its temporary files.
const profileWork = findWorkDirectory(profile);
if (profileWork.temporary) app.setPath('userData', profileWork.directory);
const work = usualDirectory === profile ? profileWork : findWorkDirectory(usualDirectory);

const links = new DeepLinks();
// On macOS links come so, one that starts the app even before it is ready.
app.on('open-url', (event, link) => {
  event.preventDefault();
  links.take(link);
});

const ownStart: StartFacts = { version: app.getVersion() };
if (app.requestSingleInstanceLock({ ...ownStart })) {
  const given = deepLinkIn(process.argv);
  if (given !== null) links.take(given);
  // No top-level await here: an ECMAScript main module that awaits readiness never becomes ready.
  const opened = app.whenReady().then(openApp);
  const raise = () =>
    void opened.then(
      (desktop) => desktop.raise(),
      () => {},
    );
  app.on('second-instance', (_event, argv, _directory, facts) => {
    const second = readSecondStart(argv, facts, ownStart.version);
    if (second.kind === 'link') links.take(second.link);
    if (second.kind === 'raise') raise();
    if (second.kind === 'other-version')
      void opened.then(
        (desktop) => desktop.tellOtherVersion(second.version),
        () => {},
      );
  });
  app.on('activate', raise);
  opened.then(
    (desktop) => {
      reportReady();
      links.start((link) => desktop.openLink(link));
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : 'the window could not open'}\n`);
      app.exit(1);
    },
  );
} else {
  // The first instance brings its window up, which is what was asked for.
  reportReady(() => app.exit(0));
}

/**
 * The window's process takes longest to come up, so it is started before the rest of the code is even read; the window's
 * files wait until somebody is there to answer it. Rejects when the window cannot be shown.
 */
async function openApp(): Promise<DesktopApp> {
  // Electron's own has developers' things in it; the app's comes with the person's language.
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  const rendererDirectory = path.join(dist, 'renderer');
  const icon = path.join(rendererDirectory, 'icon.png');
  const preload = path.join(dist, 'preload');
  const memory = new WindowMemory(usualDirectory, screen, timers);
  const placement = memory.placementOf('host', HOST_SIZE);
  const window = createWindow(path.join(preload, 'index.cjs'), icon, placement);
  const desktop = import('./desktop/app.ts').then(({ DesktopApp }) =>
    DesktopApp.connect(window, {
      dataDirectory: usualDirectory,
      workDirectory: work.directory,
      memory,
      timers,
      pageDirectory: path.join(dist, 'web-client'),
      callPreload: path.join(preload, 'call.cjs'),
      keyWatch: path.join(dist, 'main', 'key-watch.js'),
      icon,
      manifest: path.join(app.getAppPath(), 'package.json'),
      pictures: path.join(rendererDirectory, 'tray'),
    }),
  );
  hardenSession(session.defaultSession, rendererDirectory, desktop);
  const opened = startsHidden() ? loadWindow(window) : openWindow(window, placement.maximized);
  const [connected] = await Promise.all([desktop, opened]);
  if (startsHidden()) void connected.startHidden();
  return connected;
}

/** Whether the system started the app, at login; macOS says so in a way of its own. */
const startsHidden = (): boolean =>
  app.commandLine.hasSwitch(HIDDEN_SWITCH) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** Electron makes the folder as it is asked for it, and throws where it cannot. */
function profileDirectory(): string {
  try {
    return app.getPath('userData');
  } catch {
    return dataDirectory();
  }
}

function reportReady(done?: () => void): void {
  process.stdout.write(`${READY_LINE}\n`, done);
}
