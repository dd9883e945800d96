#!/usr/bin/env bash
# An AudioContext of Chromium that is suspended while it is being resumed says "running" afterwards, for good, and stands still.
# Nothing tells: `resume` is answered at once and does nothing, a new source changes nothing, only another `suspend` does.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108. The page resumes and is busy for half a second, in which the
# sound has begun, but the page cannot be told so. It then suspends, which stops the sound, and only afterwards the news
# of the beginning arrives and is believed. Without the time between, or suspended once `resume` has been answered, nothing is
# amiss. So whoever suspends has to wait for a `resume` that is under way, and one who asks whether anything is heard has to
# look at `currentTime`, and not only at `state`. (The W3C text, Web Audio API, has "running" mean that time goes on.)
#
#> suspended in the same task, not busy: suspended, time stands; resumed: running, time goes on
#> suspended in the same task, busy: running, time stands; resumed: running, time stands; with a new source: running, time stands; suspended and resumed: running, time goes on
#> suspended once resumed, busy: suspended, time stands; resumed: running, time goes on
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium)
"$chromium" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'EOF'
import puppeteer from 'puppeteer-core';

const browser = await puppeteer.launch({
  executablePath: process.argv[2],
  args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
});
const page = await browser.newPage();

/** In the page: what becomes of a context that has run before. */
async function look(busy, answered) {
  const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));
  const context = new AudioContext();
  await context.resume();
  await later(300);
  await context.suspend();
  await later(300);
  const resumed = context.resume();
  if (answered) await resumed;
  const endMs = performance.now() + (busy ? 500 : 0);
  while (performance.now() < endMs);
  void context.suspend();
  const told = async () => {
    await later(500);
    const before = context.currentTime;
    await later(500);
    return `${context.state}, time ${context.currentTime > before ? 'goes on' : 'stands'}`;
  };
  const lines = [await told()];
  await context.resume();
  lines.push(`resumed: ${await told()}`);
  if (lines[1].endsWith('goes on')) return lines.join('; ');
  const source = new OscillatorNode(context);
  source.connect(context.destination);
  source.start();
  lines.push(`with a new source: ${await told()}`);
  await context.suspend();
  await context.resume();
  lines.push(`suspended and resumed: ${await told()}`);
  return lines.join('; ');
}

console.log(`suspended in the same task, not busy: ${await page.evaluate(look, false, false)}`);
console.log(`suspended in the same task, busy: ${await page.evaluate(look, true, false)}`);
console.log(`suspended once resumed, busy: ${await page.evaluate(look, true, true)}`);
await browser.close();
EOF
node "$work/run.mjs" "$chromium" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
