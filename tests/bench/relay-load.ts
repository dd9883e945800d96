/** Owns the three loads a relay is put under: as fast as it can, at a talking pace, and many idle sockets. */

import { CAPACITY_MAX } from '../../main/common/protocol/limits.ts';
import { boxMessage, enter, type RelayMember } from './relay-member.ts';
import { type RelayKind, type RelayProcess, startRelayProcess } from './relay-process.ts';
import { percentile } from './statistics.ts';

const WARM_UP_MS = 1_000;
const SATURATED_MS = 3_000;
/** Messages on their way between two people while saturated. */
const IN_FLIGHT_PER_PAIR = 64;

const PACE_MS = 5_000;
/** Round trips a second between two people: below the room's limit of messages. */
const ROUND_TRIPS_PER_SECOND = 20;

/** One room takes 256 connections, so a thousand sockets are four rooms in one process; the bare relay is given four too. */
const SOCKETS_PER_RELAY = 250;
const RELAYS_OF_1000 = 4;
const THOUSANDS_MEASURED = 2;
const OPENING_AT_ONCE = 16;

export interface Throughput {
  readonly messagesPerSecond: number;
  /** Processor time of the relay for 10,000 messages. */
  readonly cpuMsPer10000: number;
  /** Share of one processor the relay used: near 1 the relay, and not the load, was the limit. */
  readonly busy: number;
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

async function enterPairs(relay: RelayProcess): Promise<[RelayMember, RelayMember][]> {
  const [port = 0] = relay.ports;
  const pairs: [RelayMember, RelayMember][] = [];
  while (pairs.length < CAPACITY_MAX / 2) {
    pairs.push([await enter(relay, port, true), await enter(relay, port, true)]);
  }
  return pairs;
}

/** Twelve people in six pairs; each message that arrives is answered at once. */
export async function measureThroughput(kind: RelayKind): Promise<Throughput> {
  const relay = await startRelayProcess(kind);
  const pairs = await enterPairs(relay);
  let arrived = 0;
  for (const pair of pairs) {
    for (const [self, other] of [pair, [...pair].reverse() as [RelayMember, RelayMember]]) {
      const answer = boxMessage(other.id);
      self.socket.onText = () => {
        arrived++;
        self.say(answer);
      };
    }
  }
  for (const [first, second] of pairs) {
    for (let index = 0; index < IN_FLIGHT_PER_PAIR; index++) first.say(boxMessage(second.id));
  }

  await pause(WARM_UP_MS);
  const cpuBefore = await relay.cpuMicros();
  const arrivedBefore = arrived;
  const startMs = performance.now();
  await pause(SATURATED_MS);
  const cpuMicros = (await relay.cpuMicros()) - cpuBefore;
  const messages = arrived - arrivedBefore;
  const durationMs = performance.now() - startMs;
  await relay.stop();
  return {
    messagesPerSecond: (messages / durationMs) * 1_000,
    cpuMsPer10000: (cpuMicros / 1_000 / messages) * 10_000,
    busy: cpuMicros / 1_000 / durationMs,
  };
}

/** Round trips between the two of each pair, through the relay and back, in milliseconds. */
export async function measureRoundTrips(kind: RelayKind): Promise<{ p50Ms: number; p99Ms: number }> {
  const relay = await startRelayProcess(kind);
  const pairs = await enterPairs(relay);
  const roundTripsMs: number[] = [];
  const timers: NodeJS.Timeout[] = [];
  for (const [index, [first, second]] of pairs.entries()) {
    const there = boxMessage(second.id);
    const back = boxMessage(first.id);
    let sentMs = 0;
    second.socket.onText = () => second.say(back);
    first.socket.onText = () => roundTripsMs.push(performance.now() - sentMs);
    const send = () => {
      sentMs = performance.now();
      first.say(there);
    };
    const intervalMs = 1_000 / ROUND_TRIPS_PER_SECOND;
    timers.push(
      setTimeout(() => timers.push(setInterval(send, intervalMs)), (intervalMs * index) / pairs.length),
    );
  }
  await pause(WARM_UP_MS);
  roundTripsMs.length = 0;
  await pause(PACE_MS);
  for (const timer of timers) clearInterval(timer);
  await relay.stop();
  return { p50Ms: percentile(roundTripsMs, 0.5), p99Ms: percentile(roundTripsMs, 0.99) };
}

/** Resident bytes that a thousand proven sockets add to a process that already holds a thousand. */
export async function measureMemory(kind: RelayKind): Promise<number> {
  const relay = await startRelayProcess(kind, (1 + THOUSANDS_MEASURED) * RELAYS_OF_1000);
  await fill(relay, relay.ports.slice(0, RELAYS_OF_1000));
  const beforeBytes = await relay.memoryBytes();
  await fill(relay, relay.ports.slice(RELAYS_OF_1000));
  const bytes = (await relay.memoryBytes()) - beforeBytes;
  await relay.stop();
  return bytes / THOUSANDS_MEASURED;
}

async function fill(relay: RelayProcess, ports: readonly number[]): Promise<void> {
  const seats = ports.flatMap((port) => Array.from({ length: SOCKETS_PER_RELAY }, () => port));
  while (seats.length > 0) {
    await Promise.all(seats.splice(0, OPENING_AT_ONCE).map((port) => enter(relay, port, false)));
  }
}
