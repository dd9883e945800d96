/** Owns the hardening of sessions and contents: no network, no permission, no other page than the app's own. */

import type { Session, WebContents } from 'electron';
import { createWindowFileHandler, isWindowUrl, WINDOW_URL } from '../app-scheme.ts';

/** Everything that could reach a network or a disk; the window's own scheme is not among them. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/**
 * Takes every permission, device, download and outside address away from the session, and serves the window's files: the
 * document at once, so that the process that shows it is begun, and what could ask for anything once somebody answers it.
 */
export function hardenSession(session: Session, rendererDirectory: string, answered: Promise<unknown>): void {
  const serve = createWindowFileHandler(rendererDirectory);
  session.protocol.handle('app', async (request) => {
    if (request.url !== WINDOW_URL) await answered;
    return serve(request);
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, decide) => decide({ cancel: true }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Keeps contents where they are: no other page, no further window, no embedded view. */
export function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!isWindowUrl(event.url) || !event.isMainFrame) event.preventDefault();
  });
}
