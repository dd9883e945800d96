import { beforeEach, describe, expect, it } from 'vitest';
import type { MeshBody } from '../../../../../main/common/protocol/bodies.ts';
import { REACH_RATE } from '../../../../../main/common/protocol/peer-limits.ts';
import { Reach } from '../../../../../web-client/core/mesh/reach.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

class Neighbour {
  reachable = true;
  readonly told: MeshBody[] = [];
  tell = (body: MeshBody) => void this.told.push(body);
}

let time: ManualTime;
let peers: Map<string, Neighbour>;
let reach: Reach;
const ofId = (id: string) => peers.get(id) ?? new Neighbour();
const toldTo = (id: string) => ofId(id).told.splice(0);

function setReachable(id: string, reachable: boolean): void {
  ofId(id).reachable = reachable;
  reach.update();
}

beforeEach(() => {
  time = new ManualTime();
  peers = new Map(['ada', 'ben', 'cleo'].map((id) => [id, new Neighbour()]));
  reach = new Reach({ ...time, peers });
  reach.update();
});

describe('whom one reaches', () => {
  it('is told to nobody as long as everybody has the host', () => {
    setReachable('ada', false);
    expect([...peers.keys()].flatMap(toldTo)).toEqual([]);
  });

  it('is told to all while one is without the host, at each change, and once more at the end', () => {
    reach.setOffline(true);
    expect(toldTo('ben')).toEqual([{ kind: 'reach', ids: ['ada', 'ben', 'cleo'], offline: true }]);
    setReachable('ada', false);
    expect(toldTo('ben')).toEqual([{ kind: 'reach', ids: ['ben', 'cleo'], offline: true }]);
    reach.setOffline(false);
    expect(toldTo('ben')).toEqual([{ kind: 'reach', ids: ['ben', 'cleo'], offline: false }]);
    setReachable('ada', true);
    expect(toldTo('ben')).toEqual([]);
  });

  it('is told to who is without the host, and to nobody else', () => {
    reach.handle('ben', { kind: 'reach', ids: [], offline: true });
    setReachable('ada', false);
    expect(toldTo('ben')).toEqual([
      { kind: 'reach', ids: ['ada', 'ben', 'cleo'], offline: false },
      { kind: 'reach', ids: ['ben', 'cleo'], offline: false },
    ]);
    expect(toldTo('cleo')).toEqual([]);
  });

  it('is told no oftener than allowed, the newest at last', async () => {
    reach.setOffline(true);
    for (let change = 0; change < 101; change++) setReachable('ada', change % 2 > 0);
    await time.advance(3_000);
    const told = toldTo('ben');
    expect(told.length).toBeLessThanOrEqual(REACH_RATE.burst + 3 * REACH_RATE.perSecond);
    expect(told.at(-1)).toEqual({ kind: 'reach', ids: ['ben', 'cleo'], offline: true });
  });
});

describe('through whom somebody can be reached', () => {
  it('is each one who says so, has a channel, and is somebody else', () => {
    for (const id of peers.keys())
      reach.handle(id, { kind: 'reach', ids: ['ada', 'ben', 'dan'], offline: true });
    expect(reach.via('ben')).toEqual(['ada', 'cleo']);
    setReachable('cleo', false);
    expect([reach.via('ben'), reach.via('dan')]).toEqual([['ada'], ['ada', 'ben']]);
    reach.handleExit('ada');
    expect(reach.via('ben')).toEqual([]);
  });

  it('is also who has passed something on', () => {
    reach.handlePassed('ada', 'ben');
    expect(reach.via('ben')).toEqual(['ada']);
    reach.handle('ada', { kind: 'reach', ids: [], offline: false });
    expect(reach.via('ben')).toEqual([]);
  });

  it('is forgotten once both have the host', () => {
    reach.setOffline(true);
    for (const id of ['ada', 'cleo'])
      reach.handle(id, { kind: 'reach', ids: ['ben'], offline: id === 'ada' });
    reach.setOffline(false);
    expect(reach.via('ben')).toEqual(['ada']);
    reach.handle('ada', { kind: 'reach', ids: ['ben'], offline: false });
    expect(reach.via('ben')).toEqual([]);
  });
});
