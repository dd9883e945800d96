/** Owns the comparison of the two relays: rounds by turns in one run, so that a slow minute slows both. */

import { measureMemory, measureRoundTrips, measureThroughput, type Throughput } from './relay-load.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const THROUGHPUT_ROUNDS = 7;
const ROUND_TRIP_ROUNDS = 3;
const MEMORY_ROUNDS = 3;

const BYTES_PER_MIB = 1_048_576;

interface BothSamples<Sample> {
  readonly bare: Sample[];
  readonly product: Sample[];
}

/** The first of a round changes each time. */
export async function byTurns<Sample>(
  rounds: number,
  measure: (kind: RelayKind) => Promise<Sample>,
): Promise<BothSamples<Sample>> {
  const samples: BothSamples<Sample> = { bare: [], product: [] };
  for (let round = 0; round < rounds; round++) {
    const order: readonly RelayKind[] = round % 2 === 0 ? ['bare', 'product'] : ['product', 'bare'];
    for (const kind of order) samples[kind].push(await measure(kind));
  }
  return samples;
}

function column<Sample>(samples: BothSamples<Sample>, pick: (sample: Sample) => number) {
  return { bare: samples.bare.map(pick), product: samples.product.map(pick) };
}

export async function benchRelay(): Promise<Measure[]> {
  const throughput = await byTurns<Throughput>(THROUGHPUT_ROUNDS, measureThroughput);
  const roundTrips = await byTurns(ROUND_TRIP_ROUNDS, measureRoundTrips);
  const memory = await byTurns(MEMORY_ROUNDS, measureMemory);
  return [
    {
      name: 'relay, saturated',
      unit: 'messages/s',
      ...column(throughput, ({ messagesPerSecond }) => messagesPerSecond),
      target: { atLeast: 0.9 },
    },
    {
      name: 'relay, share of a processor while saturated',
      unit: 'of 1',
      ...column(throughput, ({ busy }) => busy),
    },
    {
      name: 'relay, processor time for 10,000 messages',
      unit: 'ms',
      ...column(throughput, ({ cpuMsPer10000 }) => cpuMsPer10000),
    },
    {
      name: 'relay, round trip at 240 messages/s, p50',
      unit: 'ms',
      ...column(roundTrips, ({ p50Ms }) => p50Ms),
    },
    {
      name: 'relay, round trip at 240 messages/s, p99',
      unit: 'ms',
      ...column(roundTrips, ({ p99Ms }) => p99Ms),
    },
    {
      name: 'relay, memory of 1,000 sockets',
      unit: 'MiB',
      ...column(memory, (bytes) => bytes / BYTES_PER_MIB),
      target: { atMost: 1.2 },
    },
  ];
}
