/** Owns the memory of a host and of its guests as people join, talk and leave without end. */

import type { Guest } from '../../support/browser/guest.ts';
import { until } from '../../support/time/until.ts';
import { HostMemory, inspectorFlag } from '../host-memory.ts';
import { PageMemory } from '../page-memory.ts';
import { type Memory, type Reading, slopeFigures } from '../slope.ts';
import type { SoakPart } from '../stage.ts';

/** Somebody may join again and again, but no oftener than one place goes on to new identities; several go faster. */
const COMERS = 4;
const SAMPLES = 24;

export const cycles: SoakPart = {
  what: 'times somebody joins, talks and leaves',
  count: 1_000,
  async run(stage, count) {
    const inspector = await inspectorFlag();
    const host = await stage.host({ nodeArguments: [inspector.flag] });
    const hostMemory = await HostMemory.connect(inspector.port);
    stage.atEnd(async () => hostMemory.dispose());
    const stays = await stage.guest(host.invite, 'Anna');
    await stays.join();
    const comers: Guest[] = [];
    while (comers.length < COMERS) comers.push(await stage.guest(host.invite, `Guest ${comers.length + 1}`));
    const memories = new Map<string, Memory>([
      ['host', hostMemory],
      ['page of one who stays', await PageMemory.of(stays.page)],
      ['page of one who comes and goes', await PageMemory.of(comers[0]?.page ?? stays.page)],
    ]);
    const readings = new Map([...memories.keys()].map((name): [string, Reading[]] => [name, []]));
    const rounds = Math.ceil(count / COMERS);
    const every = Math.max(1, Math.floor(rounds / SAMPLES));
    for (let round = 1; round <= rounds; round++) {
      await Promise.all(comers.map((guest) => guest.join()));
      await stays.isConnectedTo(COMERS);
      // Not listened to: what a probe listens by stays in the memory of the page.
      const voices = () => stays.page.evaluate(() => window.callProbe.voices().length);
      await until('the voices of all', voices, (length) => length === COMERS);
      await Promise.all(comers.map((guest) => guest.leave()));
      await stays.isConnectedTo(0);
      if (round % every !== 0) continue;
      for (const [name, memory] of memories)
        readings.get(name)?.push({ atCycle: round * COMERS, ...(await memory.read()) });
    }
    const told = [...readings].map(([name, of]) => slopeFigures(name, of));
    return { figures: told.flatMap(({ figures }) => figures), notes: told.flatMap(({ notes }) => notes) };
  },
};
