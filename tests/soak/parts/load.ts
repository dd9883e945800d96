/** Owns many sockets that talk all the time, in as many rooms of one process as they need, beside a call in another of its rooms. */

import { randomBytes } from 'node:crypto';
import {
  CAPACITY_MAX,
  PACER_BURST,
  PACER_PER_SECOND,
  SECRET_BYTES,
} from '../../../main/common/protocol/limits.ts';
import { boxMessage, enter, type RelayMember } from '../../bench/relay-member.ts';
import { startRelayProcess } from '../../bench/relay-process.ts';
import { percentile } from '../../bench/statistics.ts';
import { pause } from '../../netsim/row.ts';
import { callFigures, type SoakPart } from '../stage.ts';

const SOCKETS = 200;
const P99_MAX_MS = 50;
const TICK_MS = 5;
const ARRIVAL_MS = 2_000;

/** Two people of a room, who say so much to each other. */
class Talk {
  readonly waitsMs: number[] = [];
  sent = 0;
  arrived = 0;
  #forgone = 0;
  readonly #ways: readonly { readonly say: () => void; readonly sentAtMs: number[] }[];

  constructor(first: RelayMember, second: RelayMember) {
    this.#ways = [
      { from: first, to: second },
      { from: second, to: first },
    ].map(({ from, to }) => {
      const message = boxMessage(to.id);
      const sentAtMs: number[] = [];
      to.socket.onText = (payload) => {
        // The room has words of its own as well.
        if (!payload.includes('"box"')) return;
        this.arrived++;
        this.waitsMs.push(performance.now() - (sentAtMs.shift() ?? 0));
      };
      return { say: () => from.say(message), sentAtMs };
    });
  }

  /**
   * Says what is due after that time, at the rate of a page that has as much to say as it may. What more is due after a
   * standstill of this machine than a page says at once, is not said: the server would close the socket.
   */
  sayUpTo(passedMs: number): void {
    const due = ((passedMs * PACER_PER_SECOND) / 1_000) * this.#ways.length;
    this.#forgone = Math.max(this.#forgone, Math.floor(due) - this.sent - PACER_BURST);
    while (this.sent + this.#forgone < due) {
      const way = this.#ways[this.sent % this.#ways.length];
      way?.sentAtMs.push(performance.now());
      way?.say();
      this.sent++;
    }
  }
}

export const load: SoakPart = {
  what: `seconds in which ${SOCKETS} sockets send ${PACER_PER_SECOND} messages a second each, two people talk`,
  count: 600,
  async run(stage, seconds) {
    const rooms = Math.ceil(SOCKETS / CAPACITY_MAX);
    const relay = await startRelayProcess('product', rooms + 1);
    stage.atEnd(() => relay.stop());
    const [callPort = 0, ...ports] = relay.ports;
    const invite = `http://localhost:${callPort}/#${randomBytes(SECRET_BYTES).toString('base64url')}.${relay.token}`;
    const people = [await stage.guest(invite, 'Anna'), await stage.guest(invite, 'Boris')] as const;
    await stage.callOf(...people);
    const talks: Talk[] = [];
    while (talks.length < SOCKETS / 2) {
      const port = ports[Math.floor((talks.length * 2) / CAPACITY_MAX)] ?? 0;
      talks.push(new Talk(await enter(relay, port, true), await enter(relay, port, true)));
    }
    const cpuBefore = await relay.cpuMicros();
    const startMs = performance.now();
    const offsets = talks.map((_, index) => (index / talks.length) * (1_000 / PACER_PER_SECOND));
    const latenessMs: number[] = [];
    for (let passedMs = 0; passedMs < seconds * 1_000; passedMs = performance.now() - startMs) {
      for (const [index, talk] of talks.entries()) talk.sayUpTo(passedMs - (offsets[index] ?? 0));
      const pausedAtMs = performance.now();
      await pause(TICK_MS);
      latenessMs.push(performance.now() - pausedAtMs - TICK_MS);
    }
    const lastedMs = performance.now() - startMs;
    const busy = ((await relay.cpuMicros()) - cpuBefore) / 1_000 / lastedMs;
    await pause(ARRIVAL_MS);
    const waitsMs = talks.flatMap((talk) => talk.waitsMs);
    const sum = (of: 'sent' | 'arrived') => talks.reduce((total, talk) => total + talk[of], 0);
    return {
      figures: [
        ...(await callFigures(people)),
        { name: 'relay, p50', value: percentile(waitsMs, 0.5), unit: 'ms' },
        { name: 'relay, p99', value: percentile(waitsMs, 0.99), unit: 'ms', atMost: P99_MAX_MS },
        // What of that is the machine's, where others keep it busy, and not the relay's.
        { name: 'timers of the load were late, p99', value: percentile(latenessMs, 0.99), unit: 'ms' },
        { name: 'lost', value: sum('sent') - sum('arrived'), unit: '', atMost: 0 },
        { name: 'messages a second in all', value: (sum('sent') / lastedMs) * 1_000, unit: '' },
        { name: 'share of a processor the server used', value: busy * 100, unit: '%' },
      ],
    };
  },
};
