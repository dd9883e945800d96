/** Owns the host's window, and what every window of the app has: how it is made, shown and brought up. */

import { app, BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { pageUrl } from '../app-scheme.ts';
import type { UsualSize, WindowPlacement } from './window-placement.ts';

export const HOST_SIZE: UsualSize = { width: 920, height: 740, minWidth: 360, minHeight: 480 };
/** Painted before the page is; the page's own `--ground`. */
const BACKGROUND = { dark: '#0b0d15', light: '#f0f1f8' } as const;

/** Makes the window, still hidden and empty. */
export function createWindow(preloadFile: string, icon: string, placement: WindowPlacement): BrowserWindow {
  const plain = windowOptions(icon, placement);
  const window = new BrowserWindow({
    ...plain,
    webPreferences: { ...plain.webPreferences, preload: preloadFile },
  });
  window.webContents.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** What every window of the app begins with: hidden, and its page with no more rights than a page has. */
export function windowOptions(
  icon: string,
  { bounds, minWidth, minHeight }: WindowPlacement,
): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth,
    minHeight,
    title: 'Secret Call',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
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
  };
}

/** Loads the page; resolves once it stands. */
export const loadWindow = (window: BrowserWindow): Promise<void> => window.loadURL(pageUrl('window'));

/** Loads the page and shows the window. */
export async function openWindow(window: BrowserWindow, maximized = false): Promise<void> {
  await loadWindow(window);
  showWindow(window, maximized);
}

/** For the first time: maximising an empty window would show it. */
export function showWindow(window: BrowserWindow, maximized: boolean): void {
  if (maximized) window.maximize();
  window.show();
}

/** Takes the window out of sight; on macOS a full screen would stay behind, black. */
export function hideWindow(window: BrowserWindow): void {
  if (window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else window.hide();
}

/** Brings the window up from wherever it is: hidden, minimised, behind others. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
