import { beforeEach, describe, expect, it } from 'vitest';
import {
  CONNECT_OVERDUE_MS,
  type ConnectFacts,
  ConnectWatch,
  connectObstacle,
} from '../../../../../web-client/core/peer/connect-watch.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

describe('connectObstacle', () => {
  it.each([
    [{ answered: false, ownAddress: false, theirAddress: false }, 'no-answer'],
    [{ answered: false, ownAddress: true, theirAddress: false }, 'no-answer'],
    [{ answered: true, ownAddress: false, theirAddress: false }, 'no-own-address'],
    [{ answered: true, ownAddress: false, theirAddress: true }, 'no-own-address'],
    [{ answered: true, ownAddress: true, theirAddress: false }, 'no-their-address'],
    [{ answered: true, ownAddress: true, theirAddress: true }, 'no-way'],
  ] satisfies [ConnectFacts, string][])('of %o is %s', (facts, obstacle) => {
    expect(connectObstacle(facts)).toBe(obstacle);
  });
});

describe('a connection that does not come about', () => {
  let time: ManualTime;
  let told: number;
  let watch: ConnectWatch;
  beforeEach(() => {
    time = new ManualTime();
    told = 0;
    watch = new ConnectWatch(time.timers, () => told++);
  });

  it('is left alone for a while, then told, and told again with what is found out', async () => {
    watch.begin();
    watch.note('answered');
    await time.advance(CONNECT_OVERDUE_MS - 1);
    expect([watch.obstacle, told]).toEqual([null, 0]);
    await time.advance(1);
    expect([watch.obstacle, told]).toEqual(['no-own-address', 1]);
    watch.note('ownAddress');
    watch.note('ownAddress');
    expect([watch.obstacle, told]).toEqual(['no-their-address', 2]);
    watch.begin();
    expect(watch.obstacle).toBe('no-their-address');
  });

  it('that is lost while it is being made goes on being waited for, with what is known', async () => {
    watch.begin();
    watch.note('answered');
    await time.advance(CONNECT_OVERDUE_MS - 1);
    watch.begin();
    await time.advance(1);
    expect([watch.obstacle, told]).toEqual(['no-own-address', 1]);
  });

  it('is forgotten once it came about, and begins anew when it is lost', async () => {
    watch.begin();
    watch.note('answered');
    watch.end();
    await time.advance(2 * CONNECT_OVERDUE_MS);
    expect([watch.obstacle, told, time.pending]).toEqual([null, 0, 0]);
    watch.note('ownAddress');
    watch.begin();
    await time.advance(CONNECT_OVERDUE_MS);
    expect(watch.obstacle).toBe('no-answer');
    watch.dispose();
    expect(watch.obstacle).toBeNull();
  });
});
