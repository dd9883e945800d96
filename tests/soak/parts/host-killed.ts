/** Owns the host that is killed in a call and started again with the room it kept. */

import type { Guest } from '../../support/browser/guest.ts';
import { callFigures, pauseAtRandom, type SoakPart } from '../stage.ts';

const BACK_MAX_S = 2;
const MOMENT_MAX_MS = 1_000;

export const hostKilled: SoakPart = {
  what: 'times the host is killed and started again, two people talk',
  count: 20,
  async run(stage, count) {
    const options = { dataDirectory: stage.directory, flags: ['--keep-room'] };
    let host = await stage.host(options);
    const { invite } = host;
    const people = [await stage.guest(invite, 'Anna'), await stage.guest(invite, 'Boris')] as const;
    await stage.callOf(...people);
    let longestBackMs = 0;
    let otherLinks = 0;
    for (let killed = 0; killed < count; killed++) {
      await pauseAtRandom(MOMENT_MAX_MS);
      await host.kill();
      await people[0].showsStatus('Connection lost, trying again');
      await pauseAtRandom(MOMENT_MAX_MS);
      host = await stage.host(options);
      const liveAtMs = performance.now();
      if (host.invite !== invite) otherLinks++;
      await Promise.all(people.map((guest) => isBack(guest, people)));
      longestBackMs = Math.max(longestBackMs, performance.now() - liveAtMs);
    }
    return {
      figures: [
        ...(await callFigures(people)),
        {
          name: 'all back in the list after it is live',
          value: longestBackMs / 1_000,
          unit: 's',
          atMost: BACK_MAX_S,
        },
        { name: 'other links', value: otherLinks, unit: '', atMost: 0 },
      ],
    };
  },
};

async function isBack(guest: Guest, people: readonly Guest[]): Promise<void> {
  await guest.showsStatus('Live');
  await guest.sees(...people.filter((other) => other !== guest).map(({ name }) => name));
}
