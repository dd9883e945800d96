// @ts-check
/** Owns `npm start`: the desktop app, or the terminal host where the app cannot come up. */

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject, projectRoot, run, runInstalled } from './project.mjs';

/** What the app prints once its window is up; main/index.ts says the same. */
const READY_LINE = 'secret-call: ready';
const PROGRAM = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Whether the installed package's own runtime is there, whole and of its version. */
async function runtimeInstalled() {
  const wanted = JSON.parse(await readFile(inProject('node_modules/electron/package.json'), 'utf8')).version;
  const version = await readFile(inProject('node_modules/electron/dist/version'), 'utf8').catch(() => '');
  return version.trim().replace(/^v/, '') === wanted;
}

/** @returns {Promise<string | null>} the Electron program, or null where it cannot be had */
async function electronProgram() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!override && !(await runtimeInstalled())) {
    console.error('Downloading Electron …');
    if ((await runInstalled('electron/install.js', [])) !== 0) return null;
  }
  const name = PROGRAM[/** @type {'win32' | 'darwin'} */ (process.platform)] ?? 'electron';
  return path.join(override || inProject('node_modules/electron/dist'), name);
}

/**
 * Runs the app to its end.
 * @param {string} program
 * @returns {Promise<{ ready: boolean, code: number, lastLine: string }>}
 */
function runApp(program) {
  return new Promise((resolve) => {
    // Chromium's sandbox refuses to run as root; nobody else goes without it.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(program, [...asRoot, projectRoot, ...process.argv.slice(2)], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let ready = false;
    let lastLine = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      ready ||= text.includes(READY_LINE);
      process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      lastLine = text.trim().split('\n').at(-1) || lastLine;
      if (ready) process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ ready: false, code: 1, lastLine: error.message }));
    child.on('close', (code) => resolve({ ready, code: code ?? 1, lastLine }));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.on(signal, () => child.kill(signal));
  });
}

/** @param {string} reason */
async function hostFromTerminal(reason) {
  console.error(`${reason}\nHosting from the terminal instead.\n`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.removeAllListeners(signal);
  process.exitCode = await run(process.execPath, [inProject('scripts/host.mjs')]);
}

await ensureDependencies();
await ensureBuilt();
if (!hasDisplay()) {
  await hostFromTerminal('There is no display for the window.');
} else {
  const program = await electronProgram();
  const end = program ? await runApp(program) : null;
  if (end?.ready) process.exitCode = end.code;
  else
    await hostFromTerminal(
      end ? `The window could not open: ${end.lastLine}` : 'Electron could not be downloaded.',
    );
}
