#!/usr/bin/env bash
# In Chromium a sync access handle that makes its file longer holds a mebibyte of the quota at least until it is closed, above that the next
# power of two, and from 128 MiB on the next multiple of these: a page that keeps many short files open has no room where nearly all of
# it is free. One that writes only where its file has been before holds none, so a file that is first made as long as it is to become, by a
# handle that is closed then, takes no more than its length.
#
# For that moment it needs more all the same: without it `truncate` throws, and a file that would fit is refused. Growing in steps, by a handle
# each, changes nothing, for it is the new length that goes up to the next step. A stream (`createWritable`) asks for
# what the file is to be long and no more, and what it made long a handle may write to. A browser killed before the stream is closed leaves
# `….crswap` beside the file, which counts.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.114, the origin's quota set to 8 MiB by the devtools, a hundred files of 11 bytes
# in its private file system, then one file with as much quota as it is told. In a private window nothing of the kind is held.
#
#> made longer by the handle that is kept open: 7 of 100 are open
#> made longer by another, closed before: 100 of 100 are open, and written
#> one of 3 MiB: 4 MiB are used while it is open, then 3 MiB
#> 5 MiB of 7: by a handle QuotaExceededError, in 80 steps QuotaExceededError, by a stream it is, and written
#> 5 MiB of 9: by a handle it is, and written
#> 65 MiB of 127: by a handle QuotaExceededError, in 80 steps QuotaExceededError, by a stream it is, and written
#> 600 MiB of 639: by a handle QuotaExceededError, in 80 steps QuotaExceededError, by a stream it is, and written
#> 600 MiB of 641: by a handle it is, and written
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
executable=$(command -v chromium)
"$executable" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.65.1
cat >"$work/run.mjs" <<'EOF'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const [, , executablePath, profile] = process.argv;
const MIB = 1_048_576;
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>a page</title>');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://localhost:${server.address().port}`;

/** In the page: which way a file of that size is had. */
async function fit(size) {
  const script = `onmessage = async ({ data: size }) => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('file', { create: true });
    const within = async (use) => {
      const handle = await file.createSyncAccessHandle();
      try {
        return use(handle);
      } finally {
        handle.close();
      }
    };
    const ways = {
      'by a handle': () => within((handle) => handle.truncate(size)),
      'in 80 steps': async () => {
        for (let step = 1; step <= 80; step++) await within((handle) => handle.truncate((size * step) / 80));
      },
      'by a stream': async () => {
        const stream = await file.createWritable({ keepExistingData: true });
        await stream.truncate(size);
        await stream.close();
      },
    };
    const told = [];
    for (const [name, way] of Object.entries(ways)) {
      await within((handle) => handle.truncate(0));
      try {
        await way();
        await within((handle) => handle.write(new Uint8Array(11), { at: size - 11 }));
        told.push(name + ' it is, and written');
        break;
      } catch (error) {
        told.push(name + ' ' + error.name);
      }
    }
    await folder.removeEntry('file');
    postMessage(told.join(', '));
  }`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  worker.postMessage(size);
  return new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)));
}

/** In the page. */
async function look() {
  const script = `onmessage = async () => {
    const folder = await navigator.storage.getDirectory();
    const open = async (name) =>
      (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    const long = async (name, size) => {
      const handle = await open(name);
      try {
        handle.truncate(size);
        return handle;
      } catch (error) {
        handle.close();
        throw error;
      }
    };
    const usedMib = async () => Math.floor((await navigator.storage.estimate()).usage / 2 ** 20) + ' MiB';
    const hundred = async (openOne) => {
      const handles = [];
      let written = '';
      try {
        while (handles.length < 100) handles.push(await openOne('' + handles.length));
        for (const handle of handles) handle.write(new Uint8Array(11), { at: 0 });
        written = ', and written';
      } catch (error) {
        if (error.name !== 'QuotaExceededError') throw error;
      }
      for (const handle of handles) handle.close();
      for await (const name of folder.keys()) await folder.removeEntry(name);
      return handles.length + ' of 100 are open' + written;
    };
    const kept = await hundred((name) => long(name, 11));
    const closed = await hundred(async (name) => {
      (await long(name, 11)).close();
      return open(name);
    });
    const large = await long('large', 3 * 2 ** 20);
    const during = await usedMib();
    large.close();
    const after = await usedMib();
    await folder.removeEntry('large');
    postMessage([
      'made longer by the handle that is kept open: ' + kept,
      'made longer by another, closed before: ' + closed,
      'one of 3 MiB: ' + during + ' are used while it is open, then ' + after,
    ]);
  }`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  worker.postMessage('');
  return new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)));
}

const context = await chromium.launchPersistentContext(profile, { executablePath });
const page = await context.newPage();
await page.goto(origin);
const devtools = await context.newCDPSession(page);
const setQuota = (mib) => devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: mib * MIB });
await setQuota(8);
for (const line of await page.evaluate(look)) console.log(line);
for (const [size, quota] of [
  [5, 7],
  [5, 9],
  [65, 127],
  [600, 639],
  [600, 641],
]) {
  await setQuota(quota);
  console.log(`${size} MiB of ${quota}: ${await page.evaluate(fit, size * MIB)}`);
}
await context.close();
server.close();
EOF
node "$work/run.mjs" "$executable" "$work/profile" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
