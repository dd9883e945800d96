/** Owns a host core for tests of what shows it: snapshots come when a test says so, commands are kept. */

import { Emitter } from '../../../main/common/emitter.ts';
import type {
  CommandResult,
  HostOptions,
  HostPreferences,
  HostSnapshot,
  HostStatus,
  InvitationRequest,
  NoticeCode,
} from '../../../main/common/host-api/host-api.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import { ok } from '../../../main/common/result.ts';
import type { HostService } from '../../../main/host/create-host.ts';
import { snapshotOf } from './host-samples.ts';

export class FakeHost implements HostService {
  snapshot: HostSnapshot = snapshotOf({ phase: 'idle' });
  readonly started: HostOptions[] = [];
  readonly added: string[] = [];
  stops = 0;
  startOutcome: Promise<CommandResult> = Promise.resolve(ok(null));
  addOutcome: CommandResult = ok(null);
  /** What was asked about links and people, in order. */
  readonly asked: unknown[][] = [];
  /** Answers those; may show another status first. */
  onAsked: () => CommandResult = () => ok(null);
  readonly #events = new Emitter<{ snapshot: HostSnapshot }>();

  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable {
    return this.#events.on('snapshot', listener);
  }

  start(options: HostOptions): Promise<CommandResult> {
    this.started.push(options);
    return this.startOutcome;
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

  async newLink(): Promise<CommandResult> {
    return this.#note('newLink');
  }

  async createInvitation(request: InvitationRequest): Promise<CommandResult> {
    return this.#note('createInvitation', request);
  }

  async revokeInvitation(id: number): Promise<CommandResult> {
    return this.#note('revokeInvitation', id);
  }

  async removeParticipant(id: string): Promise<CommandResult> {
    return this.#note('removeParticipant', id);
  }

  async shutOutWaiting(): Promise<CommandResult> {
    return this.#note('shutOutWaiting');
  }

  async setPreferences(_change: Partial<HostPreferences>): Promise<CommandResult> {
    return ok(null);
  }

  #note(...asked: unknown[]): CommandResult {
    this.asked.push(asked);
    return this.onAsked();
  }

  show(status: HostStatus, notices: readonly NoticeCode[] = []): void {
    this.snapshot = snapshotOf(status, { revision: this.snapshot.revision + 1, notices });
    this.#events.emit('snapshot', this.snapshot);
  }
}
