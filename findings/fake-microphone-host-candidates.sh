#!/usr/bin/env bash
# In Firefox a fake microphone counts for nothing where host candidates are hidden: a test that records from one gathers
# mDNS names, where a page that records from a real device gathers the addresses.
#
# puppeteer-core 24.43.1 with Debian's Chromium 156.0.8078.108 and Firefox 153.8.0esr, and PulseAudio 16.1 with a null
# source as the real device, on a network with a default route. The preference that takes the prompt away
# (media.navigator.permission.disabled) lets getUserMedia through and grants nothing: the permission still reads prompt.
# Firefox then names addresses just while a device that is no fake is recorded, so such a test with a fake one walks the
# `.local` way only. With the permission (permissions.default.microphone), as in Chromium with its switches for fakes, it
# names them from the start, before the page has asked for the microphone.
#
#> Firefox, fake microphone, prompt disabled (prompt): before .local, recording .local, stopped .local
#> Firefox, fake microphone, permission given (granted): before addresses, recording addresses, stopped addresses
#> Firefox, PulseAudio's null source, prompt disabled (prompt): before .local, recording addresses, stopped .local
#> Chromium, fake microphone and fake prompt (granted): before addresses, recording addresses, stopped addresses
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
chromium=$(command -v chromium)
firefox=$(command -v firefox-esr)
"$chromium" --version >&2
"$firefox" --version >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
mkdir -m 755 "$work/packages"
(
  cd "$work/packages"
  apt-get download -q pulseaudio=16.1+dfsg1-2+b1 libpulse0=16.1+dfsg1-2+b1 libltdl7=2.4.7-7~deb12u1 libtdb1=1.4.8-2 \
    libspeexdsp1=1.2.1-1 libsoxr0=0.1.3-4 liborc-0.4-0=1:0.4.33-2 libfftw3-single3=3.3.10-1
  for package in *.deb; do dpkg-deb --extract "$package" "$work/root"; done
) >/dev/null 2>&1
modules=$(echo "$work"/root/usr/lib/pulse-*/modules)
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
HOME=$work XDG_RUNTIME_DIR=$work LD_LIBRARY_PATH=$libraries:$libraries/pulseaudio:$modules "$work/root/usr/bin/pulseaudio" \
  -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disable-shm -p "$modules" -L module-null-source \
  -L "module-native-protocol-unix auth-anonymous=1 socket=$work/socket" 2>"$work/pulseaudio.log" &
for _ in {1..50}; do [[ -S $work/socket ]] || sleep 0.1; done
[[ -S $work/socket ]] || { cat "$work/pulseaudio.log" >&2; exit 1; }
cat >"$work/run.mjs" <<'EOF'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

async function record() {
  const hosts = async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('any');
    const names = [];
    const gathered = new Promise((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) names.push(candidate.address);
        else if (!candidate) resolve();
      };
    });
    await connection.setLocalDescription();
    await gathered;
    connection.close();
    return [...new Set(names.map((name) => (name.endsWith('.local') ? '.local' : 'addresses')))].join() || 'none';
  };
  const settled = () => new Promise((later) => setTimeout(later, 1_000));
  const before = await hosts();
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  await settled();
  const recording = await hosts();
  const { state } = await navigator.permissions.query({ name: 'microphone' });
  for (const track of stream.getTracks()) track.stop();
  await settled();
  return `(${state}): before ${before}, recording ${recording}, stopped ${await hosts()}`;
}

async function look(what, options) {
  const browser = await puppeteer.launch({ protocolTimeout: 60_000, ...options });
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  console.log(`${what} ${await tab.evaluate(record).catch(({ message }) => message)}`);
  await browser.close();
}

const firefox = (extraPrefsFirefox) => ({ browser: 'firefox', executablePath: process.argv[3], extraPrefsFirefox });
const fake = { 'media.navigator.streams.fake': true };
const noPrompt = { 'media.navigator.permission.disabled': true };
await look('Firefox, fake microphone, prompt disabled', firefox({ ...fake, ...noPrompt }));
await look('Firefox, fake microphone, permission given', firefox({ ...fake, 'permissions.default.microphone': 1 }));
await look("Firefox, PulseAudio's null source, prompt disabled", firefox(noPrompt));
await look('Chromium, fake microphone and fake prompt', {
  browser: 'chrome',
  executablePath: process.argv[2],
  args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
server.close();
EOF
PULSE_SERVER=unix:$work/socket node "$work/run.mjs" "$chromium" "$firefox" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
