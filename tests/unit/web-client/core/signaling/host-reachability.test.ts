import { beforeEach, describe, expect, it } from 'vitest';
import { HostReachability } from '../../../../../web-client/core/signaling/host-reachability.ts';
import { settle } from '../../../../support/time/manual-time.ts';

let told: string[];
let asked: ((answers: boolean) => void)[];
const network = { offline: false, hostAnswers: () => new Promise<boolean>((resolve) => asked.push(resolve)) };
let way: HostReachability;
beforeEach(() => {
  told = [];
  asked = [];
  network.offline = false;
  way = new HostReachability(network, (connection) =>
    told.push(connection.phase === 'retrying' ? connection.why : connection.phase),
  );
});

/** The last question gets this answer. */
async function answers(yes: boolean): Promise<void> {
  asked.at(-1)?.(yes);
  await settle();
}

describe('why no socket comes to stand', () => {
  it('is the host at first, and is not asked for one loss', () => {
    way.handleLoss();
    expect([told, asked.length]).toEqual([['no-answer'], 0]);
  });

  it('is something on the way where the host answers all the same, until it no longer does', async () => {
    way.handleLoss();
    way.handleLoss();
    await answers(true);
    expect(told).toEqual(['no-answer', 'no-answer', 'blocked']);
    way.handleLoss();
    await answers(true);
    way.handleLoss();
    await answers(false);
    expect(told.slice(3)).toEqual(['blocked', 'blocked', 'blocked', 'no-answer']);
  });

  it('is the host where it answers nothing', async () => {
    way.handleLoss();
    way.handleLoss();
    await answers(false);
    expect(new Set(told)).toEqual(new Set(['no-answer']));
  });

  it('is the network where there is none, without asking', () => {
    network.offline = true;
    way.handleLoss();
    way.handleLoss();
    expect([told, asked.length]).toEqual([['no-network', 'no-network'], 0]);
    network.offline = false;
    way.handleLoss();
    expect(told.at(-1)).toBe('no-answer');
  });

  it('is that the page stands back, whatever is answered late', async () => {
    way.handleLoss();
    way.handleLoss();
    way.handleLoss('crowded');
    await answers(true);
    expect(told.at(-1)).toBe('standby');
  });

  it('is another room, whatever is answered late, until nobody answers there either', async () => {
    way.handleLoss();
    way.handleLoss();
    way.handleLoss('another-room');
    await answers(true);
    expect(told.at(-1)).toBe('another-room');
    way.handleLoss();
    expect(told.at(-1)).toBe('no-answer');
  });

  it('is forgotten once the host let the page in, late answers included', async () => {
    way.handleLoss();
    way.handleLoss();
    way.handleOnline();
    await answers(true);
    way.handleLoss();
    expect([told, asked.length]).toEqual([['no-answer', 'no-answer', 'online', 'no-answer'], 1]);
  });

  it('is begun anew after the host let the page in: nothing blocked, and asked after two losses', async () => {
    way.handleLoss();
    way.handleLoss();
    await answers(true);
    way.handleOnline();
    way.handleLoss();
    expect([told.at(-1), asked.length]).toEqual(['no-answer', 1]);
    way.handleLoss();
    expect(asked).toHaveLength(2);
  });

  it('is the network where that went, whatever is answered late', async () => {
    way.handleLoss();
    way.handleLoss();
    network.offline = true;
    way.handleLoss();
    await answers(true);
    expect(told.at(-1)).toBe('no-network');
  });

  it('is told by the newest answer alone, and by none after the end', async () => {
    way.handleLoss();
    way.handleLoss();
    way.handleLoss();
    asked[0]?.(true);
    await settle();
    expect(told).toHaveLength(3);
    way.dispose();
    await answers(true);
    expect(told).toHaveLength(3);
  });
});
