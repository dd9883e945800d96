/** Owns the own room's door as the room's call in the app has it: how it stands, who waits there, and the host's word on both. */

import type { CallCommandResult, CallCommands, OwnDoor, OwnResume } from '../../common/call-api/commands.ts';
import type { CommandResult, DoorCommand } from '../../common/host-api/commands.ts';
import type { HostSnapshot, HostStatus } from '../../common/host-api/snapshot.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import { fail, ok } from '../../common/result.ts';
import type { CallTarget } from './call-target.ts';
import type { CallWindow } from './call-window.ts';

export type DoorCommands = Pick<
  CallCommands,
  'door' | 'setLocked' | 'setLobby' | 'admit' | 'refuse' | 'resume'
>;

/** The hosting in this very app. */
export interface DoorHost {
  readonly snapshot: HostSnapshot;
  expectHost(): OwnResume | null;
  room(command: DoorCommand): Promise<CommandResult>;
  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
}

/** The page of another room's call is told nothing of this one, lets nobody in, and is let in nowhere. */
export function createDoorCommands(
  { own }: Pick<CallTarget, 'own'>,
  host: Omit<DoorHost, 'onSnapshot'>,
): DoorCommands {
  const have = async (command: DoorCommand): Promise<CallCommandResult> => {
    if (!own) return fail('unavailable');
    const done = await host.room(command);
    if (done.ok) return ok(null);
    return fail(done.error === 'room-full' ? 'room-full' : 'unavailable');
  };
  return {
    door: async () => (own ? doorOf(host.snapshot.status) : null),
    setLocked: (locked) => have({ type: locked ? 'lock' : 'unlock' }),
    setLobby: (on) => have({ type: 'lobby', on }),
    admit: (participant) => have({ type: 'admit', participant }),
    refuse: (participant) => have({ type: 'refuse', participant }),
    resume: async () => (own ? host.expectHost() : null),
  };
}

export interface OpenCalls {
  readonly current: Pick<CallWindow, 'target' | 'tell'> | null;
}

/** Tells the call of the own room whenever the door stands otherwise than before. */
export function tellDoor(host: Pick<DoorHost, 'onSnapshot'>, calls: OpenCalls): Disposable {
  let last = 'null';
  return host.onSnapshot(({ status }) => {
    const door = doorOf(status);
    const text = JSON.stringify(door);
    if (text === last) return;
    last = text;
    if (calls.current?.target.own) calls.current.tell({ type: 'door', door });
  });
}

function doorOf(status: HostStatus): OwnDoor | null {
  if (status.phase !== 'live') return null;
  const { locked, lobby, waiting } = status;
  return { locked, lobby, waiting };
}
