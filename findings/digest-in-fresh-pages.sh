#!/usr/bin/env bash
# `crypto.subtle.digest` copies what it is given before it works on it. Of blocks of 512 KiB both browsers keep that copy's memory for the
# next one. From 768 KiB on in Chromium, and from 1 MiB on in Firefox, they give it back to the system after each block, and all of
# the next copy lies in pages that the system has to make and to fill with zeros first.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. SHA-256 over the same block again and again, one at
# a time, 256 MiB of them in all, and the minor page faults of the page's process (/proc/PID/stat) beside the pages of 4 KiB that
# those are. Seen: a sixth of them at most, and 0.97 to 1.02; in Chromium the latter took twice as long. At 640 KiB there, some are kept.
# Programs that read files by blocks like to take a mebibyte: it is the size at which both browsers have done with keeping.
#
#> Chromium, 256 KiB at a time: in pages it had before
#> Chromium, 512 KiB at a time: in pages it had before
#> Chromium, 768 KiB at a time: all of it in fresh pages
#> Chromium, 1024 KiB at a time: all of it in fresh pages
#> Firefox, 256 KiB at a time: in pages it had before
#> Firefox, 512 KiB at a time: in pages it had before
#> Firefox, 768 KiB at a time: in pages it had before
#> Firefox, 1024 KiB at a time: all of it in fresh pages
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
const KIB = 1_024;
const TOTAL = 256 * KIB * KIB;
const PAGE_BYTES = 4_096;

// From this computer itself, as `crypto.subtle` is not for every page.
const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

/** Minor page faults of each process that a browser has for pages. */
function faults(browser) {
  const all = readdirSync('/proc').flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ id: Number(id), parent: Number(fields[1]), faults: Number(fields[7]), command }];
    } catch {
      return []; // No process, or one that is gone.
    }
  });
  const below = (id) => all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)]);
  const pages = below(browser.process().pid).filter(({ command }) => / --type=renderer\b|-contentproc .* tab$/.test(command));
  return new Map(pages.map((found) => [found.id, found.faults]));
}

async function digestAll(size, total) {
  const bytes = new Uint8Array(size).fill(1);
  for (let done = 0; done < total; done += size) await crypto.subtle.digest('SHA-256', bytes);
}

const launches = {
  Chromium: { executablePath: chromium, args: ['--no-sandbox'] },
  Firefox: { browser: 'firefox', executablePath: firefox },
};
for (const [name, options] of Object.entries(launches)) {
  const browser = await puppeteer.launch(options);
  for (const kib of [256, 512, 768, 1_024]) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.evaluate(digestAll, kib * KIB, TOTAL / 8);
    const before = faults(browser);
    const startMs = performance.now();
    await page.evaluate(digestAll, kib * KIB, TOTAL);
    const tookMs = performance.now() - startMs;
    const count = Math.max(...[...faults(browser)].map(([id, all]) => all - (before.get(id) ?? all)));
    const share = count / (TOTAL / PAGE_BYTES);
    console.error(`${name} ${kib} KiB: ${Math.round(tookMs)} ms, ${count} faults, ${share.toFixed(2)} of the pages`);
    console.log(`${name}, ${kib} KiB at a time: ${share > 0.7 ? 'all of it in fresh pages' : share < 0.25 ? 'in pages it had before' : 'some'}`);
    await context.close();
  }
  await browser.close();
}
server.close();
server.closeAllConnections();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
