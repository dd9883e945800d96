/** Owns the host's window: how it is made, shown and brought up. */

import { app, BrowserWindow, nativeTheme } from 'electron';
import { WINDOW_URL } from '../app-scheme.ts';

const SIZE = { width: 920, height: 660, minWidth: 360, minHeight: 480 } as const;
/** Painted before the page is; the page's own `--ground`. */
const BACKGROUND = { dark: '#0b0d15', light: '#f0f1f8' } as const;

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
