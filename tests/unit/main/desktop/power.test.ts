/** Owns proof that the computer is held awake once, exactly while the room is open or one is in a call. */

import { expect, it } from 'vitest';
import { NO_CALL } from '../../../../main/common/call-api/bridge.ts';
import type { CallReport } from '../../../../main/common/call-api/commands.ts';
import { Emitter } from '../../../../main/common/emitter.ts';
import type { HostSnapshot, HostStatus } from '../../../../main/common/host-api/snapshot.ts';
import { keepAwake } from '../../../../main/desktop/power.ts';
import { emptyRoom, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';

const HELD = 'prevent-app-suspension';
const TALKING: CallReport = { call: 'joined', microphone: 'open', others: 1 };

function createStage() {
  const log: string[] = [];
  const events = new Emitter<{ snapshot: HostSnapshot; report: CallReport }>();
  let ids = 0;
  const awake = keepAwake(
    {
      host: { onSnapshot: (listener) => events.on('snapshot', listener) },
      calls: { onReport: (listener) => events.on('report', listener) },
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
  return {
    log,
    awake,
    show: (status: HostStatus) => events.emit('snapshot', snapshotOf(status)),
    say: (report: CallReport) => events.emit('report', report),
  };
}

it('holds from live to the end, and lets go once when disposed', () => {
  const { log, awake, show } = createStage();
  show({ phase: 'starting', step: 'server' });
  show(emptyRoom);
  show(liveStatus({ capacity: 3 }));
  show({ phase: 'stopping' });
  show({ phase: 'idle' });
  show(emptyRoom);
  awake.dispose();
  awake.dispose();
  show(emptyRoom);
  expect(log).toEqual([HELD, 'stop 0', HELD, 'stop 1']);
});

it('holds from Join to Leave in the room of somebody else', () => {
  const { log, say } = createStage();
  say(NO_CALL);
  say({ ...TALKING, call: 'joining' });
  say(TALKING);
  say({ ...TALKING, others: 2, microphone: 'muted' });
  say({ ...TALKING, call: 'out' });
  say(NO_CALL);
  expect(log).toEqual([HELD, 'stop 0']);
});

it('holds once for both, until neither is left', () => {
  const { log, show, say } = createStage();
  show(emptyRoom);
  say(TALKING);
  show({ phase: 'stopping' });
  expect(log).toEqual([HELD]);
  say(NO_CALL);
  expect(log).toEqual([HELD, 'stop 0']);
});
