#!/usr/bin/env bash
# Chromium loads two pages of its own for each window, headless too, in which it would show what one types in the address bar: each
# context of Playwright is a window, so a context costs a renderer process and some of the processor that no test asked for. They come whatever
# is loaded, also without extensions and with `--kiosk`, and neither of the two switches that leave one out keeps the process away.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.114. Processor time is told on standard error, for it is the machine's: here some
# 2.4 s for a start with one page, 1 s of it in that process. Of two arguments `--disable-features` the last alone counts, so
# one's own takes back what Playwright switches off by its own.
#
#> as it is, 1 context: 1 process for the address bar
#> as it is, 4 contexts: 4 processes for the address bar
#> without WebUIOmniboxPopup, 4 contexts: 4 processes for the address bar
#> without WebUIOmniboxAimPopup, 4 contexts: 4 processes for the address bar
#> without both, 4 contexts: 0 processes for the address bar
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
executable=$(command -v chromium)
"$executable" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.65.1
cat >"$work/run.mjs" <<'EOF'
import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , executablePath, folder] = process.argv;
const POPUPS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
const PATIENCE_MS = 10_000;
const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** The browser's processes for pages of its own, and what they have taken of the processor in milliseconds. */
function addressBars(profile) {
  const found = [];
  for (const id of readdirSync('/proc')) {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      if (!line.includes('--top-chrome-webui') || !line.includes(profile)) continue;
      const [, rest] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ');
      const [user, system] = rest.split(' ').slice(11, 13).map(Number);
      found.push((user + system) * 10);
    } catch {
      // It has ended meanwhile, or is no process.
    }
  }
  return found;
}

async function count(name, switchedOff, contexts) {
  const args = switchedOff.length === 0 ? [] : [`--disable-features=${switchedOff.join()}`];
  const browser = await chromium.launch({ executablePath, args });
  try {
    for (let context = 0; context < contexts; context++)
      await (await browser.newContext()).newPage();
    // They begin a moment after their window.
    const expected = switchedOff.length === POPUPS.length ? 0 : contexts;
    const until = Date.now() + PATIENCE_MS;
    if (expected === 0) await later(PATIENCE_MS / 2);
    while (addressBars(folder).length < expected && Date.now() < until) await later(100);
    await later(2_000);
    const found = addressBars(folder);
    console.error(`${name}: ${found.join(', ')} ms`);
    const ofWhat = contexts === 1 ? '1 context' : `${contexts} contexts`;
    console.log(`${name}, ${ofWhat}: ${found.length} process${found.length === 1 ? '' : 'es'} for the address bar`);
  } finally {
    await browser.close();
  }
}

await count('as it is', [], 1);
await count('as it is', [], 4);
for (const popup of POPUPS) await count(`without ${popup}`, [popup], 4);
await count('without both', POPUPS, 4);
EOF
TMPDIR="$work" node "$work/run.mjs" "$executable" "$work" >"$work/seen"
cat "$work/seen"
diff <(grep '^#> ' "$self" | cut -c4-) "$work/seen"
