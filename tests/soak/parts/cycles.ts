/** Owns the memory of a host and of its guests as people join, talk and leave without end. */

import type { Guest } from '../../support/browser/guest.ts';
import { until } from '../../support/time/until.ts';
import { HostMemory, inspectorFlag } from '../host-memory.ts';
import { PageMemory } from '../page-memory.ts';
import { ProcessMemory } from '../process-memory.ts';
import { type Memory, type Reading, slopeFigures } from '../slope.ts';
import type { SoakPart, SoakStage } from '../stage.ts';

/** Those who come together; each two of them connect as well, so of many a cycle costs more than of few. */
const SHIFT = 2;
/** One comes while the others rest: who joins without end may do so every five seconds, and no oftener. */
const SHIFTS = 4;
const CYCLES_OF_ROUND = SHIFT * SHIFTS;
const SAMPLES = 32;
/** Code that is compiled anew, and better, for as long as it runs is no leak, and reads like one. */
const NO_COMPILING = '--no-opt --no-sparkplug';

interface Watched {
  readonly memory: Memory;
  /** It goes through so many cycles a round. */
  readonly cyclesOfRound: number;
  readonly isHeap: boolean;
  readonly readings: Reading[];
}

export const cycles: SoakPart = {
  what: 'times somebody joins, talks and leaves',
  count: 1_000,
  async run(stage, count) {
    const inspector = await inspectorFlag();
    const host = await stage.host({
      nodeArguments: [inspector.flag, ...NO_COMPILING.split(' ')],
      // A place that was given back at once stays taken for a while: there are enough for all shifts.
      flags: ['--mode', 'group', '--capacity', '12'],
    });
    const hostMemory = await HostMemory.connect(inspector.port);
    stage.atEnd(async () => hostMemory.dispose());
    const browser = await stage.browser(`--js-flags=${NO_COMPILING} --no-maglev`);
    const stays = await stage.guest(host.invite, 'Anna', browser);
    await stays.join();
    const shifts: Guest[][] = [];
    while (shifts.length < SHIFTS) shifts.push(await openShift(stage, host.invite, shifts.length));
    const comes = shifts[0]?.[0] ?? stays;
    const watched = new Map<string, Watched>([
      ['host', watch(hostMemory, CYCLES_OF_ROUND)],
      ['page of one who stays', watch(await PageMemory.of(stays.page), CYCLES_OF_ROUND)],
      ['page of one who comes and goes', watch(await PageMemory.of(comes.page), 1)],
      ['browser of all', watch(await ProcessMemory.of(browser), CYCLES_OF_ROUND, false)],
    ]);
    const rounds = Math.ceil(count / CYCLES_OF_ROUND);
    const every = Math.max(1, Math.floor(rounds / SAMPLES));
    const startMs = performance.now();
    for (let round = 1; round <= rounds; round++) {
      for (const shift of shifts) await comeAndGo(stays, shift);
      if (round % every !== 0) continue;
      for (const { memory, cyclesOfRound, readings } of watched.values())
        readings.push({ atCycle: round * cyclesOfRound, ...(await memory.read()) });
    }
    const eachS = (performance.now() - startMs) / 1_000 / (rounds * CYCLES_OF_ROUND);
    const told = [...watched].map(([name, { readings, isHeap }]) => slopeFigures(name, readings, isHeap));
    return {
      figures: [...told.flatMap(({ figures }) => figures), { name: 'a cycle took', value: eachS, unit: 's' }],
      notes: told.flatMap(({ notes }) => notes),
    };
  },
};

const watch = (memory: Memory, cyclesOfRound: number, isHeap = true): Watched => ({
  memory,
  cyclesOfRound,
  isHeap,
  readings: [],
});

async function openShift(stage: SoakStage, invite: string, shift: number): Promise<Guest[]> {
  const guests: Guest[] = [];
  while (guests.length < SHIFT)
    guests.push(await stage.guest(invite, `Guest ${shift * SHIFT + guests.length + 1}`));
  return guests;
}

async function comeAndGo(stays: Guest, shift: readonly Guest[]): Promise<void> {
  await Promise.all(shift.map((guest) => guest.join()));
  await stays.isConnectedTo(shift.length);
  // Not listened to: what a probe listens by stays in the memory of the page.
  const voices = () => stays.page.evaluate(() => window.callProbe.voices().length);
  await until('the voices of all', voices, (length) => length === shift.length);
  await Promise.all(shift.map((guest) => guest.leave()));
  await stays.isConnectedTo(0);
}
