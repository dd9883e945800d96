// @ts-check
/** Owns the programs that the tests use beside npm's packages: a browser first of all, and what Debian has of the rest. */

import { existsSync } from 'node:fs';
import { run, runInstalled } from './project.mjs';

const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Debian packages for tests of the real thing; each with the file that shows it is there. */
const DEBIAN_PACKAGES = [
  { name: 'chromium', file: '/usr/bin/chromium' },
  { name: 'firefox-esr', file: '/usr/bin/firefox-esr' },
  { name: 'openssh-server', file: '/usr/sbin/sshd' },
  { name: 'openssh-client', file: '/usr/bin/ssh' },
  { name: 'nginx', file: '/usr/sbin/nginx' },
  { name: 'caddy', file: '/usr/bin/caddy' },
  { name: 'coturn', file: '/usr/bin/turnserver' },
  { name: 'xvfb', file: '/usr/bin/Xvfb' },
  { name: 'ffmpeg', file: '/usr/bin/ffmpeg' },
  { name: 'pulseaudio', file: '/usr/bin/pulseaudio' },
];

async function playwrightBrowserThere() {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

/** No network is soon told. */
const BRIEFLY = [
  '-o',
  'Acquire::Retries=0',
  '-o',
  'Acquire::http::Timeout=10',
  '-o',
  'Acquire::https::Timeout=10',
];

const INSTALL = ['install', '-y', '-qq', '--no-install-recommends', '--no-remove'];

/** Installs Debian's packages where this is Debian and one may. */
async function installFromDebian() {
  const missing = DEBIAN_PACKAGES.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  console.error(`Installing for the tests: ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', [...BRIEFLY, 'update', '-qq'], { quiet: true, env })) !== 0) return;
  /** @param {string[]} names */
  const install = (names) =>
    run('apt-get', [...BRIEFLY, ...INSTALL, ...names], { quiet: true, env }).then((code) => code === 0);
  if (await install(missing)) return;
  // One by one: what cannot be had, or would have another package removed, is left out, alone.
  for (const name of missing) await install([name]);
}

/** Makes the test tools present as far as this machine allows; tests that miss theirs are skipped by name. */
export async function ensureTestTools() {
  await installFromDebian();
  if (CHROMIUM_PLACES.some((place) => existsSync(place)) || (await playwrightBrowserThere())) return;
  console.error('Downloading a browser for the tests …');
  await runInstalled('playwright/cli.js', ['install', 'chromium'], { quiet: true });
}
