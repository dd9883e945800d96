/** Holds a start at login to leaving the window where its person can reach it, whatever the desktop has. */

import { expect, it } from 'vitest';
import {
  startHidden,
  TRAY_ASKED_EVERY_MS,
  TRAY_WAIT_MS,
} from '../../../../../main/desktop/login/hidden-start.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

function createStage(trayAfterMs: number) {
  const time = new ManualTime();
  const stage = { time, asked: 0, minimized: 0, shown: false, done: false };
  const start = {
    showTray: async () => {
      stage.asked += 1;
      return time.clock() >= trayAfterMs;
    },
    isShown: () => stage.shown,
    minimize: () => {
      stage.minimized += 1;
    },
    timers: time.timers,
  };
  void startHidden(start).then(() => {
    stage.done = true;
  });
  return stage;
}

it('stays out of sight behind an icon that is there', async () => {
  const stage = createStage(0);
  await stage.time.advance(TRAY_WAIT_MS * 2);
  expect(stage).toMatchObject({ asked: 1, minimized: 0, done: true });
});

it('waits for a desktop that comes up later than the app', async () => {
  const stage = createStage(TRAY_ASKED_EVERY_MS * 3);
  await stage.time.advance(TRAY_WAIT_MS * 2);
  expect(stage).toMatchObject({ asked: 4, minimized: 0, done: true });
});

it('is minimised where no icon would be seen', async () => {
  const stage = createStage(Number.POSITIVE_INFINITY);
  await stage.time.advance(TRAY_WAIT_MS - 1);
  expect(stage).toMatchObject({ minimized: 0, done: false });
  await stage.time.advance(1);
  expect(stage).toMatchObject({ minimized: 1, done: true });
  expect(stage.time.pending).toBe(0);
});

it('leaves alone a window that somebody has brought up meanwhile', async () => {
  const stage = createStage(Number.POSITIVE_INFINITY);
  await stage.time.advance(TRAY_ASKED_EVERY_MS);
  stage.shown = true;
  await stage.time.advance(TRAY_WAIT_MS);
  expect(stage).toMatchObject({ minimized: 0, done: true });
});
