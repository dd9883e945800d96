// @ts-check
/**
 * Owns telling when a desktop app's window can be used: brought in by NODE_OPTIONS, so the same in every app. It says the
 * time of day at which the window is shown and a frame with a button "Host" that is not disabled has been painted.
 */

if (process.versions.electron !== undefined && process.type === 'browser') process.nextTick(watch);

/** Runs in the window. */
function untilPainted() {
  return new Promise((resolve) => {
    const look = () => {
      const button = [...document.querySelectorAll('button')].find(
        ({ textContent, disabled }) => textContent.trim() === 'Host' && !disabled,
      );
      if (button === undefined) requestAnimationFrame(look);
      // A frame's callbacks run before it is painted; a task asked for there comes after.
      else requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    };
    look();
  });
}

function watch() {
  const { app } = require('electron');
  app.on('browser-window-created', (_event, window) => {
    const shown = new Promise((resolve) => {
      if (window.isVisible()) resolve(Date.now());
      else window.once('show', () => resolve(Date.now()));
    });
    window.webContents.once('dom-ready', async () => {
      const painted = await window.webContents.executeJavaScript(`(${untilPainted})()`);
      process.stdout.write(`\nusable at ${Math.max(painted, await shown)}\n`);
    });
  });
}

module.exports = { untilPainted };
