#!/usr/bin/env bash
# A person's larger font in Chromium moves media queries as well as rem; `html { font-size: 200% }`, the usual stand-in
# in tests, moves rem alone, so a layout passes that test in its wide form and breaks in its narrow one.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.108, window 1200 pixels wide. In a media query both em and rem
# stand for the initial font size, which is the setting, whatever the page says of its root: 60em are 960 pixels at
# 16 and 1920 at 32. The devtools command Page.setFontSizes sets the real thing, at once and without a reload. It
# belongs to the tab, not to the browser, outlives going to another site, and outlives even its devtools session, until the
# next load.
#
#> as it is: 10rem = 160px, (min-width: 60em) true, (min-width: 60rem) true
#> html { font-size: 200% }: 10rem = 320px, (min-width: 60em) true, (min-width: 60rem) true
#> Page.setFontSizes, standard 32: 10rem = 320px, (min-width: 60em) false, (min-width: 60rem) false
#> another site in that tab: 10rem = 320px, (min-width: 60em) false, (min-width: 60rem) false
#> another tab: 10rem = 160px, (min-width: 60em) true, (min-width: 60rem) true
#> devtools session detached: 10rem = 320px, (min-width: 60em) false, (min-width: 60rem) false
#> and reloaded: 10rem = 160px, (min-width: 60em) true, (min-width: 60rem) true
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

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><div id=box style="width: 10rem"></div>');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address();
const browser = await chromium.launch({ executablePath: process.argv[2] });
const context = await browser.newContext({ viewport: { width: 1200, height: 600 } });

async function open(host) {
  const tab = await context.newPage();
  await tab.goto(`http://${host}:${port}/`);
  return tab;
}

async function look(name, tab) {
  const seen = await tab.evaluate(() => {
    const query = (text) => `${text} ${matchMedia(text).matches}`;
    const width = document.querySelector('#box').offsetWidth;
    return `10rem = ${width}px, ${query('(min-width: 60em)')}, ${query('(min-width: 60rem)')}`;
  });
  console.log(`${name}: ${seen}`);
}

const styled = await open('127.0.0.1');
await look('as it is', styled);
await styled.addStyleTag({ content: 'html { font-size: 200% }' });
await look('html { font-size: 200% }', styled);

const tab = await open('127.0.0.1');
const devtools = await context.newCDPSession(tab);
await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
await look('Page.setFontSizes, standard 32', tab);
await tab.goto(`http://localhost:${port}/`);
await look('another site in that tab', tab);
await look('another tab', await open('localhost'));
await devtools.detach();
await look('devtools session detached', tab);
await tab.reload();
await look('and reloaded', tab);
await browser.close();
server.close();
EOF
node "$work/run.mjs" "$executable" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
