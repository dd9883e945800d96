import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockSet } from '../../../../../web-client/core/files/block-set.ts';

const BLOCKS = 40;

describe('BlockSet', () => {
  it('joins what touches, whatever the order', () => {
    const set = new BlockSet([[4, 6]]);
    set.add(2);
    expect(set.ranges()).toEqual([
      [2, 3],
      [4, 6],
    ]);
    set.add(3);
    expect(set.ranges()).toEqual([[2, 6]]);
    set.addRange(0, 9);
    set.add(5);
    expect(set.ranges()).toEqual([[0, 9]]);
    expect(set.count).toBe(9);
  });

  it('takes an empty range for none', () => {
    expect(new BlockSet([[3, 3]]).ranges()).toEqual([]);
  });

  it('leaves out what is added while the missing ones are gone through', () => {
    const set = new BlockSet([[1, 2]]);
    const gone: number[] = [];
    for (const block of set.missing(6)) {
      gone.push(block);
      set.add(block + 1);
    }
    expect(gone).toEqual([0, 2, 4]);
  });

  it('holds what a set of numbers would', () => {
    const range = fc
      .tuple(fc.nat(BLOCKS), fc.nat(BLOCKS))
      .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (added) => {
        const set = new BlockSet();
        const model = new Set<number>();
        for (const [from, to] of added) {
          set.addRange(from, to);
          for (let block = from; block < to; block++) model.add(block);
        }
        const all = Array.from({ length: BLOCKS }, (_, block) => block);
        expect(all.filter((block) => set.has(block))).toEqual(all.filter((block) => model.has(block)));
        expect(set.count).toBe(model.size);
        expect([...set.missing(BLOCKS)]).toEqual(all.filter((block) => !model.has(block)));
        const ranges = set.ranges();
        expect(new BlockSet(ranges).ranges()).toEqual(ranges);
        for (const [index, [from]] of ranges.entries())
          expect(from).toBeGreaterThan(ranges[index - 1]?.[1] ?? -1);
      }),
    );
  });
});
