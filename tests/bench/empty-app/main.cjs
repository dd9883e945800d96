// @ts-check
/** Owns the floor the app's start is compared with: an Electron app of one window with one button. */

const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 920, height: 660 });
  return window.loadFile('index.html');
});
