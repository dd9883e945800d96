#!/usr/bin/env bash
# A stream of a chosen file that was opened before the file changed. It goes on without an error, in Chromium too, and what it
# gives is neither the old file nor the new one. Chromium only refuses to open another one.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. A file of 64 MiB of zeros is chosen, and a
# first piece is read from its `stream()`. Then ones are written over it in place. What was read ahead is zeros,
# the rest is ones, and the length is right. W3C File API, section 4: a snapshot state that differs from what is on the disk
# is to fail the read with NotReadableError. So a stream that ended well is no sign that the file was one; who has to know
# has to open it again once all is read: Chromium then fails, though with a TypeError where `text()` has a NotReadableError
# (file-changed-while-read.sh), and in Firefox only the content tells.
#
#> Chromium: the open stream reads on, mixed; a new stream fails with TypeError; text() fails with NotReadableError
#> Firefox: the open stream reads on, mixed; a new stream reads the new; text() reads the new
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
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const [, , chromium, firefox, folder] = process.argv;
const MIB = 2 ** 20;
const SIZE = 64 * MIB;
const browsers = {
  Chromium: await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] }),
  Firefox: await puppeteer.launch({ browser: 'firefox', executablePath: firefox }),
};

/** In the page. */
function prepare(size) {
  const file = () => document.querySelector('input').files[0];
  const told = ([zeros, ones]) => {
    if (zeros + ones !== size) return 'reads another length';
    if (zeros > 0 && ones > 0) return 'reads on, mixed';
    return ones > 0 ? 'reads the new' : 'reads the old';
  };
  const failed = ({ name }) => `fails with ${name}`;
  const counts = [0, 0];
  const count = (counts, bytes) => {
    for (const byte of bytes) counts[byte]++;
  };
  const readAll = async (reader, counts) => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return told(counts);
      count(counts, value);
    }
  };
  const reader = file().stream().getReader();
  globalThis.finish = async () => [
    await readAll(reader, counts).catch(failed),
    await readAll(file().stream().getReader(), [0, 0]).catch(failed),
    await file()
      .text()
      .then((text) => told([text.split('\0').length - 1, text.split('\u0001').length - 1]))
      .catch(failed),
  ];
  return reader.read().then(({ value }) => count(counts, value));
}

for (const [name, browser] of Object.entries(browsers)) {
  const place = join(folder, name);
  await writeFile(place, Buffer.alloc(SIZE, 0));
  const page = await browser.newPage();
  await page.setContent('<input type="file">');
  await (await page.$('input')).uploadFile(place);
  await page.evaluate(prepare, SIZE);
  // Longer than the reading ahead takes.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const file = await open(place, 'r+');
  const ones = Buffer.alloc(MIB, 1);
  for (let at = 0; at < SIZE; at += MIB) await file.write(ones, 0, MIB, at);
  await file.close();
  const [opened, anew, text] = await page.evaluate(() => globalThis.finish());
  console.log(`${name}: the open stream ${opened}; a new stream ${anew}; text() ${text}`);
}
for (const browser of Object.values(browsers)) await browser.close();
EOF
node "$work/run.mjs" "$chromium" "$firefox" "$work" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
