/** Owns a host core for tests of what shows it: snapshots come when a test says so, commands are kept. */

import { Emitter } from '../../../main/common/emitter.ts';
import type { CommandResult, RoomCommand } from '../../../main/common/host-api/commands.ts';
import type {
  HostErrorCode,
  HostPreferences,
  HostSnapshot,
  HostStatus,
  NoticeCode,
} from '../../../main/common/host-api/snapshot.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { IceServer } from '../../../main/common/protocol/messages.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import type { HostService } from '../../../main/host/host-service.ts';
import type { HostOptions } from '../../../main/host/options.ts';
import { snapshotOf } from './host-samples.ts';

export class FakeHost implements HostService {
  snapshot: HostSnapshot = snapshotOf({ phase: 'idle' });
  readonly started: HostOptions[] = [];
  readonly added: string[] = [];
  stops = 0;
  serverStops = 0;
  wentOn = 0;
  startOutcome: Promise<CommandResult> = Promise.resolve(ok(null));
  addOutcome: CommandResult = ok(null);
  /** Whether addresses were to be hidden, in order. */
  readonly hiding: boolean[] = [];
  hidingOutcome: CommandResult = ok(null);
  /** What the room was to do, in order. */
  readonly asked: RoomCommand[] = [];
  /** Answers those; may show another status first. */
  onAsked: () => CommandResult = () => ok(null);
  readonly #events = new Emitter<{ snapshot: HostSnapshot }>();

  /** So often was something drawn for the host's own page. */
  expected = 0;

  expectHost() {
    return { token: `resume ${++this.expected}`, hostKey: 'key' };
  }

  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable {
    return this.#events.on('snapshot', listener);
  }

  start(options: HostOptions): Promise<CommandResult> {
    this.started.push(options);
    return this.startOutcome;
  }

  prepare(): void {}

  goOn(): Promise<CommandResult> {
    this.wentOn += 1;
    return this.startOutcome;
  }

  async startAnew(): Promise<CommandResult> {
    return ok(null);
  }

  async stopServer(): Promise<CommandResult> {
    this.serverStops += 1;
    this.show({ phase: 'idle' });
    return ok(null);
  }

  async stop(): Promise<CommandResult> {
    this.stops += 1;
    this.show({ phase: 'stopping' });
    this.show({ phase: 'idle' });
    return ok(null);
  }

  async addOrigin(origin: string): Promise<CommandResult> {
    this.added.push(origin);
    return this.addOutcome;
  }

  async room(command: RoomCommand): Promise<CommandResult> {
    this.asked.push(command);
    return this.onAsked();
  }

  async setPreferences(_change: Partial<HostPreferences>): Promise<CommandResult> {
    return ok(null);
  }

  async addTurnServer(): Promise<CommandResult> {
    return ok(null);
  }

  async setRelayOnly(relayOnly: boolean): Promise<CommandResult> {
    this.hiding.push(relayOnly);
    return this.hidingOutcome;
  }

  async addTurnServers(): Promise<CommandResult> {
    return ok(null);
  }

  async removeTurnServer(): Promise<CommandResult> {
    return ok(null);
  }

  async turnTestAccess(): Promise<Result<IceServer, HostErrorCode>> {
    return fail('bad-options');
  }

  show(status: HostStatus, notices: readonly NoticeCode[] = []): void {
    this.snapshot = snapshotOf(status, { revision: this.snapshot.revision + 1, notices });
    this.#events.emit('snapshot', this.snapshot);
  }
}
