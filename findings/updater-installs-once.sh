#!/usr/bin/env bash
# electron-updater's install() works once: after one that failed, each later one returns false, tries nothing and tells nobody,
# also when the update was downloaded anew. quitAndInstall() tries each time.
#
# electron-updater 6.8.10 with the AppImage's updater and a generic provider on loopback; its doInstall() fails the first time, by an
# error or by returning false, as it would on a full disk. install() raises a flag before it calls doInstall(), and only
# quitAndInstall() lowers it again. An error thrown reaches the listeners of "error"; of a doInstall() that returns false only the
# return value tells. So who calls install(), to end the program in their own order, makes an updater for each try.
#
#> install, error, again: false, false; tried: 1; errors told: 1
#> install, false, again: false, false; tried: 1; errors told: 0
#> install, error, downloaded anew, again: false, false; tried: 1; errors told: 1
#> install, error, again by another updater: false, true; tried: 2; errors told: 1
#> quitAndInstall, false, again: tried: 2; errors told: 0
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" electron-updater@6.8.10
# quitAndInstall() asks Electron for its own updater, only to tell it.
mkdir -p "$work/node_modules/electron"
echo 'exports.autoUpdater = new (require("node:events"))();' >"$work/node_modules/electron/index.js"
cat >"$work/run.mjs" <<'EOF'
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { AppImageUpdater } from 'electron-updater';

const FILE = Buffer.from('#!/bin/sh\n');
const sha512 = createHash('sha512').update(FILE).digest('base64');
const feed = `version: 2.0.0\nfiles:\n  - url: next.AppImage\n    sha512: ${sha512}\n    size: ${FILE.length}\n`;
const server = createServer(({ url }, response) => response.end(url.startsWith('/next') ? FILE : feed));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${server.address().port}`;
const folder = path.join(import.meta.dirname, 'app');
process.env.APPIMAGE = path.join(folder, 'this.AppImage');

const tries = { count: 0, failure: null };

class Updater extends AppImageUpdater {
  doInstall() {
    if (tries.count++ > 0) return true;
    if (tries.failure === 'error') throw new Error('no space left');
    return false;
  }
}

async function make(onError) {
  const cache = mkdtempSync(path.join(import.meta.dirname, 'cache-'));
  const app = { version: '1.0.0', name: 'a', isPackaged: true, userDataPath: cache, baseCachePath: cache };
  Object.assign(app, { appUpdateConfigPath: path.join(cache, 'app-update.yml') });
  Object.assign(app, { whenReady: async () => {}, relaunch() {}, quit() {}, onQuit() {} });
  writeFileSync(app.appUpdateConfigPath, `provider: generic\nurl: ${url}\nupdaterCacheDirName: a\n`);
  const updater = new Updater(undefined, app);
  Object.assign(updater, { logger: null, autoDownload: false, disableDifferentialDownload: true });
  // Electron's own way to the net is not there.
  updater.httpExecutor = {
    request: async ({ path: asked }) => (await fetch(new URL(asked, url))).text(),
    download: async (from, file) => writeFileSync(file, Buffer.from(await (await fetch(from)).arrayBuffer())),
  };
  updater.on('error', onError);
  await download(updater);
  return updater;
}

async function download(updater) {
  await updater.checkForUpdates();
  await updater.downloadUpdate();
}

const told = (errors) => `tried: ${tries.count}; errors told: ${errors}`;

async function run(title, failure, between = async (updater) => updater) {
  Object.assign(tries, { count: 0, failure });
  let errors = 0;
  const first = await make(() => errors++);
  const outcomes = [first.install(true, true)];
  const next = await between(first, () => make(() => errors++));
  outcomes.push(next.install(true, true));
  console.log(`install, ${title}: ${outcomes.join(', ')}; ${told(errors)}`);
}

await run('error, again', 'error');
await run('false, again', 'false');
await run('error, downloaded anew, again', 'error', async (updater) => {
  await download(updater);
  return updater;
});
await run('error, again by another updater', 'error', (_first, another) => another());

Object.assign(tries, { count: 0, failure: 'false' });
let errors = 0;
const updater = await make(() => errors++);
updater.quitAndInstall(true, true);
updater.quitAndInstall(true, true);
console.log(`quitAndInstall, false, again: ${told(errors)}`);
server.close();
EOF
node "$work/run.mjs" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
