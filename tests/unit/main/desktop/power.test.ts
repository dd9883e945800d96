/** Owns proof that the computer is held awake once, exactly while the room is open. */

import { expect, it } from 'vitest';
import type { HostSnapshot, HostStatus } from '../../../../main/common/host-api/snapshot.ts';
import { toDisposable } from '../../../../main/common/lifecycle.ts';
import { keepAwakeWhileLive } from '../../../../main/desktop/power.ts';
import { emptyRoom, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';

it('holds from live to the end, and lets go when disposed', () => {
  const log: string[] = [];
  let listener: (snapshot: HostSnapshot) => void = () => {};
  let ids = 0;
  const awake = keepAwakeWhileLive(
    {
      onSnapshot(next) {
        listener = next;
        return toDisposable(() => log.push('unsubscribed'));
      },
    },
    {
      start(type) {
        log.push(type);
        return ids++;
      },
      stop: (id) => {
        log.push(`stop ${id}`);
        return true;
      },
    },
  );
  const show = (status: HostStatus) => listener(snapshotOf(status));
  show({ phase: 'starting', step: 'server' });
  show(emptyRoom);
  show(liveStatus({ capacity: 3 }));
  show({ phase: 'stopping' });
  show({ phase: 'idle' });
  show(emptyRoom);
  awake.dispose();
  awake.dispose();
  expect(log).toEqual([
    'prevent-app-suspension',
    'stop 0',
    'prevent-app-suspension',
    'unsubscribed',
    'stop 1',
  ]);
});
