/** Holds the negotiation of a pair against interleavings: whatever happened, the two end up with one working connection. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scheduler } from '../support/call/fake-peer-network.ts';
import { TransportPair } from '../support/call/transport-pair.ts';
import { stories } from '../support/random/fuzz-inputs.ts';
import { settle } from '../support/time/manual-time.ts';

/** Steps wait here until they are drawn; those of one name keep their order. */
class DrawnSteps {
  readonly #queues = new Map<string, (() => void)[]>();

  readonly schedule: Scheduler = (what, step) => {
    this.#queues.set(what, [...(this.#queues.get(what) ?? []), step]);
  };

  /** Runs one step, chosen by a number; false when none waits. */
  run(choice: number): boolean {
    const waiting = [...this.#queues].filter(([, steps]) => steps.length > 0);
    const [what, steps] = waiting[choice % Math.max(1, waiting.length)] ?? [];
    if (what === undefined || steps === undefined) return false;
    const [first, ...rest] = steps;
    this.#queues.set(what, rest);
    first?.();
    return true;
  }

  async runAll(): Promise<void> {
    do await settle();
    while (this.run(0));
  }
}

const deed = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('step' as const), choice: fc.nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wake' as const), side: fc.constantFrom('a', 'b') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      state: fc.constantFrom('disconnected', 'failed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rejoin' as const),
      side: fc.constantFrom('a', 'b'),
      silent: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      byMs: fc.constantFrom(10, 100, 3_000, 9_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network' as const), up: fc.boolean() }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(pair: TransportPair, steps: DrawnSteps, done: Deed): Promise<void> {
  switch (done.kind) {
    case 'step':
      steps.run(done.choice);
      break;
    case 'wake':
      pair[done.side as 'a' | 'b'].transport.wake();
      break;
    case 'fail':
      pair.network.fail(done.state as 'disconnected' | 'failed');
      break;
    case 'rejoin': {
      const side = done.side as 'a' | 'b';
      const other = side === 'a' ? 'b' : 'a';
      pair[side].stop();
      // The other side may see "left, joined" before or after what is on its way.
      if (!done.silent) await steps.runAll();
      pair[other].stop();
      pair[other].start(false);
      pair[side].start(true);
      break;
    }
    case 'time':
      await pair.time.advance(done.byMs);
      break;
    case 'network':
      pair.network.up = done.up;
      break;
  }
  await settle();
}

async function calm(pair: TransportPair, steps: DrawnSteps): Promise<void> {
  pair.network.up = true;
  for (let second = 0; second < 120; second++) {
    await steps.runAll();
    await pair.time.advance(1_000);
  }
  await steps.runAll();
}

function expectOneWorkingConnection(pair: TransportPair): void {
  expect(pair.network.errors).toEqual([]);
  expect([pair.a.transport.phase, pair.b.transport.phase]).toEqual(['connected', 'connected']);
  expect([pair.a.transport.channelOpen, pair.b.transport.channelOpen]).toEqual([true, true]);
  expect(pair.network.open).toHaveLength(2);
  const [first, second] = pair.network.open;
  expect(first?.remote).toBe(second);
  for (const connection of pair.network.open) expect(connection.getTransceivers()).toHaveLength(1);
}

describe('negotiation', () => {
  it('ends in one working connection a pair, for any interleaving of offers, restarts, failures and rejoins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('earlier', 'both'),
        fc.array(deed, { maxLength: 60 }),
        async (offering, deeds) => {
          const steps = new DrawnSteps();
          const pair = new TransportPair(steps.schedule);
          pair.a.start(offering === 'both');
          pair.b.start(true);
          for (const done of deeds) await perform(pair, steps, done);
          await calm(pair, steps);
          expectOneWorkingConnection(pair);
          pair.a.transport.dispose();
          pair.b.transport.dispose();
          expect(pair.time.pending).toBe(0);
          expect(pair.network.open).toEqual([]);
        },
      ),
      stories(150),
    );
  });

  it('has no glare failure in 200 joins and leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(1_000)), async (choices) => {
        const steps = new DrawnSteps();
        const pair = new TransportPair(steps.schedule);
        pair.a.start(false);
        pair.b.start(true);
        for (let round = 0; round < 200; round++) {
          for (let count = choices.next().value % 25; count > 0; count--) {
            steps.run(choices.next().value);
            await settle();
          }
          const side = choices.next().value % 2 === 0 ? 'a' : 'b';
          await perform(pair, steps, { kind: 'rejoin', side, silent: choices.next().value % 3 > 0 });
        }
        await calm(pair, steps);
        expectOneWorkingConnection(pair);
        pair.a.transport.dispose();
        pair.b.transport.dispose();
      }),
      stories(5),
    );
  });
});
