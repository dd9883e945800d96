#!/usr/bin/env bash
# A service worker that has not claimed the page that registered it sees nothing of what that page fetches, and the page's
# `navigator.serviceWorker.controller` is null until its next load. The script of a dedicated worker of that very page it does answer for:
# a worker is a client of its own, which finds its service worker by its own address (W3C Service Workers, "Handle Fetch").
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. A page registers a service worker without
# `clients.claim()`, waits until that is active, and asks for one path three ways. Seen: the same in both, and what the
# dedicated worker itself fetches is answered by the service worker too.
# Whoever proves that a page stands a lost worker script, by refusing it at the network, proves it until the service worker is active.
#
#> Chromium: controller none, fetch by the server, worker's script by the service worker, worker's fetch by the service worker
#> Firefox: controller none, fetch by the server, worker's script by the service worker, worker's fetch by the service worker
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium)
firefox=$(command -v firefox-esr)
"$chromium" --version >&2
"$firefox" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'EOS'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const [, , chromium, firefox] = process.argv;

/** Its first word tells who answered with it; it asks for itself once more, and tells both. */
const scriptOf = (whose) => `'${whose}';
  fetch('/script.js').then((answer) => answer.text()).then((text) => postMessage(['${whose}', text.split("'")[1]]));`;
const SERVICE_WORKER = `
  addEventListener('fetch', (event) => {
    if (new URL(event.request.url).pathname !== '/script.js') return;
    event.respondWith(new Response(${JSON.stringify(scriptOf('the service worker'))}, { headers: { 'content-type': 'text/javascript' } }));
  });`;
const files = {
  '/': ['text/html', '<!doctype html><title>page</title>'],
  '/script.js': ['text/javascript', scriptOf('the server')],
  '/service-worker.js': ['text/javascript', SERVICE_WORKER],
};
const server = createServer(({ url }, answer) => {
  const [type, text] = files[url] ?? ['text/plain', ''];
  answer.setHeader('cache-control', 'no-store').setHeader('content-type', type).end(text);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

async function ask() {
  await navigator.serviceWorker.register('/service-worker.js');
  await navigator.serviceWorker.ready;
  const fetched = await (await fetch('/script.js')).text();
  const [script, workerFetch] = await new Promise((resolve) => {
    new Worker('/script.js').onmessage = ({ data }) => resolve(data);
  });
  return {
    controller: navigator.serviceWorker.controller === null ? 'none' : 'there',
    fetch: fetched.split("'")[1],
    script,
    workerFetch,
  };
}

const launches = {
  Chromium: { executablePath: chromium, args: ['--no-sandbox'] },
  Firefox: { browser: 'firefox', executablePath: firefox },
};
for (const [name, options] of Object.entries(launches)) {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const seen = await page.evaluate(ask);
  console.log(
    `${name}: controller ${seen.controller}, fetch by ${seen.fetch}, worker's script by ${seen.script}, worker's fetch by ${seen.workerFetch}`,
  );
  await browser.close();
}
server.close();
server.closeAllConnections();
EOS
(cd "$work" && node run.mjs "$chromium" "$firefox") | tee "$work/seen"
diff <(sed -n 's/^#> //p' "$self") "$work/seen"
