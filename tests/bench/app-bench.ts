/** Owns measuring the desktop app: how soon its window can be used, and how soon after Host there is a link. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { HostPreferences } from '../../main/common/host-api/snapshot.ts';
import { desktopObstacle, ensureDisplay, launchDesktop } from '../support/host/electron.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const START_ROUNDS = 7;
const HOST_ROUNDS = 7;
const START_TIMEOUT_MS = 60_000;
/** Somebody who looks at the window first. */
const LOOK_MS = 1_500;

/** Both are started by the same command in their own folder; the bench runs in the project's. */
const FOLDERS: Readonly<Record<RelayKind, string>> = {
  bare: resolve('tests/bench/empty-app'),
  product: resolve('.'),
};
const PROBE = resolve('tests/bench/usable-probe.cjs');
const USABLE_LINE = /^usable at (\d+)$/;
const LANGUAGE: Partial<HostPreferences> = { language: 'en' };

/** From the command to the window, in milliseconds, with nothing kept from another start but what is built. */
async function measureStart(kind: RelayKind): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-start-'));
  await writeFile(join(directory, 'settings.json'), JSON.stringify(LANGUAGE));
  const startedAtMs = Date.now();
  const child = spawn('npm', ['start', '--', '--no-sandbox', `--user-data-dir=${directory}/profile`], {
    cwd: FOLDERS[kind],
    // A group of its own, to be ended whole: npm tells its children nothing.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: `--require ${PROBE}`, SECRET_CALL_DATA: directory },
  });
  const closed = new Promise<void>((end) => child.once('close', () => end()));
  const endGroup = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  };
  const timer = setTimeout(() => endGroup('SIGKILL'), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, usableAtMs] = USABLE_LINE.exec(line) ?? [];
      if (usableAtMs !== undefined) return Number(usableAtMs) - startedAtMs;
    }
    throw new Error(`no usable window of the ${kind} app`);
  } finally {
    clearTimeout(timer);
    endGroup('SIGTERM');
    await closed;
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs in the window: from the press of Host until a frame with the link has been painted, in milliseconds. */
function pressHost(): Promise<number> {
  return new Promise((resolve, reject) => {
    const host = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === 'Host',
    );
    if (host === undefined) {
      reject(new Error('no Host'));
      return;
    }
    const startMs = performance.now();
    host.click();
    const look = () => {
      const shown = [
        document.body.innerText,
        ...[...document.querySelectorAll('input')].map(({ value }) => value),
      ];
      if (shown.some((text) => text.includes('http://localhost:')))
        setTimeout(() => resolve(performance.now() - startMs));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** In an app that has never hosted before. */
async function measureHost(): Promise<number> {
  const desktop = await launchDesktop();
  try {
    await desktop.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    await desktop.page.waitForTimeout(LOOK_MS);
    return await desktop.page.evaluate(pressHost);
  } finally {
    await desktop.dispose();
  }
}

export async function benchApp(): Promise<Measure[]> {
  const obstacle = process.platform === 'win32' ? 'npm is no program of its own here' : desktopObstacle();
  if (obstacle !== null) {
    console.error(`Not measured: start of the app, Host → link (${obstacle}).`);
    return [];
  }
  const display = await ensureDisplay();
  try {
    for (const kind of ['bare', 'product'] as const) await measureStart(kind);
    const starts = await byTurns(START_ROUNDS, measureStart);
    const links: number[] = [];
    for (let round = 0; round < HOST_ROUNDS; round++) links.push(await measureHost());
    return [
      { name: 'npm start → window usable', unit: 'ms', ...starts, target: { atMost: 1.3 } },
      {
        name: 'Host pressed → local link in the window',
        unit: 'ms',
        bare: [],
        product: links,
        target: { productAtMost: 150 },
      },
    ];
  } finally {
    await display?.stop();
  }
}
