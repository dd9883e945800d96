/** Owns the contract of the host core with window and terminal, which show its snapshots and give it commands. */

import type { OwnResume } from '../common/call-api/commands.ts';
import type { CommandResult, HostCommands } from '../common/host-api/commands.ts';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import type { TurnServer } from '../common/host-api/turn-server.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { HostOptions } from './options.ts';

/**
 * Commands never throw; their failures are codes. `stop` cuts a start short, and resolves when nothing is left; `stopServer` ends this
 * process's part alone, and where the room is kept the next run goes on with it.
 */
export interface HostService
  extends Pick<
    HostCommands,
    | 'stop'
    | 'stopServer'
    | 'goOn'
    | 'startAnew'
    | 'setPreferences'
    | 'addTurnServer'
    | 'removeTurnServer'
    | 'turnTestAccess'
    | 'addOrigin'
    | 'room'
  > {
  readonly snapshot: HostSnapshot;
  /** What lets the host's own page past the door and to its place, once; null while there is no room. It is no part of any snapshot. */
  expectHost(): OwnResume | null;
  /** Calls back with each new snapshot, not with the present one. */
  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
  /** All at once, so that those in a call get them once; none, `too-many-turn-servers`, where there is no room for all. */
  addTurnServers(servers: readonly TurnServer[]): Promise<CommandResult>;
  /** Hides the addresses of those in the open room from each other from now on, or no more; the preferences stay. */
  setRelayOnly(relayOnly: boolean): Promise<CommandResult>;
  /** Asks the system for what may take its time, so that the window need not wait for that. */
  prepare(): void;
  /** `busy` unless idle or failed; `not-live` when `stop` cut in. */
  start(options: HostOptions): Promise<CommandResult>;
}
