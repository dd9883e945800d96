import { describe, expect, it } from 'vitest';
import { EARLY_BOX_HOLD_MS, EARLY_BOXES_MAX } from '../../../../../main/common/protocol/limits.ts';
import { EarlyBoxes } from '../../../../../web-client/core/mesh/early-boxes.ts';

function held() {
  let nowMs = 0;
  const boxes = new EarlyBoxes(() => nowMs);
  const add = (from: string, byte: number) => boxes.add({ from, type: 'chat', box: new Uint8Array([byte]) });
  const take = (from: string) => boxes.take(from).map(({ box }) => box[0]);
  return { boxes, add, take, pass: (ms: number) => (nowMs += ms) };
}

describe('boxes of strangers', () => {
  it('are given out once, in order, to whom they are from', () => {
    const { add, take } = held();
    add('a', 1);
    add('b', 2);
    add('a', 3);
    expect([take('a'), take('a'), take('b')]).toEqual([[1, 3], [], [2]]);
  });

  it('are dropped after 5 s', () => {
    const { add, take, pass } = held();
    add('a', 1);
    pass(EARLY_BOX_HOLD_MS - 1);
    add('a', 2);
    pass(1);
    expect(take('a')).toEqual([2]);
  });

  it('are no more than 32', () => {
    const { add, take, pass } = held();
    for (let index = 0; index < EARLY_BOXES_MAX + 5; index++) add('a', index);
    expect(take('a')).toHaveLength(EARLY_BOXES_MAX);
    add('a', 1);
    pass(EARLY_BOX_HOLD_MS);
    add('b', 2);
    expect([take('a'), take('b')]).toEqual([[], [2]]);
  });
});
