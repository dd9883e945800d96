#!/usr/bin/env bash
# When two offers collide, the withdrawn one leaves its ICE name and password behind in Firefox, but not in Chromium;
# and the far side takes its candidates as those of the answer in either engine.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr, on a network with a default route.
# After the implicit rollback both gather anew on other UDP ports, so no candidate sent with the first offer is one of the
# answer's. In Firefox it carries the very ice-ufrag of the answer: `usernameFragment` cannot tell the two apart.
# In Chromium it carries another, yet addIceCandidate resolves and lists it in the remote description. Whoever wants
# to know stale candidates has to number the descriptions and candidates of the signaling.
#
#> Chromium: ice-ufrag another, ice-pwd another, UDP ports others; withdrawn candidate: taken, listed in the remote description: yes
#> Firefox: ice-ufrag the same, ice-pwd the same, UDP ports others; withdrawn candidate: taken, listed in the remote description: yes
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

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

/** Both offer at once; the polite side then takes the other's offer, which rolls its own back. */
async function collide() {
  const field = (description, name) => description.sdp.match(new RegExp(`a=${name}:(.*)`))[1];
  const polite = new RTCPeerConnection();
  const impolite = new RTCPeerConnection();
  const candidates = () =>
    new Promise((resolve) => {
      const seen = [];
      polite.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) seen.push(candidate);
        else if (!candidate) resolve(seen);
      };
    });
  for (const connection of [polite, impolite]) {
    connection.addTransceiver('audio');
    connection.createDataChannel('any');
  }
  const gatheredForOffer = candidates();
  await polite.setLocalDescription();
  const offer = polite.localDescription;
  const withdrawn = await gatheredForOffer;
  await impolite.setLocalDescription();
  await polite.setRemoteDescription(impolite.localDescription);
  const gatheredForAnswer = candidates();
  await polite.setLocalDescription();
  const answer = polite.localDescription;
  await impolite.setRemoteDescription(answer);
  const fresh = await gatheredForAnswer;
  const [stale] = withdrawn.filter(({ protocol }) => protocol === 'udp');
  const outcome = await impolite.addIceCandidate(stale).then(() => 'taken', ({ name }) => name);
  const compare = (name) => `${name} ${field(offer, name) === field(answer, name) ? 'the same' : 'another'}`;
  const ports = (list) => list.filter(({ protocol }) => protocol === 'udp').map(({ port }) => port);
  const again = ports(fresh).some((port) => ports(withdrawn).includes(port));
  const listed = impolite.remoteDescription.sdp.includes(` ${stale.port} typ`);
  return (
    `${compare('ice-ufrag')}, ${compare('ice-pwd')}, UDP ports ${again ? 'the same' : 'others'};` +
    ` withdrawn candidate: ${outcome}, listed in the remote description: ${listed ? 'yes' : 'no'}`
  );
}

for (const [name, browser, executablePath] of [
  ['Chromium', 'chrome', process.argv[2]],
  ['Firefox', 'firefox', process.argv[3]],
]) {
  const args = browser === 'chrome' ? ['--no-sandbox'] : [];
  const running = await puppeteer.launch({ browser, executablePath, args, protocolTimeout: 60_000 });
  const tab = await running.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  console.log(`${name}: ${await tab.evaluate(collide)}`);
  await running.close();
}
server.close();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
