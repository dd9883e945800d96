/** Owns the app that is killed as it hosts, and before that, one by one, the processes of its windows. */

import { join } from 'node:path';
import { TalkingApp } from '../../support/host/app-call.ts';
import { desktopObstacle, ensureDisplay } from '../../support/host/electron.ts';
import { processesWith } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';
import { Killings } from '../killings.ts';
import { pauseAtRandom, type SoakPart, type SoakStage, TONE_HZ } from '../stage.ts';

const CALL = 'app://call/';
const WINDOW = 'app://window/';
const MOMENT_MAX_MS = 2_000;
const WINDOW_BACK_MAX_S = 3;
/** A page that is there answers sooner. */
const LATE_MS = 1_000;

async function needDisplay(stage: SoakStage): Promise<void> {
  const obstacle = desktopObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const display = await ensureDisplay();
  stage.atEnd(async () => display?.stop());
}

export const appKilled: SoakPart = {
  what: 'times the app is killed as it hosts, and before that the pages of its call and of its window',
  count: 50,
  async run(stage, count) {
    await needDisplay(stage);
    const killings = new Killings();
    let longestWindowMs = 0;
    for (let killed = 0; killed < count; killed++) {
      const startMs = performance.now();
      const app = await TalkingApp.launch(TONE_HZ);
      stage.atEnd(() => app.dispose());
      const { desktop } = app;
      await desktop.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
      killings.noteStart(performance.now() - startMs);
      const { port } = await app.host();
      await killCall(app);
      longestWindowMs = Math.max(longestWindowMs, await killWindow(app));
      await pauseAtRandom(MOMENT_MAX_MS);
      desktop.process.kill('SIGKILL');
      await desktop.exited;
      await killings.awaitNone(() => processesWith(join(desktop.dataDirectory, 'profile')));
      await killings.tryPort(port);
    }
    const backS = longestWindowMs / 1_000;
    return {
      figures: [
        ...killings.figures(),
        { name: 'longest until the window stood again', value: backS, unit: 's', atMost: WINDOW_BACK_MAX_S },
      ],
    };
  },
};

/** The process that draws the page at this address. */
async function processOf(app: TalkingApp, address: string): Promise<number> {
  const pid = await app.desktop.app.evaluate(({ BrowserWindow }, start) => {
    const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
    return pages.find((page) => page.getURL().startsWith(start))?.getOSProcessId() ?? 0;
  }, address);
  // To kill 0 would be to kill oneself.
  if (pid === 0) throw new Error(`nothing stands at ${address}`);
  return pid;
}

/** How far the room is, as the window sees it in another process than that; nothing before it stands. */
function phaseInWindow(app: TalkingApp, killedPid: number): Promise<unknown> {
  return app.desktop.app.evaluate(
    ({ BrowserWindow }, { start, former, lateMs }) => {
      const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
      const page = pages.find((each) => each.getURL().startsWith(start));
      if (page === undefined || page.isCrashed() || page.isLoading()) return null;
      if (page.getOSProcessId() === former) return null;
      const phase = page.executeJavaScript('host.snapshot().then(({ status }) => status.phase)');
      // A page that is exchanged at this moment never answers.
      const late = new Promise((resolve) => setTimeout(resolve, lateMs, null));
      return Promise.race([phase.catch(() => null), late]);
    },
    { start: WINDOW, former: killedPid, lateMs: LATE_MS },
  );
}

/** In the own room: the window goes, and the room stays. */
async function killCall(app: TalkingApp): Promise<void> {
  const guest = await app.talkHere('Ann');
  await guest.join();
  const pid = await processOf(app, CALL);
  await pauseAtRandom(MOMENT_MAX_MS);
  process.kill(pid, 'SIGKILL');
  await until(
    'the end of the call’s window',
    async () => app.callWindows().length,
    (count) => count === 0,
  );
  await app.live();
}

/** Another page goes on in its place; how long that took. */
async function killWindow(app: TalkingApp): Promise<number> {
  const pid = await processOf(app, WINDOW);
  await pauseAtRandom(MOMENT_MAX_MS);
  const killedAtMs = performance.now();
  process.kill(pid, 'SIGKILL');
  await until(
    'the window again',
    () => phaseInWindow(app, pid),
    (phase) => phase === 'live',
  );
  return performance.now() - killedAtMs;
}
