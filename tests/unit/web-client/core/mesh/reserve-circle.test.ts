import { beforeEach, describe, expect, it } from 'vitest';
import { RESERVE_AFTER_MS, RESERVES_MAX } from '../../../../../main/common/protocol/peer-limits.ts';
import { ReserveCircle } from '../../../../../web-client/core/mesh/reserve-circle.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

class Neighbour {
  active = true;
  kept = false;
  readonly transport = {
    setReserve: (wanted: boolean) => {
      this.kept = wanted;
    },
  };
}

const IDS = ['ada', 'ben', 'cleo', 'dora', 'emil', 'finn'];

let time: ManualTime;
beforeEach(() => {
  time = new ManualTime();
});

function circleOf(ownId: string) {
  const peers = new Map(IDS.filter((id) => id !== ownId).map((id) => [id, new Neighbour()]));
  const circle = new ReserveCircle({ timers: time.timers, ownId, peers });
  const kept = () => [...peers].flatMap(([id, peer]) => (peer.kept ? [id] : []));
  return { peers, circle, kept };
}

describe('reserves', () => {
  it('are kept once the host is out of reach for some seconds, and no longer', async () => {
    const { circle, kept } = circleOf('ben');
    circle.setOffline(true);
    circle.update();
    await time.advance(RESERVE_AFTER_MS - 1);
    expect(kept()).toEqual([]);
    await time.advance(1);
    expect(kept()).toEqual(['cleo', 'dora', 'emil']);
    circle.setOffline(false);
    expect(kept()).toEqual([]);
    circle.setOffline(true);
    circle.dispose();
    expect(time.pending).toBe(0);
  });

  it('are shared out evenly: few a page, and as many wait for it', async () => {
    const waits = new Map(IDS.map((id) => [id, 0]));
    for (const ownId of IDS) {
      const { circle, kept } = circleOf(ownId);
      circle.setOffline(true);
      await time.advance(RESERVE_AFTER_MS);
      expect(kept()).toHaveLength(RESERVES_MAX);
      for (const id of kept()) waits.set(id, (waits.get(id) ?? 0) + 1);
    }
    expect([...waits.values()]).toEqual(IDS.map(() => RESERVES_MAX));
  });

  it('are kept with whoever is in, in the place of one who left', async () => {
    const { peers, circle, kept } = circleOf('ben');
    circle.setOffline(true);
    await time.advance(RESERVE_AFTER_MS);
    Object.assign(peers.get('cleo') ?? {}, { active: false });
    circle.update();
    expect(kept()).toEqual(['dora', 'emil', 'finn']);
  });
});
