#!/usr/bin/env bash
# What a page learns of a file that changes after it was chosen. Chromium refuses to read it; Firefox reads what is there by
# then. Both go on telling the size and time of when it was chosen.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. A file of two bytes "aa" is chosen, read,
# and becomes "ab". W3C File API, section 4: a snapshot state that differs from what is on the disk is to
# fail the read with NotReadableError. So size and lastModified say nothing of a change, and who sends a file has to read it
# twice to know that it was one.
#
#> Chromium: NotReadableError; size and time as chosen
#> Firefox: read ab; size and time as chosen
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium)
firefox=$(command -v firefox-esr)
"$chromium" --version >&2
"$firefox" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'EOS'
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const [, , chromium, firefox, folder] = process.argv;
const browsers = {
  Chromium: await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] }),
  Firefox: await puppeteer.launch({ browser: 'firefox', executablePath: firefox }),
};

for (const [name, browser] of Object.entries(browsers)) {
  const place = join(folder, name);
  await writeFile(place, 'aa');
  const page = await browser.newPage();
  await page.setContent('<input type="file">');
  await (await page.$('input')).uploadFile(place);
  const look = () => {
    const [file] = document.querySelector('input').files;
    const told = `${file.size} ${file.lastModified}`;
    return file.text().then((text) => ({ told, read: `read ${text}` }), ({ name: error }) => ({ told, read: error }));
  };
  const before = await page.evaluate(look);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await writeFile(place, 'ab');
  const after = await page.evaluate(look);
  const told = after.told === before.told ? 'size and time as chosen' : 'another size or time';
  console.log(`${name}: ${before.read === 'read aa' ? after.read : 'not read at all'}; ${told}`);
}
for (const browser of Object.values(browsers)) await browser.close();
EOS
node "$work/run.mjs" "$chromium" "$firefox" "$work" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
