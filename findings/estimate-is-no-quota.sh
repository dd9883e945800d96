#!/usr/bin/env bash
# In Chromium `navigator.storage.estimate()` names 10 GiB more than is used, whatever the quota is that holds: a page that asks
# it whether a file fits is told so, and finds out when the write fails.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.108, the origin's quota set to 8 MiB by the devtools. How much there is
# tells only taking it: a file of the origin's private file system made as long as it is to become (`truncate`). In a
# window that is not private that throws QuotaExceededError; in a private one nothing is thrown and the file stays as
# short as it was, so its size has to be asked for afterwards. (The File System standard has `truncate` throw there.)
#
#> not private, no quota set: 10 GiB more than used; made 16 MiB long: 16 MiB
#> not private, quota of 8 MiB: 10 GiB more than used; made 16 MiB long: QuotaExceededError
#> private, no quota set: 10 GiB more than used; made 16 MiB long: 16 MiB
#> private, quota of 8 MiB: 10 GiB more than used; made 16 MiB long: 0 MiB
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

/** In the page. */
async function look() {
  const script = `onmessage = async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('file', { create: true });
    const handle = await file.createSyncAccessHandle();
    const { quota, usage } = await navigator.storage.estimate();
    let long;
    try {
      handle.truncate(16 * 2 ** 20);
      long = handle.getSize() / 2 ** 20 + ' MiB';
    } catch (error) {
      long = error.name;
    }
    handle.close();
    await folder.removeEntry('file');
    postMessage((quota - usage) / 2 ** 30 + ' GiB more than used; made 16 MiB long: ' + long);
  }`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  worker.postMessage('');
  return new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)));
}

async function lookIn(name, context) {
  const page = await context.newPage();
  await page.goto(origin);
  console.log(`${name}, no quota set: ${await page.evaluate(look)}`);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 8 * MIB });
  console.log(`${name}, quota of 8 MiB: ${await page.evaluate(look)}`);
}

const lasting = await chromium.launchPersistentContext(profile, { executablePath });
await lookIn('not private', lasting);
await lasting.close();
const browser = await chromium.launch({ executablePath });
await lookIn('private', await browser.newContext());
await browser.close();
server.close();
EOF
node "$work/run.mjs" "$executable" "$work/profile" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
