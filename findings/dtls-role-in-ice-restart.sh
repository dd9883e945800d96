#!/usr/bin/env bash
# Firefox answers an ICE restart as the DTLS client even where it is the server of the standing connection, and Chromium
# refuses that answer: it does not let the roles change.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr, on a network with a default route.
# Firefox is the server once the other side has answered its first offer as active. When that side offers anew, Firefox
# answers passive, as it is; when the offer restarts ICE, Firefox answers active. Chromium's restart then comes to
# nothing: the connection stands only as long as its old candidates do. Another Firefox takes such an answer and
# goes on. An offer that names the offerer's role, instead of leaving it open as actpass, gets the right answer. Chromium
# in Firefox's place answers passive with a restart and without.
#
#> Firefox the server, Chromium offers anew: passive, taken; a minute later connected and connected, messages pass
#> Firefox the server, Chromium restarts ICE: active, InvalidAccessError (Failed to set SSL role for the transport.); a minute later connected and connected, messages pass
#> Firefox the server, Chromium restarts ICE and says setup:active: passive, taken; a minute later connected and connected, messages pass
#> Firefox the server, Firefox restarts ICE: active, taken; a minute later connected and connected, messages pass
#> Chromium the server, Firefox offers anew: passive, taken; a minute later connected and connected, messages pass
#> Chromium the server, Firefox restarts ICE: passive, taken; a minute later connected and connected, messages pass
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

async function launch(browser, executablePath) {
  const args = browser === 'chrome' ? ['--no-sandbox'] : [];
  return puppeteer.launch({ browser, executablePath, args, protocolTimeout: 60_000 });
}
const browsers = {
  Chromium: await launch('chrome', process.argv[2]),
  Firefox: await launch('firefox', process.argv[3]),
};

/** In each page: one connection, whose descriptions carry their candidates. */
function install() {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('any', { negotiated: true, id: 0 });
  let messages = 0;
  channel.onmessage = () => messages++;
  const until = async (event, target, holds) => {
    while (!holds()) await new Promise((fired) => target.addEventListener(event, fired, { once: true }));
  };
  const describe = async (gathers) => {
    const gathered = new Promise((resolve) => (connection.onicecandidate = ({ candidate }) => candidate ?? resolve()));
    await connection.setLocalDescription();
    if (gathers) await gathered;
    return connection.localDescription.toJSON();
  };
  window.offer = async (restart) => {
    const first = connection.localDescription === null;
    if (restart) connection.restartIce();
    return describe(first || restart);
  };
  window.answer = async (offer, restart) => {
    const first = connection.localDescription === null;
    await connection.setRemoteDescription(offer);
    return describe(first || restart);
  };
  window.take = (answer) => connection.setRemoteDescription(answer).then(() => 'taken', ({ name, message }) => `${name} (${message})`);
  window.opened = () => until('open', channel, () => channel.readyState === 'open');
  window.state = () => connection.connectionState;
  window.send = () => channel.send('any');
  window.received = () => {
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, false));
    return Promise.race([late, until('message', channel, () => messages > 0).then(() => true)]);
  };
}

async function open(name) {
  const tab = await browsers[name].newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.evaluate(install);
  return tab;
}

const roles = ({ sdp }) => [...new Set(sdp.match(/(?<=^a=setup:)\w+/gm))].join();

async function negotiate(from, to, restart, says = 'actpass') {
  const offer = await from.evaluate((restart) => window.offer(restart), restart);
  offer.sdp = offer.sdp.replaceAll('a=setup:actpass', `a=setup:${says}`);
  const answer = await to.evaluate((offer, restart) => window.answer(offer, restart), offer, restart);
  const outcome = await from.evaluate((answer) => window.take(answer), answer);
  return [roles(answer), outcome.replace(/\(.*: /, '(')];
}

/** What comes of it, for when the pair has had a minute on a network that never changes. */
async function look(what, serverName, clientName, restart, says) {
  const [dtlsServer, dtlsClient] = [await open(serverName), await open(clientName)];
  const first = await negotiate(dtlsServer, dtlsClient, false);
  if (first.join() !== 'active,taken') throw new Error(`first answer: ${first}`);
  await Promise.all([dtlsServer, dtlsClient].map((tab) => tab.evaluate(() => window.opened())));
  const [role, outcome] = await negotiate(dtlsClient, dtlsServer, restart, says);
  await new Promise((later) => setTimeout(later, 60_000));
  const states = await Promise.all([dtlsServer, dtlsClient].map((tab) => tab.evaluate(() => window.state())));
  const goesOn = states.every((state) => state === 'connected') && (await exchange(dtlsServer, dtlsClient));
  return `${serverName} the server, ${clientName} ${what}: ${role}, ${outcome}; a minute later ${states.join(' and ')}${goesOn ? ', messages pass' : ''}`;
}

async function exchange(one, other) {
  const passes = async (from, to) => {
    const received = to.evaluate(() => window.received());
    await from.evaluate(() => window.send());
    return received;
  };
  return (await passes(one, other)) && (await passes(other, one));
}

const looks = [
  look('offers anew', 'Firefox', 'Chromium', false),
  look('restarts ICE', 'Firefox', 'Chromium', true),
  look('restarts ICE and says setup:active', 'Firefox', 'Chromium', true, 'active'),
  look('restarts ICE', 'Firefox', 'Firefox', true),
  look('offers anew', 'Chromium', 'Firefox', false),
  look('restarts ICE', 'Chromium', 'Firefox', true),
];
for (const seen of looks) console.log(await seen);
await Promise.all(Object.values(browsers).map((browser) => browser.close()));
server.close();
EOF
node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
