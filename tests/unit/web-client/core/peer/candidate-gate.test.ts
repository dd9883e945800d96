import { beforeEach, describe, expect, it } from 'vitest';
import type { IceCandidateBody } from '../../../../../main/common/protocol/bodies.ts';
import {
  CANDIDATE_TURN_MS,
  CANDIDATES,
  CANDIDATES_PER_GENERATION,
  CANDIDATES_PER_TURN,
} from '../../../../../main/common/protocol/limits.ts';
import { TokenBucket } from '../../../../../main/common/timing/token-bucket.ts';
import { CandidateGate } from '../../../../../web-client/core/peer/candidate-gate.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let budget: TokenBucket;
let turns: number[];
let admitted: string[];
let gate: CandidateGate;

const open = () =>
  new CandidateGate({
    clock: time.clock,
    timers: time.timers,
    budget,
    onAdmitted: (candidate) => admitted.push(candidate),
    deliver: (candidates) => turns.push(candidates.length),
  });

beforeEach(() => {
  time = new ManualTime();
  budget = new TokenBucket(CANDIDATES, time.clock());
  turns = [];
  admitted = [];
  gate = open();
});

const some = (count: number, first = 0): IceCandidateBody[] =>
  Array.from({ length: count }, (_, index) => ({
    candidate: `candidate:1 1 udp 2122194687 192.0.2.2 ${10_000 + first + index} typ host`,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: 'abcd',
  }));
const delivered = () => turns.reduce((sum, count) => sum + count, 0);
const SECOND_MS = 1_000;

describe('the candidates of a peer', () => {
  it('reach the browser at once while they are few, and in small turns beyond', async () => {
    const turn = CANDIDATES_PER_TURN;
    gate.add(some(turn));
    expect(turns).toEqual([turn]);
    await time.advance(SECOND_MS);
    gate.add(some(turn * 3 + 1, 100));
    expect(turns).toEqual([turn, turn]);
    await time.advance(CANDIDATE_TURN_MS);
    expect(turns).toEqual([turn, turn, turn]);
    await time.advance(SECOND_MS);
    expect(turns.slice(3)).toEqual([turn, 1]);
    expect(time.pending).toBe(0);
  });

  it('keep to the turns however many calls bring them', async () => {
    for (const candidate of some(20)) gate.add([candidate]);
    expect(turns).toEqual([1]);
    await time.advance(SECOND_MS);
    expect(Math.max(...turns)).toBe(CANDIDATES_PER_TURN);
    expect(delivered()).toBe(20);
  });

  it('come to the browser once each', async () => {
    gate.add([...some(2), ...some(2), ...some(2)]);
    await time.advance(SECOND_MS);
    gate.add(some(2));
    await time.advance(SECOND_MS);
    expect(delivered()).toBe(2);
  });

  it('are bounded a generation', async () => {
    gate.add(some(CANDIDATES_PER_GENERATION));
    await time.advance(10 * SECOND_MS);
    expect(delivered()).toBe(CANDIDATES_PER_GENERATION);
    gate.add(some(1, 30_000));
    await time.advance(SECOND_MS);
    expect(delivered()).toBe(CANDIDATES_PER_GENERATION);
    gate.restart();
    gate.add(some(1, 30_000));
    await time.advance(SECOND_MS);
    expect(delivered()).toBe(CANDIDATES_PER_GENERATION + 1);
  });

  it('are passed over where they lead nowhere, and the others are not', () => {
    const odd = some(1).map((candidate) => ({ ...candidate, candidate: 'x' }));
    gate.add([...odd, ...some(1), ...odd]);
    expect(delivered()).toBe(1);
  });

  it('come to no browser after the end of the connection', async () => {
    gate.add(some(CANDIDATES_PER_TURN + 1));
    gate.dispose();
    expect(time.pending).toBe(0);
    gate.add(some(1, 100));
    await time.advance(SECOND_MS);
    expect(delivered()).toBe(CANDIDATES_PER_TURN);
  });

  it('are told of as they are admitted, each once, without what is left out', () => {
    const [own, active, end] = [
      some(1),
      some(1).map((each) => ({
        ...each,
        candidate: `candidate:1 1 tcp 1 192.0.2.2 9 typ host tcptype active`,
      })),
      some(1).map((each) => ({ ...each, candidate: '' })),
    ];
    for (const candidates of [active, own, own, end]) gate.add(candidates);
    expect(admitted.map((candidate) => candidate.split(' ')[7] ?? '')).toEqual(['host', '']);
  });

  it('are bounded over all connections, and those beyond are passed over', async () => {
    const connections = (2 * CANDIDATES.burst) / 64;
    for (let made = 0; made < connections; made++) {
      gate.dispose();
      gate = open();
      gate.add(some(64, 64 * made));
      await time.advance(800);
    }
    expect(delivered()).toBeGreaterThanOrEqual(CANDIDATES.burst);
    expect(delivered()).toBeLessThanOrEqual(CANDIDATES.burst + CANDIDATES.perSecond * connections * 0.8);
    gate.dispose();
    expect(time.pending).toBe(0);
  });

  it('may come for hours from a network that flaps', async () => {
    for (let restart = 0; restart < 2_000; restart++) {
      gate.restart();
      gate.add(some(40, (restart % 100) * 40));
      await time.advance(2 * SECOND_MS);
    }
    expect(delivered()).toBe(2_000 * 40);
  });
});
