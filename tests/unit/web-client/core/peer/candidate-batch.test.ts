import { beforeEach, describe, expect, it } from 'vitest';
import { parseBody } from '../../../../../main/common/protocol/bodies.ts';
import { ICE_BATCH_MS, ICE_CANDIDATES_PER_BOX } from '../../../../../main/common/protocol/limits.ts';
import { CandidateBatch, END_DELAY_MS } from '../../../../../web-client/core/peer/candidate-batch.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let sent: { readonly atMs: number; readonly candidates: readonly { readonly candidate: string }[] }[];
let batch: CandidateBatch;
beforeEach(() => {
  time = new ManualTime();
  sent = [];
  batch = new CandidateBatch(time.timers, (candidates) => sent.push({ atMs: time.clock(), candidates }));
});

const add = (candidate: string) =>
  batch.add({ candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' });
const shapes = () => sent.map(({ atMs, candidates }) => [atMs, candidates.map(({ candidate }) => candidate)]);

describe('batching', () => {
  it('lets the first candidates go at once and together, later ones within 50 ms', async () => {
    add('a');
    add('b');
    await time.advance(1);
    add('c');
    await time.advance(19);
    add('d');
    await time.advance(20);
    add('e');
    await time.advance(100);
    expect(shapes()).toEqual([
      [0, ['a', 'b']],
      [11, ['c']],
      [20 + ICE_BATCH_MS, ['d', 'e']],
    ]);
  });

  it('is in a hurry again after a restart', async () => {
    for (const candidate of ['a', 'b', 'c']) {
      add(candidate);
      await time.advance(100);
    }
    batch.restart();
    add('d');
    await time.advance(0);
    expect(shapes().at(-1)).toEqual([300, ['d']]);
  });

  it('never makes a box larger than the limit', async () => {
    for (let index = 0; index < 2 * ICE_CANDIDATES_PER_BOX + 1; index++) add(`${index}`);
    await time.advance(100);
    expect(sent.map(({ candidates }) => candidates.length)).toEqual([16, 16, 1]);
    for (const { candidates } of sent) expect(parseBody('ice', { epoch: 1, candidates }).ok).toBe(true);
  });

  it('tells the end once, in either of its forms, and again for the next gathering', async () => {
    add('a');
    add('');
    batch.add(null);
    await time.advance(100);
    expect(shapes()).toEqual([[0, ['a', '']]]);
    add('b');
    batch.add(null);
    await time.advance(100);
    expect(shapes()[1]?.[1]).toEqual(['b', '']);
    expect(parseBody('ice', { epoch: 1, candidates: sent[1]?.candidates }).ok).toBe(true);
  });

  it('tells nobody of a place that only knocks itself', async () => {
    add('candidate:1 1 tcp 1 192.0.2.2 9 typ host tcptype active');
    await time.advance(1_000);
    expect(sent).toEqual([]);
    add('a');
    add('candidate:2 1 tcp 1 192.0.2.3 9 typ host tcptype active ufrag u');
    await time.advance(1_000);
    expect(shapes()).toEqual([[1_000, ['a']]]);
  });

  it('lets an end that stands alone wait for company', async () => {
    add('a');
    await time.advance(5);
    batch.add(null);
    await time.advance(END_DELAY_MS - 1);
    expect(sent).toHaveLength(1);
    await time.advance(1);
    expect(shapes()[1]).toEqual([5 + END_DELAY_MS, ['']]);
    add('b');
    await time.advance(ICE_BATCH_MS);
    batch.add(null);
    await time.advance(5);
    add('c');
    await time.advance(ICE_BATCH_MS);
    expect(
      shapes()
        .slice(2)
        .map(([, candidates]) => candidates),
    ).toEqual([['b'], ['', 'c']]);
    expect(time.pending).toBe(0);
  });

  it('tells the end where there was nothing else to tell', async () => {
    batch.add(null);
    await time.advance(END_DELAY_MS);
    expect(shapes()).toEqual([[END_DELAY_MS, ['']]]);
  });

  it('sends nothing after its end', async () => {
    add('a');
    batch.dispose();
    await time.advance(100);
    expect([sent, time.pending]).toEqual([[], 0]);
  });
});
