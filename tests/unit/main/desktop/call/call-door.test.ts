/** Checks that only the call of the own room has its door: is told how it stands, shuts it, lets people in, and is let in itself. */

import { expect, it } from 'vitest';
import type { CallEvent } from '../../../../../main/common/call-api/bridge.ts';
import { parseCallArguments } from '../../../../../main/common/call-api/commands.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import { createDoorCommands, type OpenCalls, tellDoor } from '../../../../../main/desktop/call/call-door.ts';
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
  const telling = tellDoor(host, calls);
  host.show(waits);
  return { host, told, telling, door: createDoorCommands(target, host) };
}

const DOOR = { locked: false, lobby: true, waiting: [BEN] };

it('tells the call of the own room how its door stands, when that changes and when it asks', async () => {
  const { host, told, telling, door } = createStage(true);
  expect(await door.door()).toEqual(DOOR);
  host.show({ ...waits, onlookers: 1 });
  expect(told).toEqual([{ type: 'door', door: DOOR }]);
  host.show({ ...waits, locked: true });
  expect(told.at(-1)).toEqual({ type: 'door', door: { ...DOOR, locked: true } });
  host.show({ phase: 'idle' });
  expect(told.at(-1)).toEqual({ type: 'door', door: null });
  expect(await door.door()).toBeNull();
  telling.dispose();
  host.show(waits);
  expect(told).toHaveLength(3);
});

it('has the room locked and unlocked, and its lobby on and off', async () => {
  const { host, door } = createStage(true);
  for (const on of [true, false]) {
    expect(await door.setLocked(on)).toEqual(ok(null));
    expect(await door.setLobby(on)).toEqual(ok(null));
  }
  expect(host.asked).toEqual([
    { type: 'lock' },
    { type: 'lobby', on: true },
    { type: 'unlock' },
    { type: 'lobby', on: false },
  ]);
  host.onAsked = () => fail('not-live');
  expect(await door.setLocked(true)).toEqual(fail('unavailable'));
});

it('draws another way past the door for each load of the own room’s page', async () => {
  const { host, door } = createStage(true);
  expect(await door.resume()).toEqual({ token: 'resume 1', hostKey: 'key' });
  expect(await door.resume()).toEqual({ token: 'resume 2', hostKey: 'key' });
  expect(JSON.stringify(host.snapshot)).not.toContain('resume 2');
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

it('tells the call of another room nothing, lets nobody in for it, leaves the door as it is, and gives it no way past', async () => {
  const { host, told, door } = createStage(false);
  expect(told).toEqual([]);
  expect(await door.door()).toBeNull();
  expect(await door.resume()).toBeNull();
  expect(host.expected).toBe(0);
  expect(await door.setLocked(true)).toEqual(fail('unavailable'));
  expect(await door.setLobby(false)).toEqual(fail('unavailable'));
  expect(await door.admit(BEN.id)).toEqual(fail('unavailable'));
  expect(await door.refuse(BEN.id)).toEqual(fail('unavailable'));
  expect(host.asked).toEqual([]);
});

it('takes one id of the wire, or one yes or no, and nothing else', () => {
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
  for (const command of ['door', 'resume'] as const) expect(parseCallArguments(command, [BEN.id])).toBeNull();
  for (const command of ['setLocked', 'setLobby'] as const) {
    expect(parseCallArguments(command, [true])).toEqual([true]);
    for (const args of [[], [1], ['true'], [null], [true, true], [[true]]])
      expect(parseCallArguments(command, args)).toBeNull();
  }
});
