/** Owns the power save blocker while a sleeping computer would cost a call: the room is open, or one is in somebody's. */

import type { PowerSaveBlocker } from 'electron';
import type { CallReport } from '../common/call-api/commands.ts';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { type Disposable, DisposableStore, toDisposable } from '../common/lifecycle.ts';

/** What tells of the room hosted here, and of the call that one is in. */
export interface AwakeSources {
  readonly host: { onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable };
  readonly calls: { onReport(listener: (report: CallReport) => void): Disposable };
}

/** Holds the system (not the display) awake: from `live` until any other phase, and from Join to Leave. */
export function keepAwake(
  { host, calls }: AwakeSources,
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
): Disposable {
  let live = false;
  let inCall = false;
  let held: number | null = null;
  const update = () => {
    if (live || inCall) {
      held ??= blocker.start('prevent-app-suspension');
      return;
    }
    if (held !== null) blocker.stop(held);
    held = null;
  };
  const store = new DisposableStore();
  store.add(
    host.onSnapshot(({ status }) => {
      live = status.phase === 'live';
      update();
    }),
  );
  store.add(
    calls.onReport(({ call }) => {
      inCall = call !== 'out';
      update();
    }),
  );
  return toDisposable(() => {
    store.dispose();
    live = false;
    inCall = false;
    update();
  });
}
