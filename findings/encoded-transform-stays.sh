#!/usr/bin/env bash
# What an encoded transform is bound to. In Chromium it counts only if it is set in the very task in which the sender was made;
# a voice that has one is silent for good once it is set to null, and from the start where its worker does not load, until
# another one is set. Firefox takes one at any time, and lets it go.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr. Two connections in one page, a fake
# microphone, and RTCRtpScriptTransform with a worker that passes every frame on and counts. In two seconds some 100 packets
# come; the lines tell whether they come, and whether the worker saw them. The W3C text (WebRTC Encoded Transform) has a
# transform replaced or taken away at any time. So a page has to know that its worker runs before there is a sender, and has
# to change what the worker does rather than the transform. (Firefox raises an error for a worker that did not load.)
#
#> Chromium, none: heard, past the worker
#> Chromium, set with the sender: heard, through the worker; set to null: silent
#> Chromium, set with the sender: heard, through the worker; another one set: heard, through the worker
#> Chromium, set one task later: heard, past the worker
#> Chromium, its worker not found: silent; set to null: silent
#> Chromium, its worker not found: silent; another one set: heard, through the worker
#> Firefox, none: heard, past the worker
#> Firefox, set with the sender: heard, through the worker; set to null: heard, past the worker
#> Firefox, set with the sender: heard, through the worker; another one set: heard, through the worker
#> Firefox, set one task later: heard, through the worker
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
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const WORKER = `
let frames = 0;
onmessage = () => postMessage(frames);
onrtctransform = ({ transformer: { readable, writable } }) => {
  const transform = (frame, controller) => {
    frames++;
    controller.enqueue(frame);
  };
  readable.pipeThrough(new TransformStream({ transform })).pipeTo(writable).catch(() => {});
};`;
const server = createServer(({ url }, response) => {
  if (url === '/worker.js') response.setHeader('content-type', 'text/javascript').end(WORKER);
  else if (url === '/missing.js') response.writeHead(404).end();
  else response.setHeader('content-type', 'text/html').end('<!doctype html>');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const browsers = {
  Chromium: await puppeteer.launch({
    executablePath: process.argv[2],
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  }),
  Firefox: await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.argv[3],
    extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  }),
};

/** In the page: what of the voice arrives, and what of it went through the worker, in the two seconds before and after the change. */
async function listen(script, setLate, change) {
  const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));
  const start = (url) => new Worker(url);
  const workers = { first: start(script ?? '/worker.js'), second: start('/worker.js') };
  const passed = (worker) =>
    Promise.race([
      new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(null);
      }),
      later(500).then(() => 0),
    ]);
  await later(500);
  const { signal } = new AbortController();
  const [sending, receiving] = [new RTCPeerConnection(), new RTCPeerConnection()];
  for (const [one, other] of [[sending, receiving], [receiving, sending]])
    one.addEventListener('icecandidate', ({ candidate }) => candidate && other.addIceCandidate(candidate), { signal });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const sender = sending.addTrack(stream.getAudioTracks()[0], stream);
  const set = () => {
    sender.transform = new RTCRtpScriptTransform(workers.first);
  };
  if (script !== null && !setLate) set();
  await later(0);
  if (setLate) set();
  await sending.setLocalDescription();
  await receiving.setRemoteDescription(sending.localDescription);
  await receiving.setLocalDescription();
  await sending.setRemoteDescription(receiving.localDescription);
  while (receiving.connectionState !== 'connected') await later(50);
  await later(1_000);
  const count = async () => {
    const arrived = [...(await receiving.getStats()).values()].find(({ type }) => type === 'inbound-rtp')?.packetsReceived ?? 0;
    const through = (await passed(workers.first)) + (await passed(workers.second));
    return { arrived, through };
  };
  const heard = async () => {
    const before = await count();
    await later(2_000);
    const after = await count();
    if (after.arrived - before.arrived < 20) return 'silent';
    return after.through - before.through < 20 ? 'heard, past the worker' : 'heard, through the worker';
  };
  const told = [await heard()];
  if (change !== null) {
    sender.transform = change === 'another' ? new RTCRtpScriptTransform(workers.second) : null;
    await later(500);
    told.push(await heard());
  }
  sending.close();
  receiving.close();
  return told.join(`; ${change === 'another' ? 'another one set' : 'set to null'}: `);
}

for (const [name, browser] of Object.entries(browsers)) {
  const look = async (what, ...parameters) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    console.log(`${name}, ${what}: ${await page.evaluate(listen, ...parameters)}`);
    await page.close();
  };
  await look('none', null, false, null);
  await look('set with the sender', '/worker.js', false, 'null');
  await look('set with the sender', '/worker.js', false, 'another');
  await look('set one task later', '/worker.js', true, null);
  if (name === 'Firefox') continue;
  await look('its worker not found', '/missing.js', false, 'null');
  await look('its worker not found', '/missing.js', false, 'another');
}
for (const browser of Object.values(browsers)) await browser.close();
server.close();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
