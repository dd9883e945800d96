#!/usr/bin/env bash
# A regular expression that names scripts by \p{scx=…} takes Chromium milliseconds to make, before it is ever used: the set of characters is
# put together by asking each script's extensions anew, and nothing is kept of it, so that the hundredth such pattern of a page takes
# as long as the first. General categories (\p{L}) and written ranges cost little. A module that keeps a dozen of them at its top
# level stands still for that long as it is loaded, on a phone for a tenth of a second.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.114. The means of 100 patterns each, none of which equals another.
#
#> the first twenty patterns of sixteen scripts: over 30 times sixteen ranges, over 2 times two general categories
#> the last twenty patterns of sixteen scripts: over 30 times sixteen ranges, over 2 times two general categories
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
executable=$(command -v chromium)
"$executable" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.65.1
cat >"$work/run.mjs" <<'END'
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
const page = await browser.newPage();
const times = await page.evaluate(() => {
  const names = 'Hani Hira Kana Bopo Hang Yiii Thai Laoo Khmr Mymr Lana Tale Talu Tibt Java Bali'.split(' ');
  const classes = {
    scripts: `[${names.map((name) => `\\p{scx=${name}}`).join('')}]`,
    ranges: `[${names.map((_, at) => `\\u${(0x3000 + at * 256).toString(16)}-\\u${(0x3040 + at * 256).toString(16)}`).join('')}]`,
    categories: '[\\p{L}\\p{N}]',
  };
  /** Milliseconds that each of a hundred takes. */
  const make = (source) =>
    Array.from({ length: 100 }, (_, at) => {
      const start = performance.now();
      new RegExp(`${at}${source}`, 'u');
      return performance.now() - start;
    });
  return Object.fromEntries(Object.entries(classes).map(([name, source]) => [name, make(source)]));
});
await browser.close();
const mean = (list) => list.reduce((sum, ms) => sum + ms, 0) / list.length;
const { scripts, ranges, categories } = times;
console.error({ scripts: mean(scripts), ranges: mean(ranges), categories: mean(categories) });
const over = (some, other, factor) => `${mean(some) > factor * mean(other) ? 'over' : 'not over'} ${factor} times`;
for (const [which, some] of [
  ['first', scripts.slice(0, 20)],
  ['last', scripts.slice(-20)],
])
  console.log(
    `the ${which} twenty patterns of sixteen scripts: ${over(some, ranges, 30)} sixteen ranges, ${over(some, categories, 2)} two general categories`,
  );
END
TMPDIR="$work" node "$work/run.mjs" "$executable" >"$work/seen"
cat "$work/seen"
diff <(grep '^#> ' "$self" | cut -c4-) "$work/seen"
