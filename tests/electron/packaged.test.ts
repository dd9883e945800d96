/** Owns proof that the packed folder starts and hosts from its archive, with the fuses blown. */

import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallBridge } from '../../main/common/call-api/bridge.ts';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { describeDesktop, desktopObstacle, projectRoot } from '../support/host/electron.ts';
import { searchArchive, wrongFuses } from '../support/host/packed-app.ts';
import { READY_LINE } from '../support/host/ready-line.ts';
import { until } from '../support/time/until.ts';

const obstacle =
  desktopObstacle() ?? (process.platform === 'linux' ? null : 'packing is tried on Linux only');

describeDesktop(
  'the packed app',
  () => {
    let output: string;
    let program: string;
    beforeAll(async () => {
      output = await mkdtemp(path.join(tmpdir(), 'secret-call-packed-'));
      program = path.join(output, 'linux-unpacked/secret-call');
      const args = ['scripts/dist.mjs', '--dir', `-c.directories.output=${output}`];
      await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
    });
    afterAll(() => rm(output, { recursive: true, force: true }));

    it('runs only its own archive, and no inspector', async () => {
      expect(existsSync(path.join(output, 'linux-unpacked/resources/default_app.asar'))).toBe(false);
      expect(await wrongFuses(program)).toEqual([]);
    });

    it('has in its archive what the app is made of, whole, and nothing else', async () => {
      const archive = path.join(output, 'linux-unpacked/resources/app.asar');
      const { files, strangers, altered } = await searchArchive(archive);
      expect(files).toContain('dist/main/index.js');
      expect({ strangers, altered }).toEqual({ strangers: [], altered: [] });
    });

    it('has no languages but its own', async () => {
      const locales = await readdir(path.join(output, 'linux-unpacked/locales'));
      expect(locales.sort()).toEqual(['en-US.pak', 'ru.pak']);
    });

    it('has beside its archive only what this system loads itself', async () => {
      const unpacked = path.join(output, 'linux-unpacked/resources/app.asar.unpacked');
      const files = await readdir(unpacked, { recursive: true, withFileTypes: true });
      expect(files.filter((file) => file.isFile()).map(({ name }) => name)).toEqual([
        `linux-${process.arch}.node`,
      ]);
    });

    /** Goes into the call, without a microphone, and resolves once the process of the key watch listens. */
    async function listensForAKey(call: Page, directory: string): Promise<void> {
      await call.getByRole('textbox', { name: 'Your name' }).fill('Ann');
      await call.getByRole('radio', { name: 'Just listen' }).press('Space');
      await call.getByRole('button', { name: 'Join', exact: true }).click();
      await call.getByRole('button', { name: 'Leave', exact: true }).waitFor();
      const answer = await call.evaluate(async () => {
        const app = Reflect.get(window, 'app') as CallBridge;
        return app.setGlobalKey({ code: 'ControlRight', printed: null });
      });
      expect(answer).toEqual({ ok: true, value: 'on' });
      await until(
        'the key watch',
        () => readFile(path.join(directory, 'secret-call.log'), 'utf8'),
        (log) => log.includes('"event":"key-watch-listening"'),
      );
    }

    it('starts, hosts the page out of the archive, listens for a key, and ends on SIGTERM', async () => {
      const directory = await mkdtemp(path.join(output, 'run-'));
      const settings = { port: 0, tunnel: 'none', iceServers: [], language: 'en' };
      await writeFile(path.join(directory, 'settings.json'), JSON.stringify(settings));
      const profile = path.join(directory, 'profile');
      // Playwright starts an app through Node's inspector, which is off here; Chromium's own port is not.
      const args = ['--no-sandbox', `--user-data-dir=${profile}`, '--remote-debugging-port=0'];
      const child = spawn(program, args, {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11', SECRET_CALL_DATA: directory },
      });
      const exited = new Promise((resolve) => child.once('exit', resolve));
      try {
        let printed = '';
        child.stdout.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
        });
        await until(
          'the ready line',
          () => printed,
          (text) => text === `${READY_LINE}\n`,
        );
        const [port] = readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
        const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
        const page = browser.contexts()[0]?.pages()[0];
        await page?.getByRole('button', { name: 'Host', exact: true }).click();
        const invite = (await page?.getByRole('link').getAttribute('href')) ?? '';
        const answer = await fetch(new URL('/', invite));
        expect(answer.status).toBe(200);
        const built = await readFile(path.join(projectRoot, 'dist/web-client/index.html'), 'utf8');
        expect(await answer.text()).toBe(built);
        const opened = browser.contexts()[0]?.waitForEvent('page');
        await page?.evaluate(() => (Reflect.get(globalThis, 'host') as HostBridge).talkHere());
        const call = await opened;
        if (call) await listensForAKey(call, directory);
        await browser.close();
      } finally {
        child.kill('SIGTERM');
      }
      expect(await exited).toBe(0);
    });
  },
  obstacle,
);
