/** Owns the desktop app's entry: what must happen before Electron is ready, and one instance at a time. */

import path from 'node:path';
import { app, Menu, protocol, session } from 'electron';
import type { DesktopApp } from './desktop/app.ts';
import { APP_SCHEME } from './desktop/app-scheme.ts';
import { applicationMenuTemplate } from './desktop/menu.ts';
import { confineContents, hardenSession } from './desktop/windows/harden.ts';
import { createWindow, openWindow } from './desktop/windows/host-window.ts';

/** Printed once a window is up; scripts/start.mjs waits for the same line. */
const READY_LINE = 'secret-call: ready';

const dist = path.join(app.getAppPath(), 'dist');

// Whoever started the app may be gone; that is no reason to fail.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// As root the two together end in a crash loop; the window's own sandbox is on in any case.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([APP_SCHEME]);

if (app.requestSingleInstanceLock()) {
  // No top-level await here: an ECMAScript main module that awaits readiness never becomes ready.
  const opened = app.whenReady().then(openApp);
  const raise = () =>
    void opened.then(
      (desktop) => desktop.raise(),
      () => {},
    );
  app.on('second-instance', raise);
  app.on('activate', raise);
  opened.then(
    () => reportReady(),
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
  const template = applicationMenuTemplate(process.platform, app.name);
  Menu.setApplicationMenu(template && Menu.buildFromTemplate(template));
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  const rendererDirectory = path.join(dist, 'renderer');
  const icon = path.join(rendererDirectory, 'icon.png');
  const preload = path.join(dist, 'preload');
  const window = createWindow(path.join(preload, 'index.cjs'), icon);
  const desktop = import('./desktop/app.ts').then(({ DesktopApp }) =>
    DesktopApp.connect(window, {
      pageDirectory: path.join(dist, 'web-client'),
      callPreload: path.join(preload, 'call.cjs'),
      icon,
    }),
  );
  hardenSession(session.defaultSession, rendererDirectory, desktop);
  const [connected] = await Promise.all([desktop, openWindow(window)]);
  return connected;
}

function reportReady(done?: () => void): void {
  process.stdout.write(`${READY_LINE}\n`, done);
}
