#!/usr/bin/env bash
# A page whose document Playwright answers with route.fulfill is no local page to Chromium: its WebSocket to the very
# host and port in its address is refused, while its fetch of the same port goes through.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.108. It makes no difference that the route fetched the
# server's own answer and gave that: Chromium's checks of local network access refuse the socket with close code 1006,
# and the reason stands only on the console. route.continue leaves the page local; a changed document wants a server of
# its own, or the permission `local-network-access`.
#
#> served: WebSocket open, fetch 200
#> route.continue: WebSocket open, fetch 200
#> route.fulfill with a body: WebSocket closed 1006, fetch 200, net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS
#> route.fulfill with the server's answer: WebSocket closed 1006, fetch 200, net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS
#> route.fulfill with a body, permission granted: WebSocket open, fetch 200
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
executable=$(command -v chromium)
"$executable" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.65.1 ws@8.23.0
cat >"$work/run.mjs" <<'EOF'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';

const page = { contentType: 'text/html', body: '<!doctype html>' };
const server = createServer((_, response) => response.setHeader('content-type', page.contentType).end(page.body));
const sockets = new WebSocketServer({ server });
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address();
const browser = await chromium.launch({ executablePath: process.argv[2] });

async function look(name, handler, permissions = []) {
  const context = await browser.newContext({ permissions });
  const tab = await context.newPage();
  const errors = [];
  tab.on('console', (message) => errors.push(...(message.text().match(/net::\w+/g) ?? [])));
  if (handler) await tab.route('**/', handler);
  await tab.goto(`http://127.0.0.1:${port}/`);
  const seen = await tab.evaluate(async () => {
    const socket = await new Promise((resolve) => {
      const socket = new WebSocket(`ws://${location.host}/socket`);
      socket.onopen = () => resolve('open');
      socket.onclose = ({ code }) => resolve(`closed ${code}`);
    });
    const { status } = await fetch('/other');
    return `WebSocket ${socket}, fetch ${status}`;
  });
  console.log(`${name}: ${[seen, ...errors].join(', ')}`);
  await context.close();
}

await look('served');
await look('route.continue', (route) => route.continue());
await look('route.fulfill with a body', (route) => route.fulfill(page));
await look("route.fulfill with the server's answer", async (route) => route.fulfill({ response: await route.fetch() }));
await look('route.fulfill with a body, permission granted', (route) => route.fulfill(page), ['local-network-access']);
await browser.close();
sockets.close();
server.close();
EOF
node "$work/run.mjs" "$executable" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
