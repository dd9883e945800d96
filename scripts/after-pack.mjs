// @ts-check
/** Owns the last touch on a packed folder: nothing in it but this app. */

import { rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Called by electron-builder with the packed folder, before it is put into an installer.
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, packager }) {
  // Electron would run this one if the app's own archive were taken away.
  await rm(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
