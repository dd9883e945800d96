/** Owns the one window: how it is locked down, and that nothing in it can leave its own page. */

import { app, BrowserWindow, nativeTheme, type Session, type WebContents } from 'electron';
import { createWindowFileHandler, isWindowUrl, WINDOW_URL } from '../app-scheme.ts';

const SIZE = { width: 920, height: 660, minWidth: 360, minHeight: 480 } as const;
/** Painted before the page is; the page's own `--ground`. */
const BACKGROUND = { dark: '#0b0d15', light: '#f0f1f8' } as const;
/** Everything that could reach a network or a disk; the window's own scheme is not among them. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/** Takes every permission, device, download and outside address away from the session, and serves the window's files. */
export function hardenSession(session: Session, rendererDirectory: string): void {
  session.protocol.handle('app', createWindowFileHandler(rendererDirectory));
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

/** Makes the window, still hidden and empty. */
export function createWindow(preloadFile: string, icon: string): BrowserWindow {
  const window = new BrowserWindow({
    ...SIZE,
    title: 'Secret Call',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // Dictionaries would be fetched from a third party.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.webContents.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** Loads the page and shows the window; resolves once it stands. */
export async function openWindow(window: BrowserWindow): Promise<void> {
  await window.loadURL(WINDOW_URL);
  window.show();
}

/** Brings the window up from wherever it is: hidden, minimised, behind others. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
