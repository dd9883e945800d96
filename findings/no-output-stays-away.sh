#!/usr/bin/env bash
# Firefox runs no AudioContext while there is nothing to play on: `resume` does not settle, nothing fails, and its time stands still,
# whatever is connected to it. It goes on doing so in a page that has tried once after a device has come, also with another context, until
# that page is loaded anew; with no sound server at all when it first asked, until Firefox is started anew.
#
# puppeteer-core 24.43.1 with Debian's Firefox 153.8.0esr and PulseAudio 16.1, which is given and loses a sink that nobody hears. A context that
# runs as its device goes runs on. `maxChannelCount` of the destination is 0 where there was no device so far, and
# stays 2 where there was one: 0 tells at once that no context will run, 2 tells nothing.
#
#> no device: suspended, time stands, 0 channels
#> one has come: suspended, time stands, 2 channels
#> loaded anew: running, time goes on, 2 channels
#> its device has gone: running, time goes on, 2 channels
#> another context: suspended, time stands, 2 channels
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
firefox=$(command -v firefox-esr)
"$firefox" --version >&2
command -v pulseaudio pactl >&2
npm install --silent --no-audit --no-fund --prefix "$work" puppeteer-core@24.43.1
cat >"$work/run.mjs" <<'END'
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const [, , executablePath, folder] = process.argv;
const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));
const freePort = async () => {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
};
const at = `127.0.0.1 port=${await freePort()}`;
const env = {
  ...process.env,
  PULSE_SERVER: `tcp:${at.replace(' port=', ':')}`,
  XDG_RUNTIME_DIR: folder,
  XDG_CONFIG_HOME: folder,
};
const sounds = spawn(
  'pulseaudio',
  [
    ...['-n', '--daemonize=no', '--use-pid-file=no', '--disable-shm', '--exit-idle-time=-1'],
    ...['-L', `module-native-protocol-tcp listen=${at} auth-anonymous=1`],
  ],
  { env, stdio: 'ignore' },
);
const tell = async (...order) => {
  for (let tries = 0; ; tries++) {
    try {
      execFileSync('pactl', order, { env, stdio: 'ignore' });
      // Firefox is told of it.
      return await later(1_000);
    } catch (error) {
      if (tries === 20) throw error;
      await later(250);
    }
  }
};
await tell('info');
const web = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>a page</title>');
});
await new Promise((listening) => web.listen(0, '127.0.0.1', listening));
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  env,
  extraPrefsFirefox: { 'media.autoplay.default': 0 },
});
const page = await browser.newPage();
await page.goto(`http://localhost:${web.address().port}`);

const look = async (name, opens = true) =>
  console.log(
    `${name}: ${await page.evaluate(async (opens) => {
      if (opens) {
        await globalThis.context?.close();
        globalThis.context = new AudioContext();
        void context.resume();
      }
      const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));
      for (let waited = 0; context.state !== 'running' && waited < 40; waited++) await later(100);
      const before = context.currentTime;
      await later(1_000);
      const time = context.currentTime > before ? 'goes on' : 'stands';
      return `${context.state}, time ${time}, ${context.destination.maxChannelCount} channels`;
    }, opens)}`,
  );

await look('no device');
await tell('load-module', 'module-null-sink');
await look('one has come');
await page.reload();
await look('loaded anew');
await tell('unload-module', 'module-null-sink');
await look('its device has gone', false);
await look('another context');
await browser.close();
web.close();
sounds.kill();
END
node "$work/run.mjs" "$firefox" "$work" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
