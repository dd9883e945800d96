/** Owns proof that windows of a real app can be closed without ending what goes on, and open again where they were. */

import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop, desktopObstacle } from '../support/host/electron.ts';
import { answerQuestions } from '../support/host/native-questions.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';

const PLACE = { bounds: { x: 140, y: 60, width: 700, height: 560 }, maximized: false };

/** Of the host's window and the call's, by the end of their page's address. */
const windowsOf = ({ desktop }: TalkingApp) =>
  desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      page: new URL(window.webContents.getURL()).host,
      visible: window.isVisible(),
    })),
  );

const close = ({ desktop }: TalkingApp, page: 'window' | 'call') =>
  desktop.app.evaluate(
    ({ BrowserWindow }, host) =>
      BrowserWindow.getAllWindows()
        .find((window) => new URL(window.webContents.getURL()).host === host)
        ?.close(),
    page,
  );

describeDesktop(
  'closing a window',
  () => {
    let tools: string;
    let talking: TalkingApp;
    beforeAll(async () => {
      // A desktop that shows tray icons, as far as the app can ask.
      tools = await mkdtemp(path.join(tmpdir(), 'secret-call-tools-'));
      await writeFile(path.join(tools, 'gdbus'), '#!/bin/sh\necho "(<true>,)"\n');
      await chmod(path.join(tools, 'gdbus'), 0o755);
      talking = await TalkingApp.launch(440, {
        env: { PATH: `${tools}${path.delimiter}${process.env.PATH}` },
        files: { 'windows.json': JSON.stringify({ host: PLACE }) },
      });
    });
    afterAll(async () => {
      await talking.dispose();
      await rm(tools, { recursive: true, force: true });
    });

    it('was preceded by opening it where it was, and keeps where it is now', async () => {
      const { app, dataDirectory } = talking.desktop;
      const bounds = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
      expect(await bounds()).toEqual(PLACE.bounds);
      await until(
        'the window',
        () => windowsOf(talking),
        ([window]) => window?.visible === true,
      );
      const next = { x: 20, y: 30, width: 640, height: 600 };
      await app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), next);
      const kept = () => JSON.parse(readFileSync(path.join(dataDirectory, 'windows.json'), 'utf8'));
      await until('the place on the disk', kept, ({ host }) => host.bounds.width === next.width);
      expect(kept()).toEqual({ host: { bounds: next, maximized: false }, call: null });
    });

    it('knows the keys of a menu that is not there', async () => {
      const { app } = talking.desktop;
      const level = () =>
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
      const press = (keyCode: string) =>
        app.evaluate(
          ({ BrowserWindow }, key) =>
            BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({
              type: 'keyDown',
              keyCode: key,
              modifiers: ['control'],
            }),
          keyCode,
        );
      await press('=');
      await until('larger letters', level, (now) => now === 1);
      await press('0');
      await until('letters as before', level, (now) => now === 0);
    });

    it("keeps the room and the host's call running without either window, until they are ended", async () => {
      const live = await talking.host();
      const host = await talking.talkHere('Ann');
      await host.join();
      const guest = await SocketGuest.enter(live.local.invite, 'Ben');
      await host.sees('Ben');

      const kept = await answerQuestions(talking.desktop, 'Keep running');
      await close(talking, 'call');
      await until('a question', kept, (asked) => asked.length === 1);
      await close(talking, 'window');
      const hidden = { visible: false };
      await until(
        'both windows hidden',
        () => windowsOf(talking),
        (windows) => windows.every(({ visible }) => !visible),
      );
      expect((await kept()).map(({ message }) => message)).toEqual([
        'You are in a call with 1 other person.',
        'There are 2 people in the room.',
      ]);
      expect(await windowsOf(talking)).toEqual(
        expect.arrayContaining([
          { page: 'call', ...hidden },
          { page: 'window', ...hidden },
        ]),
      );

      // As a second start does.
      await talking.desktop.app.evaluate(({ app }) => app.emit('second-instance', {}, []));
      await until(
        'both windows back',
        () => windowsOf(talking),
        (windows) => windows.every(({ visible }) => visible),
      );

      await answerQuestions(talking.desktop, 'Leave the call');
      await close(talking, 'call');
      await talking.desktop.page.getByRole('listitem').getByText('Ann').waitFor({ state: 'detached' });
      // The page says that it leaves a moment before its window is gone.
      await until(
        'the window alone',
        () => windowsOf(talking),
        (windows) => windows.map(({ page }) => page).join() === 'window',
      );

      await answerQuestions(talking.desktop, 'End the call');
      await close(talking, 'window');
      expect(await talking.desktop.exited).toBe(0);
      expect(await guest.closed).toBe(4412);
    });
  },
  desktopObstacle() ?? (process.platform === 'win32' ? 'no scripts for programs here' : null),
);
