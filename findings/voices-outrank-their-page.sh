#!/usr/bin/env bash
# Where Chromium on Linux may (root, as in most containers, or CAP_SYS_NICE), it runs what carries a voice at nice -8: WebRTC's packets, Opus,
# sound in and out, and the thread that takes in other processes' messages. A page's own thread, the one on which descriptions and
# candidates are negotiated, and the pool that does its Web Crypto stay at 0, a sixth of the weight. Whoever has no such right has all at 0,
# so that a call of several pages on few cores is another one for root: once the voices take the cores, what is left of the page's work hardly gets on.
#
# playwright-core 1.65.1 with Debian's Chromium 156.0.8078.114, two connections of one page to itself, a fake microphone. Run as root.
#
#> with CAP_SYS_NICE: page 0, negotiating 0, crypto 0, packets -8, Opus -8, sound out -8, messages -8
#> without it: page 0, negotiating 0, crypto 0, packets 0, Opus 0, sound out 0, messages 0
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
executable=$(command -v chromium)
"$executable" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.65.1
printf '#!/bin/sh\nexec setpriv --bounding-set -sys_nice --inh-caps -sys_nice %s "$@"\n' "$executable" >"$work/without"
chmod +x "$work/without"
cat >"$work/run.mjs" <<'END'
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const [, , withRight, withoutRight] = process.argv;
const THREADS = {
  page: /^chromium$/,
  negotiating: /^WebRTC_Signalin$/,
  crypto: /^ThreadPoolForeg$/,
  packets: /^WebRTC_W_and_N$/,
  Opus: /^ThreadPoolAudio$/,
  'sound out': /^AudioOutputDevi$/,
  messages: /^Chrome_ChildIOT$/,
};
const web = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>a page</title>');
});
await new Promise((listening) => web.listen(0, '127.0.0.1', listening));

/** In the page: one voice to each of two others, which are the page itself, played aloud. */
async function talk() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  await crypto.subtle.digest('SHA-256', new Uint8Array(1_000_000));
  for (let pair = 0; pair < 2; pair++) {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
    b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
    a.addTrack(stream.getTracks()[0], stream);
    const played = new Promise((resolve) => {
      b.ontrack = ({ streams: [remote] }) => {
        const audio = document.body.appendChild(new Audio());
        audio.srcObject = remote;
        audio.ontimeupdate = () => audio.currentTime > 1 && resolve();
        void audio.play();
      };
    });
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription);
    await played;
  }
}

/** Of the renderer in which somebody talks: each thread's name and nice value. */
function threads() {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) continue;
      const found = readdirSync(`/proc/${id}/task`).map((task) => {
        const line = readFileSync(`/proc/${id}/task/${task}/stat`, 'utf8');
        const end = line.lastIndexOf(')');
        return { name: line.slice(line.indexOf('(') + 1, end), nice: Number(line.slice(end + 2).split(' ')[16]) };
      });
      if (found.some(({ name }) => THREADS.packets.test(name))) return found;
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error('nobody talks');
}

async function look(name, executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${web.address().port}/`);
    await page.evaluate(talk);
    const all = threads();
    const seen = Object.entries(THREADS).map(([what, its]) => {
      const values = new Set(all.filter((thread) => its.test(thread.name)).map(({ nice }) => nice));
      return `${what} ${[...values].sort().join(' and ')}`;
    });
    console.log(`${name}: ${seen.join(', ')}`);
  } finally {
    await browser.close();
  }
}

await look('with CAP_SYS_NICE', withRight);
await look('without it', withoutRight);
web.close();
END
TMPDIR="$work" node "$work/run.mjs" "$executable" "$work/without" >"$work/seen"
cat "$work/seen"
diff <(grep '^#> ' "$self" | cut -c4-) "$work/seen"
