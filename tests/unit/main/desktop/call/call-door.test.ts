/** Checks that only the call of the own room is told who waits there, and lets them in. */

import { expect, it } from 'vitest';
import type { CallEvent } from '../../../../../main/common/call-api/bridge.ts';
import { parseCallArguments } from '../../../../../main/common/call-api/commands.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import {
  createDoorCommands,
  type OpenCalls,
  tellWaiting,
} from '../../../../../main/desktop/call/call-door.ts';
import { type CallTarget, ownCall } from '../../../../../main/desktop/call/call-target.ts';
import { FakeHost } from '../../../../support/host/fake-host.ts';
import { liveStatus } from '../../../../support/host/host-samples.ts';

const BEN = { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Ben' };
const waits = liveStatus({ lobby: true, waiting: [BEN], waitingCount: 1 });

/** A host in whose app the call of the own room is open, or that of another link. */
function createStage(own: boolean) {
  const here = ownCall(waits);
  if (here === null) throw new Error('no call');
  const target: CallTarget = { ...here, own };
  const host = new FakeHost();
  const told: CallEvent[] = [];
  const calls: OpenCalls = { current: { target, tell: (event) => void told.push(event) } };
  const telling = tellWaiting(host, calls);
  host.show(waits);
  return { host, told, telling, door: createDoorCommands(target, host) };
}

it('tells the call of the own room who waits, when that changes and when it asks', async () => {
  const { host, told, telling, door } = createStage(true);
  expect(await door.waiting()).toEqual([BEN]);
  host.show({ ...waits, onlookers: 1 });
  expect(told).toEqual([{ type: 'waiting', people: [BEN] }]);
  host.show({ phase: 'idle' });
  expect(told.at(-1)).toEqual({ type: 'waiting', people: [] });
  expect(await door.waiting()).toEqual([]);
  telling.dispose();
  host.show(waits);
  expect(told).toHaveLength(2);
});

it('has the room let in or refuse whom the host answers there, and says when there is no place', async () => {
  const { host, door } = createStage(true);
  expect(await door.admit(BEN.id)).toEqual(ok(null));
  expect(await door.refuse(BEN.id)).toEqual(ok(null));
  expect(host.asked).toEqual([
    { type: 'admit', participant: BEN.id },
    { type: 'refuse', participant: BEN.id },
  ]);
  host.onAsked = () => fail('room-full');
  expect(await door.admit(BEN.id)).toEqual(fail('room-full'));
  host.onAsked = () => fail('unknown-waiting');
  expect(await door.admit(BEN.id)).toEqual(fail('unavailable'));
});

it('tells the call of another room nothing, and lets nobody in for it', async () => {
  const { host, told, door } = createStage(false);
  expect(told).toEqual([]);
  expect(await door.waiting()).toEqual([]);
  expect(await door.admit(BEN.id)).toEqual(fail('unavailable'));
  expect(await door.refuse(BEN.id)).toEqual(fail('unavailable'));
  expect(host.asked).toEqual([]);
});

it('takes one id of the wire, and nothing else', () => {
  expect(parseCallArguments('admit', [BEN.id])).toEqual([BEN.id]);
  const bad = [
    [],
    [1],
    [''],
    ['A'.repeat(23)],
    ['<b>AAAAAAAAAAAAAAAAAAA'],
    [BEN.id, BEN.id],
    [[BEN.id]],
    [{ ...BEN }],
  ];
  for (const args of bad) {
    expect(parseCallArguments('admit', args)).toBeNull();
    expect(parseCallArguments('refuse', args)).toBeNull();
  }
  expect(parseCallArguments('waiting', [BEN.id])).toBeNull();
});
