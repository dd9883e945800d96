#!/usr/bin/env bash
# Chromium starts a process for a page before the page's answer is there. An answer with `Cross-Origin-Opener-Policy: same-origin` has it
# thrown away, also in a tab that nobody has opened and that shows nothing yet: the page runs in another one, started only then.
# `same-origin-allow-popups` and `noopener-allow-popups` do the same, `unsafe-none` does not.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108. A new tab each time, an answer that comes after 700 ms, and
# the browser's processes for pages (/proc) as the answer leaves the server and once the page is loaded. Seen: with a policy, one of
# those that were there is gone, and one is new; an empty document is parsed 29 to 78 ms after its first byte, and 16 to 24 without.
# Such a policy costs the first load of every link, and it is the very header that guides to hardening put first.
#
#> no policy: runs where it was awaited
#> unsafe-none: runs where it was awaited
#> same-origin: thrown away, and another one started
#> same-origin-allow-popups: thrown away, and another one started
#> noopener-allow-popups: thrown away, and another one started
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium)
"$chromium" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'EOS'
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

const [, , executablePath] = process.argv;
/** Long enough for the browser to have started all that it starts by itself. */
const SETTLE_MS = 1_500;
const ANSWER_MS = 700;

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] });

/** Processes of this browser in which pages run. */
function pageProcesses() {
  const all = readdirSync('/proc').flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ id: Number(id), parent, command: readFileSync(`/proc/${id}/cmdline`, 'utf8') }];
    } catch {
      return []; // No process, or one that is gone.
    }
  });
  const below = (id) => all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)]);
  return below(browser.process().pid)
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ id }) => id);
}

let atAnswer = [];
const server = createServer(async ({ url }, answer) => {
  const policy = url.slice(1);
  if (policy === 'favicon.ico') return answer.writeHead(404).end();
  await wait(ANSWER_MS);
  atAnswer = pageProcesses();
  if (policy !== 'none-sent') answer.setHeader('cross-origin-opener-policy', policy);
  return answer.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const policies = ['none-sent', 'unsafe-none', 'same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'];
for (const policy of policies) {
  const page = await browser.newPage();
  await wait(SETTLE_MS);
  await page.goto(`http://127.0.0.1:${server.address().port}/${policy}`);
  const parsedMs = await page.evaluate(() => {
    const [{ domInteractive, responseStart }] = performance.getEntriesByType('navigation');
    return domInteractive - responseStart;
  });
  await wait(SETTLE_MS);
  const now = pageProcesses();
  const gone = atAnswer.filter((id) => !now.includes(id)).length;
  const started = now.filter((id) => !atAnswer.includes(id)).length;
  console.error(`${policy}: ${gone} gone, ${started} new, parsed after ${parsedMs.toFixed(0)} ms`);
  const name = policy === 'none-sent' ? 'no policy' : policy;
  const outcomes = { '0 0': 'runs where it was awaited', '1 1': 'thrown away, and another one started' };
  console.log(`${name}: ${outcomes[`${gone} ${started}`] ?? `${gone} gone, ${started} new`}`);
  await page.close();
}
await browser.close();
server.close();
EOS
(cd "$work" && node run.mjs "$chromium") | tee "$work/seen"
diff <(sed -n 's/^#> //p' "$self") "$work/seen"
