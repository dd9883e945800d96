import { beforeEach, describe, expect, it } from 'vitest';
import { type Bytes, toBase64Url } from '../../../../../main/common/bytes.ts';
import type { MeshBody } from '../../../../../main/common/protocol/bodies.ts';
import {
  PASSED_BOX_MAX_BYTES,
  PASSED_UNIT_BYTES,
  PASSING,
  PASSING_FOR_ALL,
} from '../../../../../main/common/protocol/peer-limits.ts';
import { Passing } from '../../../../../web-client/core/mesh/passing.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const SECONDS = 10;

class Neighbour {
  active = true;
  reachable = true;
  readonly told: MeshBody[] = [];
  readonly taken: unknown[][] = [];
  readonly paths: unknown[][] = [];
  tell = (body: MeshBody) => void this.told.push(body);
  setPath = (...path: unknown[]) => void this.paths.push(path);
  handlePassedBox = (...box: unknown[]) => void this.taken.push(box);
}

let time: ManualTime;
let peers: Map<string, Neighbour>;
let via: string[];
let passedOn: unknown[][];
let passing: Passing;
const ofId = (id: string) => peers.get(id) ?? new Neighbour();

beforeEach(() => {
  time = new ManualTime();
  peers = new Map(['ada', 'ben', 'cleo', 'dan'].map((id) => [id, new Neighbour()]));
  via = ['cleo', 'dan'];
  passedOn = [];
  const reach = { via: () => via, handlePassed: (...what: string[]) => void passedOn.push(what) };
  passing = new Passing({ clock: time.clock, peers, reach });
});

const boxOf = (sizeBytes: number): Bytes => new Uint8Array(sizeBytes);
const pass = (from: string, to: string, sizeBytes = 298) =>
  passing.handlePass(from, { kind: 'pass', to, type: 'offer', box: toBase64Url(boxOf(sizeBytes)) });

describe('a box on its way to somebody out of reach', () => {
  it('goes through one who reaches them, as it is', () => {
    const box = Uint8Array.of(1, 2, 3);
    passing.send('ben', 'ice', box);
    expect(ofId('cleo').told).toEqual([{ kind: 'pass', to: 'ben', type: 'ice', box: 'AQID' }]);
    expect(ofId('dan').told).toEqual([]);
  });

  it('goes through the next one when it is sent again, and so do those after it', () => {
    const boxes = [boxOf(298), boxOf(298)];
    for (const box of [...boxes, ...boxes, boxOf(298)]) passing.send('ben', 'ice', box);
    expect([ofId('cleo').told.length, ofId('dan').told.length]).toEqual([2, 3]);
    for (const box of boxes) passing.send('ben', 'ice', box);
    expect([ofId('cleo').told.length, ofId('dan').told.length]).toEqual([4, 3]);
  });

  it('goes through nobody where nobody reaches them, nor where it is too large', () => {
    passing.send('ben', 'offer', boxOf(PASSED_BOX_MAX_BYTES));
    passing.send('ben', 'offer', boxOf(PASSED_BOX_MAX_BYTES + 1));
    via = [];
    passing.send('ben', 'offer', boxOf(298));
    expect(ofId('cleo').told).toHaveLength(1);
  });

  it('troubles nobody more than they would pass on', async () => {
    for (let second = 0; second <= SECONDS; second++) {
      for (let count = 0; count < 200; count++) passing.send('ben', 'chat', boxOf(298));
      await time.advance(1_000);
    }
    expect(ofId('cleo').told).toHaveLength(PASSING.burst + SECONDS * PASSING.perSecond);
  });

  it('has a path as long as the person is active and somebody reaches them', () => {
    ofId('dan').active = false;
    passing.update();
    expect([ofId('ben').paths, ofId('dan').paths]).toEqual([[['passing', true]], [['passing', false]]]);
    via = [];
    passing.update();
    expect(ofId('ben').paths.at(-1)).toEqual(['passing', false]);
  });
});

describe('of a box of two others', () => {
  it('nothing is changed but whom it names', () => {
    passing.handlePass('ada', { kind: 'pass', to: 'ben', type: 'answer', box: 'AQID' });
    expect(ofId('ben').told).toEqual([{ kind: 'passed', from: 'ada', type: 'answer', box: 'AQID' }]);
  });

  it.each<[string, () => void]>([
    ['for one who is not here', () => pass('ada', 'eve')],
    ['for its own sender', () => pass('ada', 'ada')],
    [
      'for one who is gone, barred, removed, or has no open and sealed channel',
      () => {
        ofId('ben').reachable = false;
        pass('ada', 'ben');
      },
    ],
    [
      'from one of those',
      () => {
        ofId('ada').reachable = false;
        pass('ada', 'ben');
      },
    ],
  ])('nothing comes %s', (_what, deed) => {
    deed();
    expect([...peers.values()].flatMap(({ told }) => told)).toEqual([]);
  });

  it('one sender has his share, by number and by size, and all together have theirs', async () => {
    const toldToBen = () => ofId('ben').told.splice(0).length;
    for (let count = 0; count < 1_000; count++) pass('ada', 'ben');
    expect(toldToBen()).toBe(PASSING.burst);
    for (let count = 0; count < 1_000; count++) pass('cleo', 'ben', PASSED_UNIT_BYTES + 1);
    expect(toldToBen()).toBe(PASSING.burst / 2);
    for (let count = 0; count < 1_000; count++) pass('dan', 'ben');
    expect(toldToBen()).toBe(PASSING_FOR_ALL.burst - 2 * PASSING.burst);
    for (let count = 0; count < 1_000; count++) pass('ada', 'ben', 0);
    expect(toldToBen()).toBe(0);
    for (let second = 0; second < SECONDS; second++) {
      await time.advance(1_000);
      for (const from of ['ada', 'cleo', 'dan']) for (let count = 0; count < 50; count++) pass(from, 'ben');
    }
    expect(toldToBen()).toBe(SECONDS * PASSING_FOR_ALL.perSecond);
  });
});

describe('a box that was passed on', () => {
  const passed = (by: string, from: string, box = 'AQID') =>
    passing.handlePassed(by, { kind: 'passed', from, type: 'offer', box });

  it('is given to the one it is said to be from, and shows who can pass back', () => {
    passed('cleo', 'ben');
    expect(ofId('ben').taken).toEqual([['offer', Uint8Array.of(1, 2, 3)]]);
    expect(passedOn).toEqual([['cleo', 'ben']]);
  });

  it.each<[string, () => void]>([
    ['of one who is gone, barred or removed', () => passed('cleo', 'ben')],
    ['of one who was never here', () => passed('cleo', 'eve')],
    ['of the passer', () => passed('cleo', 'cleo')],
    ['that is no text of a box', () => passed('cleo', 'dan', 'A')],
    ['that came through somebody else again', () => passed('ada', 'dan')],
  ])('is not looked at: one %s', (_what, deed) => {
    ofId('ben').active = false;
    ofId('ada').reachable = false;
    deed();
    expect([...peers.values()].flatMap(({ taken }) => taken)).toEqual([]);
    expect(passedOn).toEqual([]);
  });
});
