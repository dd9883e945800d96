/** Owns the power save blocker while somebody could call: a sleeping host is a dead room. */

import type { PowerSaveBlocker } from 'electron';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { type Disposable, toDisposable } from '../common/lifecycle.ts';

interface SnapshotSource {
  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
}

/** Holds the system (not the display) awake from `live` until any other phase. */
export function keepAwakeWhileLive(
  source: SnapshotSource,
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
): Disposable {
  let held: number | null = null;
  const release = () => {
    if (held !== null) blocker.stop(held);
    held = null;
  };
  const subscription = source.onSnapshot(({ status }) => {
    if (status.phase !== 'live') release();
    else held ??= blocker.start('prevent-app-suspension');
  });
  return toDisposable(() => {
    subscription.dispose();
    release();
  });
}
