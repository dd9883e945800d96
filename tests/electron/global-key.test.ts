/** Owns proof that the key to talk is heard while another program has the focus, and that no other key is, in a real Electron. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallBridge } from '../../main/common/call-api/bridge.ts';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop, desktopObstacle, projectRoot } from '../support/host/electron.ts';
import { OtherProgram } from '../support/host/other-program.ts';
import { isRunning } from '../support/process/processes.ts';
import { until } from '../support/time/until.ts';

const APP_HZ = 440;
const BROWSER_HZ = 660;

const chromium = findChromium();

function keyboardObstacle(): string | null {
  if (process.platform !== 'linux') return 'keys are pressed on an X display';
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return 'keys would be typed into your own windows';
  return desktopObstacle() ?? (chromium === null ? 'no Chromium here' : null);
}

describeDesktop(
  'the key that works everywhere',
  () => {
    let stage: Stage;
    let browser: Browser;
    let app: TalkingApp;
    let other: OtherProgram;
    let host: Guest;
    let guest: Guest;

    beforeAll(async () => {
      stage = await Stage.create();
      browser = await stage.browser(BROWSER_HZ, chromium ?? '');
      app = await TalkingApp.launch(APP_HZ);
      other = await OtherProgram.start(process.env.DISPLAY ?? '');
      await recordForks();
      const live = await app.host();
      host = await app.talkHere('Ann');
      await host.join();
      guest = await stage.guest(browser, live.local.invite, 'Ben');
      await guest.join();
      await Promise.all([host.sees('Ben'), guest.hears(APP_HZ)]);
    });
    afterAll(async () => {
      other.end();
      await app.dispose();
      await stage.end();
    });

    /** From then on main keeps all that processes of its own ever tell it. */
    async function recordForks(): Promise<void> {
      await app.desktop.app.evaluate(({ utilityProcess }) => {
        const told: unknown[] = [];
        Reflect.set(globalThis, 'told', told);
        const fork = utilityProcess.fork.bind(utilityProcess);
        utilityProcess.fork = (...args) => {
          const child = fork(...args);
          child.on('message', (message) => told.push(message));
          return child;
        };
      });
    }

    const told = (): Promise<unknown[]> =>
      app.desktop.app.evaluate(() => Reflect.get(globalThis, 'told') as unknown[]);

    /** Process ids of key watches. */
    const watches = (): Promise<number[]> =>
      app.desktop.app.evaluate(({ app: electron }) =>
        electron
          .getAppMetrics()
          .filter(({ name }) => name === 'Secret Call key watch')
          .map(({ pid }) => pid),
      );

    const isListening = (times: number) =>
      until(
        'the key watch',
        told,
        (messages) => messages.filter((message) => message === 'listening').length === times,
      );

    it('is not listened for before it is switched on', async () => {
      expect(await watches()).toEqual([]);
    });

    it('lets the others hear one only while it is held, and no other key leaves a trace', async () => {
      await host.page.getByRole('button', { name: 'Settings', exact: true }).click();
      await host.page.getByRole('switch', { name: 'Push to talk everywhere' }).check();
      await isListening(1);
      await host.page.keyboard.press('Escape');
      await host.page.evaluate(() => {
        const events: unknown[] = [];
        Reflect.set(window, 'events', events);
        (Reflect.get(window, 'app') as CallBridge).onEvent((event) => events.push(event));
      });

      await other.focus();
      await guest.hearsSilence();
      await other.type('+KeyA', '-KeyA', '+ControlRight', '+KeyB', '-KeyB');
      await guest.hears(APP_HZ);
      await host.page.getByRole('button', { name: 'Mute microphone' }).waitFor();
      await other.type('-ControlRight', '+F9', '-F9');
      await guest.hearsSilence();
      await host.page.getByRole('button', { name: 'Unmute microphone' }).waitFor();

      const typed = ['+KeyA', '-KeyA', '+ControlRight', '+KeyB', '-KeyB', '-ControlRight', '+F9', '-F9'];
      await until(
        'what the other program was given',
        () => other.heard,
        ({ length }) => length === typed.length,
      );
      expect(other.heard).toEqual(typed);
      expect(await told()).toEqual(['listening', 'down', 'up']);
      expect(await host.page.evaluate(() => Reflect.get(window, 'events'))).toEqual([
        { type: 'talk-key', held: true },
        { type: 'talk-key', held: false },
      ]);
      const log = await readFile(path.join(app.desktop.dataDirectory, 'secret-call.log'), 'utf8');
      const lines = log.split('\n').filter((line) => line.includes('key'));
      expect(lines.map((line) => Object.entries(JSON.parse(line)).slice(2))).toEqual([
        [['event', 'key-watch-listening']],
      ]);
    });

    it('is let go when its process ends, which ends nothing else', async () => {
      await other.type('+ControlRight');
      await guest.hears(APP_HZ);
      const [pid = 0] = await watches();
      process.kill(pid, 'SIGKILL');
      await guest.hearsSilence();
      await host.page.getByText('Your key does not work').first().waitFor();
      await other.type('-ControlRight');
    });

    it('is listened for anew with the next call, and not between', async () => {
      await host.leave();
      await host.join();
      await isListening(2);
      const [pid = 0] = await watches();
      await host.leave();
      await until(
        'the end of the key watch',
        () => isRunning(pid),
        (running) => !running,
      );
      expect(await watches()).toEqual([]);
    });

    it('has a process that without a display never listens, and can be ended, which ends nothing else', async () => {
      const messages = await app.desktop.app.evaluate(
        ({ utilityProcess }, file) => {
          const child = utilityProcess.fork(file, [], { stdio: 'ignore', env: { DISPLAY: ':4095' } });
          const all: unknown[] = [];
          child.on('message', (message) => all.push(message));
          child.postMessage([1]);
          // The library either takes its process with it or waits for ever, as it happens.
          setTimeout(() => child.kill(), 1_000);
          return new Promise<unknown[]>((resolve) => child.once('exit', () => resolve(all)));
        },
        path.join(projectRoot, 'dist/main/key-watch.js'),
      );
      expect(messages).toEqual([]);
      expect(await app.desktop.page.title()).toBe('Secret Call');
    });

    it('is heard by nobody once the app is killed', async () => {
      await host.join();
      await isListening(3);
      const [pid = 0] = await watches();
      app.desktop.process.kill('SIGKILL');
      await until(
        'the end of the key watch',
        () => isRunning(pid),
        (running) => !running,
      );
    });
  },
  keyboardObstacle(),
);
