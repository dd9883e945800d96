/** Owns the own room's door as the room's call in the app has it: who waits there, and the host's answer. */

import type { CallCommandResult, CallCommands } from '../../common/call-api/commands.ts';
import type { CommandResult, DoorCommand } from '../../common/host-api/commands.ts';
import type { HostSnapshot, HostStatus, WaitingPerson } from '../../common/host-api/snapshot.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import { fail, ok } from '../../common/result.ts';
import type { CallTarget } from './call-target.ts';
import type { CallWindow } from './call-window.ts';

export type DoorCommands = Pick<CallCommands, 'waiting' | 'admit' | 'refuse'>;

/** The hosting in this very app. */
export interface DoorHost {
  readonly snapshot: HostSnapshot;
  room(command: DoorCommand): Promise<CommandResult>;
  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
}

/** The page of another room's call is told nothing of this one, and lets nobody in. */
export function createDoorCommands(
  { own }: Pick<CallTarget, 'own'>,
  host: Pick<DoorHost, 'snapshot' | 'room'>,
): DoorCommands {
  const answer = async (type: 'admit' | 'refuse', participant: string): Promise<CallCommandResult> => {
    if (!own) return fail('unavailable');
    const answered = await host.room({ type, participant });
    if (answered.ok) return ok(null);
    return fail(answered.error === 'room-full' ? 'room-full' : 'unavailable');
  };
  return {
    waiting: async () => (own ? waitingAt(host.snapshot.status) : []),
    admit: (id) => answer('admit', id),
    refuse: (id) => answer('refuse', id),
  };
}

export interface OpenCalls {
  readonly current: Pick<CallWindow, 'target' | 'tell'> | null;
}

/** Tells the call of the own room whenever others wait than before. */
export function tellWaiting(host: Pick<DoorHost, 'onSnapshot'>, calls: OpenCalls): Disposable {
  let last = '[]';
  return host.onSnapshot(({ status }) => {
    const people = waitingAt(status);
    const text = JSON.stringify(people);
    if (text === last) return;
    last = text;
    if (calls.current?.target.own) calls.current.tell({ type: 'waiting', people });
  });
}

const waitingAt = (status: HostStatus): readonly WaitingPerson[] =>
  status.phase === 'live' ? status.waiting : [];
