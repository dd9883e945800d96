/** Owns proof that the window gets each change of host and updates, the later always with the higher number. */

import { expect, it } from 'vitest';
import { Emitter } from '../../../../main/common/emitter.ts';
import type { UpdateStatus, WindowSnapshot } from '../../../../main/common/host-api/updates.ts';
import { WindowSnapshots } from '../../../../main/desktop/window-snapshots.ts';
import { FakeHost } from '../../../support/host/fake-host.ts';
import { NO_UPDATES } from '../../../support/host/host-samples.ts';

function createStage() {
  const host = new FakeHost();
  const events = new Emitter<{ status: UpdateStatus }>();
  const updates = {
    status: NO_UPDATES,
    onStatus: (listener: (status: UpdateStatus) => void) => events.on('status', listener),
  };
  const snapshots = new WindowSnapshots({ host, updates });
  const seen: WindowSnapshot[] = [];
  snapshots.onSnapshot((snapshot) => seen.push(snapshot));
  const update = (progress: UpdateStatus['progress']) => {
    updates.status = { ...updates.status, progress };
    events.emit('status', updates.status);
  };
  return { host, snapshots, seen, update };
}

it('tells of both, each time under a higher number', () => {
  const { host, snapshots, seen, update } = createStage();
  const before = snapshots.snapshot.revision;
  host.show({ phase: 'stopping' });
  update({ phase: 'checking' });
  update({ phase: 'newest' });
  host.show({ phase: 'idle' });
  expect(seen.map(({ status, updates }) => [status.phase, updates.progress.phase])).toEqual([
    ['stopping', 'quiet'],
    ['stopping', 'checking'],
    ['stopping', 'newest'],
    ['idle', 'newest'],
  ]);
  const revisions = [before, ...seen.map(({ revision }) => revision)];
  expect(revisions).toEqual(revisions.map((_, index) => before + index));
  expect(snapshots.snapshot).toEqual(seen.at(-1));
});

it('tells nothing after its end', () => {
  const { host, snapshots, seen, update } = createStage();
  snapshots.dispose();
  host.show({ phase: 'stopping' });
  update({ phase: 'checking' });
  expect(seen).toEqual([]);
});
