#!/usr/bin/env bash
# A module that failed to arrive once is never asked for again by Firefox, however often the page imports it; Chromium asks
# each time. In Firefox only another fragment, which no server sees, makes the same address worth a new request.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. The server answers 503 once, or breaks
# off in the middle once, and gives the module from then on, all uncacheable. Firefox fails the later import() without a
# request; so do a module that imports the failed one, another <script type=module> and an import() after a failed
# modulepreload. A fetch() in between gets the module and does not help. So a page that says "it is tried again" has to
# change the fragment, or to be loaded anew.
#
#> Chromium, import twice: failed, came; requests: 2
#> Chromium, broken off, import twice: failed, came; requests: 2
#> Chromium, imported by another module, twice: failed, came; requests: 2
#> Chromium, script element twice: failed, came; requests: 2
#> Chromium, modulepreload, then import: failed, came; requests: 2
#> Chromium, import, fetch, import: failed, 200, came; requests: 3
#> Chromium, import, with another fragment: failed, came; requests: 2
#> Firefox, import twice: failed, failed; requests: 1
#> Firefox, broken off, import twice: failed, failed; requests: 1
#> Firefox, imported by another module, twice: failed, failed; requests: 1
#> Firefox, script element twice: failed, failed; requests: 1
#> Firefox, modulepreload, then import: failed, failed; requests: 1
#> Firefox, import, fetch, import: failed, 200, failed; requests: 2
#> Firefox, import, with another fragment: failed, came; requests: 2
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
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const MODULE = 'export const came = true;';
let requests = 0;
const server = createServer(({ url }, response) => {
  if (url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>');
  response.setHeader('content-type', 'text/javascript').setHeader('cache-control', 'no-store');
  if (url === '/parent') return response.end(`import '/down'; ${MODULE}`);
  if (!['/down', '/cut'].includes(url)) return response.writeHead(404).end();
  if (++requests > 1) return response.end(MODULE);
  if (url === '/down') return response.writeHead(503).end();
  response.writeHead(200, { 'content-length': MODULE.length });
  response.write(MODULE.slice(0, 9), () => response.destroy());
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

/** Each step is `<how> <address>`, one after the other. */
async function take(steps) {
  const element = (tag, properties) =>
    new Promise((resolve) => {
      const made = Object.assign(document.createElement(tag), properties);
      made.onload = () => resolve('came');
      made.onerror = () => resolve('failed');
      document.head.append(made);
    });
  const ways = {
    import: (address) => import(address).then(() => 'came', () => 'failed'),
    fetch: (address) => fetch(address).then(({ status }) => status),
    script: (src) => element('script', { type: 'module', src }),
    preload: (href) => element('link', { rel: 'modulepreload', href }),
  };
  const outcomes = [];
  for (const step of steps) {
    const [way, address] = step.split(' ');
    outcomes.push(await ways[way](address));
  }
  return outcomes.join(', ');
}

for (const [name, browser, executablePath] of [
  ['Chromium', 'chrome', process.argv[2]],
  ['Firefox', 'firefox', process.argv[3]],
]) {
  const args = browser === 'chrome' ? ['--no-sandbox'] : [];
  const running = await puppeteer.launch({ browser, executablePath, args, protocolTimeout: 60_000 });
  for (const [title, ...steps] of [
    ['import twice', 'import /down', 'import /down'],
    ['broken off, import twice', 'import /cut', 'import /cut'],
    ['imported by another module, twice', 'import /parent', 'import /parent'],
    ['script element twice', 'script /down', 'script /down'],
    ['modulepreload, then import', 'preload /down', 'import /down'],
    ['import, fetch, import', 'import /down', 'fetch /down', 'import /down'],
    ['import, with another fragment', 'import /down', 'import /down#again'],
  ]) {
    requests = 0;
    const tab = await running.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    console.log(`${name}, ${title}: ${await tab.evaluate(take, steps)}; requests: ${requests}`);
    await tab.close();
  }
  await running.close();
}
server.close();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
