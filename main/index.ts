/** Owns the desktop app's entry: what must happen before Electron is ready, and one instance at a time. */

import path from 'node:path';
import { app, protocol } from 'electron';
import { DesktopApp } from './desktop/app.ts';
import { WINDOW_SCHEME } from './desktop/app-scheme.ts';

/** Printed once a window is up; scripts/start.mjs waits for the same line. */
const READY_LINE = 'secret-call: ready';

const dist = path.join(app.getAppPath(), 'dist');

// Whoever started the app may be gone; that is no reason to fail.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// As root the two together end in a crash loop; the window's own sandbox is on in any case.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([WINDOW_SCHEME]);

if (app.requestSingleInstanceLock()) {
  // No top-level await here: an ECMAScript main module that awaits readiness never becomes ready.
  const opened = app.whenReady().then(() =>
    DesktopApp.open({
      preloadFile: path.join(dist, 'preload', 'index.cjs'),
      rendererDirectory: path.join(dist, 'renderer'),
      pageDirectory: path.join(dist, 'web-client'),
    }),
  );
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

function reportReady(done?: () => void): void {
  process.stdout.write(`${READY_LINE}\n`, done);
}
