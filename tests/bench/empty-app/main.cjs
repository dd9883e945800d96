// @ts-check
/** Owns the floor the app's start is compared with: an Electron app of one window with one button. */

const { readFileSync } = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow } = require('electron');

const PAGE = path.join(__dirname, 'index.html');

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 920, height: 660 });
  // By the product's fuses no page is loaded out of the archive as a file.
  if (app.isPackaged)
    await window.loadURL(`data:text/html,${encodeURIComponent(readFileSync(PAGE, 'utf8'))}`);
  else await window.loadFile(PAGE);
  // As the app says it: the window is up.
  process.stdout.write('secret-call: ready\n');
});
