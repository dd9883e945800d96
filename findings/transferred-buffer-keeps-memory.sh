#!/usr/bin/env bash
# `ArrayBuffer.prototype.transfer(0)` (ECMAScript 2024) as a way to give memory back at once. Firefox does so. Chromium does so
# only for buffers that the script itself made. Those that the browser made, as they come with a message or from
# `crypto.subtle`, it keeps all the longer for it.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. Buffers of 256 KiB come one after the
# other, 2 GiB of them if posted to a page, 1 GiB if to a worker or encrypted, a quarter of that if made by the script, and each
# is transferred or just dropped. Looked at is by how much the process of the page grows at most (RssAnon in /proc).
# Transferred in Chromium: by all that came from the browser, and it is there until the garbage is collected. Dropped: by a
# hundred MiB or some hundreds, as both browsers collect from time to time. It seems that Chromium counts a transferred buffer
# as gone, so that nothing hurries a collection, but an object of its own holds the memory until then. So `transfer(0)` helps
# in the one browser and harms in the other, and has to be tried in each.
#
#> Chromium, posted to a page, transferred: kept until it is collected
#> Chromium, posted to a page, dropped: collected from time to time
#> Chromium, posted to a worker, transferred: kept until it is collected
#> Chromium, posted to a worker, dropped: collected from time to time
#> Chromium, encrypted in a page, transferred: kept until it is collected
#> Chromium, made in a page, transferred: given back at once
#> Firefox, posted to a page, transferred: given back at once
#> Firefox, posted to a page, dropped: collected from time to time
#> Firefox, posted to a worker, transferred: given back at once
#> Firefox, posted to a worker, dropped: collected from time to time
#> Firefox, encrypted in a page, transferred: given back at once
#> Firefox, made in a page, transferred: given back at once
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium)
firefox=$(command -v firefox-esr)
"$chromium" --version >&2
"$firefox" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'EOF'
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const [, , chromium, firefox] = process.argv;
const MIB = 2 ** 20;
const SIZE = MIB / 4;
// A page that drops them comes to 500 MiB and more before it collects, so that it needs more to tell the difference.
const PAGE_COUNT = 8_192;
const COUNT = 4_096;
const MADE_COUNT = 1_024;
const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

// From this computer itself, as `crypto.subtle` is not for every page.
const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

/** MiB of each process that a browser has for pages. */
function use(browser) {
  const all = readdirSync('/proc').flatMap((id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const number = (name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ id: Number(id), parent: number('PPid'), mib: number('RssAnon') / 1_024, command }];
    } catch {
      return []; // No process, or one that is gone.
    }
  });
  const below = (id) => all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)]);
  const pages = below(browser.process().pid).filter(({ command }) => / --type=renderer\b|-contentproc .* tab$/.test(command));
  return new Map(pages.map(({ id, mib }) => [id, mib]));
}

/** In the page or the worker that gets the buffers. */
async function take(source, transferred, count, size) {
  const maker = new Worker(
    URL.createObjectURL(
      new Blob(['onmessage = ({ data }) => { const { buffer } = new Uint8Array(data).fill(1); postMessage(buffer, [buffer]); };']),
    ),
  );
  const posted = (length) =>
    new Promise((resolve) => {
      maker.onmessage = ({ data }) => resolve(data);
      maker.postMessage(length);
    });
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const plain = new Uint8Array(size);
  const sources = {
    posted: () => posted(size),
    encrypted: (at) => crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint32Array([at, 0, 0]) }, key, plain),
    // At the same pace.
    made: () => posted(0).then(() => new Uint8Array(size).fill(1).buffer),
  };
  for (let at = 0; at < count; at++) {
    const buffer = await sources[source](at);
    if (transferred) buffer.transfer(0);
  }
}

/** In the page. */
function takeInWorker(text) {
  const worker = new Worker(URL.createObjectURL(new Blob([`${text}.then(() => postMessage(0))`])));
  return new Promise((resolve) => {
    worker.onmessage = resolve;
  });
}

async function look(browser, source, inWorker, transferred) {
  const count = { posted: inWorker ? COUNT : PAGE_COUNT, encrypted: COUNT, made: MADE_COUNT }[source];
  // For a process of its own.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  // What the page needs in any case.
  await page.evaluate(take, 'made', true, 256, SIZE);
  const before = use(browser);
  const growth = () => Math.max(...[...use(browser)].map(([id, mib]) => mib - (before.get(id) ?? mib)));
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, growth());
  }, 100);
  if (inWorker) await page.evaluate(takeInWorker, `(${take})('${source}', ${transferred}, ${count}, ${SIZE})`);
  else await page.evaluate(take, source, transferred, count, SIZE);
  clearInterval(timer);
  most = Math.max(most, growth());
  // Seen: less than 20; 90 to 350, in a page to 730; and all that came.
  let told = most < 40 ? 'given back at once' : 'collected from time to time';
  if (most > ((count * SIZE) / MIB) * 0.6) {
    for (const thread of [page, ...page.workers()]) await thread.evaluate('globalThis.gc?.()');
    await later(300);
    told = growth() < most / 8 ? 'kept until it is collected' : 'kept even if collected';
  }
  console.error(`${Math.round(most)} MiB, in the end ${Math.round(growth())}`);
  await context.close();
  return told;
}

const launches = {
  Chromium: { executablePath: chromium, args: ['--no-sandbox', '--js-flags=--expose-gc'] },
  Firefox: { browser: 'firefox', executablePath: firefox },
};
for (const [name, options] of Object.entries(launches)) {
  const browser = await puppeteer.launch(options);
  const tell = async (what, source, inWorker, transferred) =>
    console.log(`${name}, ${what}: ${await look(browser, source, inWorker, transferred)}`);
  await tell('posted to a page, transferred', 'posted', false, true);
  await tell('posted to a page, dropped', 'posted', false, false);
  await tell('posted to a worker, transferred', 'posted', true, true);
  await tell('posted to a worker, dropped', 'posted', true, false);
  await tell('encrypted in a page, transferred', 'encrypted', false, true);
  await tell('made in a page, transferred', 'made', false, true);
  await browser.close();
}
server.close();
server.closeAllConnections();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
