/** Owns pages that have a link, never join, and listen to who comes and goes while one in the room changes it without end. */

import { ONLOOKERS_MAX, ROSTERS_OUTSIDE_PER_SECOND } from '../../../main/common/protocol/limits.ts';
import { WirePage } from '../../support/wire/wire-page.ts';
import type { Attack } from '../stage.ts';
import { renames } from './churn.ts';

/** Some places are left for the newcomers, who have the page open as well before they join. */
const COUNT = ONLOOKERS_MAX - 4;

export const onlookers: Attack = {
  name: `${COUNT} pages that look on, and ${renames.name}`,
  run: async (stage) => {
    const { host } = stage;
    const frames: number[] = [];
    const pages: WirePage[] = [];
    for (let index = 0; index < COUNT; index++) {
      const page = await WirePage.open(host);
      await page.prove(host.token);
      await page.next('hello');
      page.socket.on('message', (frame) => void frames.push(String(frame).length));
      pages.push(page);
    }
    const startMs = performance.now();
    const { onlookers } = host.status;
    if (onlookers < COUNT) stage.gain(`the host sees ${onlookers} of them`);
    await renames.run(stage);
    const seconds = (performance.now() - startMs) / 1_000;
    const open = pages.filter(({ socket }) => socket.readyState === socket.OPEN);
    for (const page of pages) page.socket.terminate();
    const perSecond = frames.length / COUNT / seconds;
    const bytes = frames.reduce((sum, size) => sum + size, 0);
    // The first is told at once.
    if (frames.length > COUNT * (2 + seconds * ROSTERS_OUTSIDE_PER_SECOND))
      stage.gain(`${perSecond.toFixed(1)} rosters a second each`);
    stage.note(
      `the host saw ${onlookers}, ${open.length} of them stayed, ${(bytes / 1_000 / seconds).toFixed(0)} kB/s went to all of them`,
    );
  },
};
