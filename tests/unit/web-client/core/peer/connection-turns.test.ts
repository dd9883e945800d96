import { beforeEach, describe, expect, it } from 'vitest';
import { PEERS_MAX } from '../../../../../main/common/protocol/limits.ts';
import { CONNECTIONS_OF_PAGE, CONNECTIONS_OF_PAIR } from '../../../../../main/common/protocol/peer-limits.ts';
import { ConnectionTurns } from '../../../../../web-client/core/peer/connection-turns.ts';
import { REPAIR_TIMEOUTS_MS } from '../../../../../web-client/core/peer/ice-recovery.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let turns: ConnectionTurns;
let made: string[];
beforeEach(() => {
  time = new ManualTime();
  turns = new ConnectionTurns(time);
  made = [];
});

const pairs = (count: number) => Array.from({ length: count }, () => turns.pair());

describe('an honest page waits for no turn', () => {
  it('when twelve people come at once, and each connection is made anew', () => {
    const others = pairs(PEERS_MAX);
    for (let time = 0; time < 2; time++) for (const turn of others) turn.request(() => made.push('one'));
    expect(made).toHaveLength(2 * PEERS_MAX);
    expect(time.pending).toBe(0);
  });

  it('on a network that flaps: some at once, then one a repair', async () => {
    const turn = turns.pair();
    for (let index = 0; index < CONNECTIONS_OF_PAIR.burst; index++) turn.request(() => made.push('one'));
    for (let repair = 0; repair < 20; repair++) {
      await time.advance(Math.min(...REPAIR_TIMEOUTS_MS));
      turn.request(() => made.push('one'));
    }
    expect(made).toHaveLength(CONNECTIONS_OF_PAIR.burst + 20);
  });
});

describe('a pair that asks for too many', () => {
  it('gets the newest in its turn, once', async () => {
    const turn = turns.pair();
    for (let index = 1; index <= 100; index++) turn.request(() => made.push(`${index}`));
    expect(made).toHaveLength(CONNECTIONS_OF_PAIR.burst);
    expect(turn.waiting).toBe(true);
    await time.advance(60_000);
    expect(made.slice(CONNECTIONS_OF_PAIR.burst)).toEqual(['100']);
    expect([turn.waiting, time.pending]).toEqual([false, 0]);
  });

  it('keeps nobody else waiting', () => {
    const [hostile, honest] = pairs(2);
    for (let index = 0; index < 1_000; index++) hostile?.request(() => {});
    honest?.request(() => made.push('honest'));
    expect(made).toEqual(['honest']);
  });

  it('gets nothing once it has cancelled', async () => {
    const turn = turns.pair();
    for (let index = 0; index < 100; index++) turn.request(() => made.push('one'));
    turn.cancel();
    expect(time.pending).toBe(0);
    await time.advance(60_000);
    expect(made).toHaveLength(CONNECTIONS_OF_PAIR.burst);
  });
});

describe('many pairs that come and go', () => {
  it('cost the page no more than it allows, and who stays has its turn within the queue', async () => {
    const { burst, perSecond } = CONNECTIONS_OF_PAGE;
    for (let index = 0; index < 10 * burst; index++) {
      const [turn] = pairs(1);
      turn?.request(() => made.push('hostile'));
      turn?.cancel();
    }
    expect(made).toHaveLength(burst);
    for (const turn of pairs(PEERS_MAX)) turn.request(() => made.push('newcomer'));
    await time.advance((PEERS_MAX / perSecond) * 1_000);
    expect(made.filter((who) => who === 'newcomer')).toHaveLength(PEERS_MAX);
  });

  it('are served in the order in which they asked', async () => {
    for (const turn of pairs(CONNECTIONS_OF_PAGE.burst)) turn.request(() => {});
    const [first, second, third] = pairs(3);
    for (const [turn, name] of [
      [third, 'a'],
      [first, 'b'],
      [second, 'c'],
    ] as const)
      turn?.request(() => made.push(name));
    await time.advance(2_000 / CONNECTIONS_OF_PAGE.perSecond);
    expect(made).toEqual(['a', 'b']);
  });

  it('are served each as soon as its own turn has come', async () => {
    const [early, late] = pairs(2);
    const ask = (turn = early, name = '') => {
      for (let index = 0; index <= CONNECTIONS_OF_PAIR.burst; index++) turn?.request(() => made.push(name));
    };
    ask(early, 'early');
    await time.advance(1_000);
    ask(late, 'late');
    made = [];
    await time.advance(1_000 / CONNECTIONS_OF_PAIR.perSecond - 1_000);
    expect(made).toEqual(['early']);
    await time.advance(1_000);
    expect(made).toEqual(['early', 'late']);
  });

  it('make what asks for more while it is being made, and nothing after the end', async () => {
    const [one, other] = pairs(2);
    one?.request(() => other?.request(() => made.push('inner')));
    expect(made).toEqual(['inner']);
    for (let index = 0; index < 100; index++) one?.request(() => made.push('late'));
    const before = made.length;
    turns.dispose();
    expect(time.pending).toBe(0);
    await time.advance(60_000);
    expect([made.length, time.pending]).toEqual([before, 0]);
  });
});
