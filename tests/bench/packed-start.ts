/** Owns measuring how soon the window of the packed app can be used, against an empty app in the very same packed program. */

import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import { desktopObstacle, ensureDisplay } from '../support/host/electron.ts';
import { READY_LINE } from '../support/host/ready-line.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const ROUNDS = 7;
const START_TIMEOUT_MS = 60_000;
const DEV_TOOLS_LINE = /^DevTools listening on (ws:\/\/\S+)$/m;

/** The one that electron-builder packs with. */
const asar = createRequire(resolve('node_modules/electron-builder/package.json'))('@electron/asar') as {
  createPackage(folder: string, archive: string): Promise<void>;
};
const { untilPainted } = createRequire(resolve('tests/bench/main.ts'))('./usable-probe.cjs') as {
  untilPainted(): Promise<number>;
};

/** Both packed apps below a folder of their own; whoever asked removes it. */
interface PackedApps {
  readonly folder: string;
  readonly programs: Readonly<Record<RelayKind, string>>;
}

/** Fuses, languages and files are those of the product in both; only the archive is another. */
async function packApps(): Promise<PackedApps> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-call-packed-'));
  const product = join(folder, 'linux-unpacked');
  const bare = join(folder, 'empty');
  await promisify(execFile)(process.execPath, [
    'scripts/dist.mjs',
    '--dir',
    `-c.directories.output=${folder}`,
  ]);
  await cp(product, bare, { recursive: true });
  await rm(join(bare, 'resources/app.asar.unpacked'), { recursive: true, force: true });
  await asar.createPackage('tests/bench/empty-app', join(bare, 'resources/app.asar'));
  const program = 'secret-call';
  return { folder, programs: { bare: join(bare, program), product: join(product, program) } };
}

/** The time of day at which a page with the button is painted; asks anew where the page gave way to another meanwhile. */
function paintedAt(devTools: string): Promise<number> {
  return new Promise((tell, giveUp) => {
    const socket = new WebSocket(devTools);
    let id = 0;
    const send = (method: string, params: object, sessionId?: string) =>
      socket.send(JSON.stringify({ id: ++id, method, params, sessionId }));
    const ask = (sessionId: string) => {
      const expression = `(${untilPainted})()`;
      send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
    };
    socket.on('open', () =>
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }),
    );
    socket.on('message', (data) => {
      const { method, params, sessionId, result, error } = JSON.parse(String(data));
      if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page') ask(params.sessionId);
      else if (typeof result?.result?.value === 'number') {
        socket.close();
        tell(result.result.value);
      } else if (sessionId !== undefined && (error || result?.exceptionDetails)) ask(sessionId);
    });
    socket.on('error', giveUp);
  });
}

/** From the start of the program until its window is shown and painted, in milliseconds, with nothing kept from another start. */
async function measurePackedStart(program: string): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-start-'));
  await writeFile(join(directory, 'settings.json'), JSON.stringify({ language: 'en' }));
  const startedAtMs = Date.now();
  const child = spawn(
    program,
    ['--no-sandbox', `--user-data-dir=${directory}/profile`, '--remote-debugging-port=0'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SECRET_CALL_DATA: directory } },
  );
  const closed = new Promise<void>((end) => child.once('close', () => end()));
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    const painted = new Promise<number>((tell, giveUp) => {
      let said = '';
      child.stderr.on('data', (text: Buffer) => {
        const before = said;
        said += text.toString();
        const [, devTools] = DEV_TOOLS_LINE.exec(said) ?? [];
        if (devTools !== undefined && !DEV_TOOLS_LINE.test(before)) paintedAt(devTools).then(tell, giveUp);
      });
      child.once('close', () => giveUp(new Error(`${program} ended: ${said.trim()}`)));
    });
    const shown = new Promise<number>((tell) => {
      let said = '';
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes(READY_LINE)) tell(Date.now());
      });
    });
    const paintedAtMs = await painted;
    return Math.max(paintedAtMs, await shown) - startedAtMs;
  } finally {
    clearTimeout(timer);
    child.kill('SIGTERM');
    await closed;
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

export async function benchPackedStart(): Promise<Measure[]> {
  const obstacle = process.platform === 'linux' ? desktopObstacle() : 'packing is tried on Linux only';
  if (obstacle !== null) {
    console.error(`Not measured: start of the packed app (${obstacle}).`);
    return [];
  }
  const display = await ensureDisplay();
  const { folder, programs } = await packApps();
  try {
    for (const program of Object.values(programs)) await measurePackedStart(program);
    const starts = await byTurns(ROUNDS, (kind) => measurePackedStart(programs[kind]));
    return [{ name: 'packed app → window usable', unit: 'ms', ...starts, target: { atMost: 1.3 } }];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await display?.stop();
  }
}
