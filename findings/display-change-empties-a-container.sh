#!/usr/bin/env bash
# Up to Chromium 147, a size container loses the boxes of what stands in it when an element around it gets another kind
# of box (`display: flex` to `grid`) while the style of anything within is due as well: only what leads to that one is
# laid out again. The rest stays away, with a `display` that says otherwise, until its own or the container's `display` changes.
#
# @sparticuz/chromium 147.0.2 and 148.0.0 by puppeteer-core 24.43.1; 130 to 143 do as 147. A hovered button or a level that moves
# is change enough, so whether it is seen is a matter of timing. A change of the container's own `display`, or of the
# `position` of what is around it, does no harm; neither does a layout between the two changes.
#
#> 147, both at once: heading 0 boxes, list 1, display block
#> 147, a layout between: heading 1 boxes, list 1, display block
#> 147, the container's own display: heading 1 boxes, list 1, display block
#> 148, both at once: heading 1 boxes, list 1, display block
#> 148, a layout between: heading 1 boxes, list 1, display block
#> 148, the container's own display: heading 1 boxes, list 1, display block
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/run.mjs" <<'EOF'
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';

const executablePath = await chromium.executablePath();
const browser = await puppeteer.launch({ executablePath, args: [...chromium.args, '--no-sandbox'], headless: 'shell' });
const major = (await browser.version()).match(/\/(\d+)/)?.[1];
const tab = await browser.newPage();

async function look(name, change) {
  await tab.setContent(`<!doctype html>
    <style>main { display: flex } section { container-type: inline-size } [data-pressed] { color: red }</style>
    <main><section><h2>Heading</h2><ul><li><button>Button</button></li></ul></section></main>`);
  await tab.evaluate(() => document.body.offsetHeight);
  await tab.evaluate(change);
  const seen = await tab.evaluate(() => {
    const [heading, list] = ['h2', 'ul'].map((tag) => document.querySelector(tag));
    const boxes = (element) => element.getClientRects().length;
    return `heading ${boxes(heading)} boxes, list ${boxes(list)}, display ${getComputedStyle(heading).display}`;
  });
  console.log(`${major}, ${name}: ${seen}`);
}

await look('both at once', () => {
  document.querySelector('button').dataset.pressed = '';
  document.querySelector('main').style.display = 'grid';
});
await look('a layout between', () => {
  document.querySelector('button').dataset.pressed = '';
  document.body.offsetHeight;
  document.querySelector('main').style.display = 'grid';
});
await look("the container's own display", () => {
  document.querySelector('button').dataset.pressed = '';
  document.querySelector('section').style.display = 'grid';
});
await browser.close();
EOF
for version in 147.0.2 148.0.0; do
  place="$work/$version"
  mkdir -p "$place/tmp"
  npm install --silent --no-audit --no-fund --prefix "$place" "@sparticuz/chromium@$version" puppeteer-core@24.43.1
  cp "$work/run.mjs" "$place/run.mjs"
  # It unpacks itself there.
  TMPDIR="$place/tmp" node "$place/run.mjs"
done | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
