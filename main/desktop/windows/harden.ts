/** Owns the hardening that every session and all contents have: no network, no permission, no page but the app's own. */

import type { Session, WebContents } from 'electron';
import { createPageHandler, pageUrl } from '../app-scheme.ts';

/** Everything that could reach a network or a disk; the app's own scheme is not among them. */
export const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/** The host's window talks to nobody: it gets everything through the preload's bridge. */
export const WINDOW_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * Takes every permission, device, download and outside address away from the host window's session, and serves its files: the
 * document at once, so that the process that shows it is begun, and what could ask for anything once somebody answers it.
 */
export function hardenSession(hosting: Session, rendererDirectory: string, answered: Promise<unknown>): void {
  const serve = createPageHandler({
    page: 'window',
    directory: rendererDirectory,
    headersOf: () => ({ 'content-security-policy': WINDOW_POLICY }),
  });
  hosting.protocol.handle('app', async (request) => {
    if (request.url !== pageUrl('window')) await answered;
    return serve(request);
  });
  hosting.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  hosting.setPermissionCheckHandler(() => false);
  hosting.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, decide) => decide({ cancel: true }));
  refuseDevices(hosting);
  hosting.on('will-download', (event) => event.preventDefault());
}

/** No device besides microphone and loudspeaker, which have permissions of their own. */
export function refuseDevices(refused: Session): void {
  refused.setDevicePermissionHandler(() => false);
}

/** Keeps contents where they are: no other page, no further window, no embedded view. A page may load itself anew. */
export function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== contents.getURL()) event.preventDefault();
  });
  // Without an answer the first device in reach would be taken.
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
}
