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
import { OwnNetwork } from '../../../../../web-client/core/peer/own-network.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let budget: TokenBucket;
let turns: number[];
let admitted: string[];
let places: string[];
let ownNetwork: OwnNetwork;
let gate: CandidateGate;

const open = () =>
  new CandidateGate({
    clock: time.clock,
    timers: time.timers,
    budget,
    ownNetwork,
    onAdmitted: (candidate) => admitted.push(candidate),
    deliver: (candidates) => {
      turns.push(candidates.length);
      places.push(...candidates.map(({ candidate }) => candidate.split(' ')[4] ?? ''));
    },
  });

beforeEach(() => {
  time = new ManualTime();
  budget = new TokenBucket(CANDIDATES, time.clock());
  turns = [];
  admitted = [];
  places = [];
  ownNetwork = new OwnNetwork();
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

describe('a peer’s candidates in private networks', () => {
  const NAME = '9b5667be-69da-4dc5-92c9-4461b3703196.local';
  const PRIVATE = ['10.0.0.7', 'fd00:0:0:0:0:0:0:7', NAME];
  const at = (address: string): IceCandidateBody => ({
    candidate: `candidate:1 1 udp 2122194687 ${address} 54321 typ host`,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: 'abcd',
  });
  const own = (address: string) => ownNetwork.note(at(address).candidate);

  it('come to no browser that has public addresses alone', async () => {
    gate.add([...PRIVATE.map(at), at('192.0.2.9')]);
    own('198.51.100.7');
    own('2001:db8::7');
    ownNetwork.note(null);
    gate.add(PRIVATE.map(at));
    await time.advance(SECOND_MS);
    expect(places).toEqual(['192.0.2.9']);
    expect(admitted).toHaveLength(1);
  });

  it('come to one of a private network as soon as that is known, and at once from then on', async () => {
    gate.add(PRIVATE.map(at));
    expect(places).toEqual([]);
    own('192.168.1.2');
    expect(places).toEqual(PRIVATE.slice(0, CANDIDATES_PER_TURN));
    await time.advance(CANDIDATE_TURN_MS);
    expect(places).toEqual(PRIVATE);
    await time.advance(CANDIDATE_TURN_MS);
    gate.add([at('10.0.0.8')]);
    expect(places).toEqual([...PRIVATE, '10.0.0.8']);
  });

  it('come once, however often they were told before', async () => {
    for (let told = 0; told < 3; told++) gate.add([at('10.0.0.7')]);
    own(NAME);
    await time.advance(SECOND_MS);
    expect(places).toEqual(['10.0.0.7']);
  });

  it('are kept within bounds, whatever restarts', async () => {
    for (let round = 0; round < 4; round++) {
      gate.restart();
      gate.add(
        some(64, round * 64).map((each) => ({
          ...each,
          candidate: each.candidate.replace('192.0.2.2', '10.0.0.7'),
        })),
      );
      await time.advance(4 * SECOND_MS);
    }
    own('10.0.0.1');
    await time.advance(10 * SECOND_MS);
    expect(delivered()).toBe(CANDIDATES_PER_GENERATION);
  });

  it('come to nobody after the end of the connection', () => {
    gate.add([at('10.0.0.7')]);
    gate.dispose();
    own('10.0.0.1');
    expect(places).toEqual([]);
    expect(time.pending).toBe(0);
  });
});
