/** Owns what menus and keys do in the app's windows: the application menu, the one on a text, and shortcuts without a menu. */

import { app, type BrowserWindow, Menu } from 'electron';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { type Disposable, DisposableStore, toDisposable } from '../common/lifecycle.ts';
import { assertNever } from '../common/result.ts';
import { applicationMenuTemplate, editMenuTemplate, type MenuActions } from './menu.ts';
import { nativeTexts } from './native-texts.ts';
import { type Shortcut, shortcutOf, zoomedLevel } from './shortcuts.ts';

export interface InputOptions {
  readonly host: {
    readonly snapshot: HostSnapshot;
    onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
  };
  readonly hasUpdates: boolean;
  readonly menu: MenuActions;
  readonly quit: () => void;
}

/** For all windows, also those that are made later. */
export function connectInput(window: BrowserWindow, options: InputOptions): Disposable {
  const store = new DisposableStore();
  const connect = (next: BrowserWindow) => {
    offerTextMenu(next, options);
    takeShortcuts(next, options);
  };
  const handleCreated = (_event: unknown, next: BrowserWindow) => connect(next);
  connect(window);
  app.on('browser-window-created', handleCreated);
  store.add(toDisposable(() => app.off('browser-window-created', handleCreated)));
  store.add(keepApplicationMenu(options));
  return store;
}

/** In the person's language, also after they chose another. */
function keepApplicationMenu({ host, hasUpdates, menu }: InputOptions): Disposable {
  const show = () => {
    const texts = { app: app.name, t: nativeTexts[host.snapshot.language], hasUpdates };
    const template = applicationMenuTemplate(process.platform, texts, menu);
    if (template) Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  let { language } = host.snapshot;
  show();
  return host.onSnapshot((snapshot) => {
    if (snapshot.language === language) return;
    language = snapshot.language;
    show();
  });
}

function offerTextMenu(window: BrowserWindow, { host }: InputOptions): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const template = editMenuTemplate(isEditable, selectionText !== '', nativeTexts[host.snapshot.language]);
    if (template) Menu.buildFromTemplate(template).popup({ window });
  });
}

function takeShortcuts(window: BrowserWindow, { quit }: InputOptions): void {
  window.webContents.on('before-input-event', (event, input) => {
    const shortcut = shortcutOf(input, process.platform);
    if (shortcut === null) return;
    event.preventDefault();
    follow(shortcut, window, quit);
  });
}

function follow(shortcut: Shortcut, window: BrowserWindow, quit: () => void): void {
  switch (shortcut) {
    case 'quit':
      quit();
      break;
    case 'close':
      window.close();
      break;
    case 'larger':
    case 'smaller':
    case 'usual-size': {
      const { webContents } = window;
      webContents.setZoomLevel(zoomedLevel(webContents.getZoomLevel(), shortcut));
      break;
    }
    default:
      assertNever(shortcut);
  }
}
