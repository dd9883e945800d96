/** Owns the host's state machine, idle → starting → live → stopping | failed: the controller behind every HostService. */

import type { OwnResume } from '../common/call-api/commands.ts';
import { Emitter } from '../common/emitter.ts';
import { type CommandResult, isRoomCommand, type RoomCommand } from '../common/host-api/commands.ts';
import type {
  HostErrorCode,
  HostPreferences,
  HostSnapshot,
  HostStatus,
  HostSystem,
  NoticeCode,
} from '../common/host-api/snapshot.ts';
import type { TurnServer } from '../common/host-api/turn-server.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { ICE_SERVERS_MAX } from '../common/protocol/limits.ts';
import type { IceServer } from '../common/protocol/messages.ts';
import { assertNever, fail, ok, type Result } from '../common/result.ts';
import type { Language } from '../common/translate.ts';
import type { Settings } from '../settings.ts';
import type { HostService } from './host-service.ts';
import { type HostDependencies, HostedRoom } from './hosted-room.ts';
import type { KeptRoom } from './kept-room.ts';
import { checkOptions, type HostOptions } from './options.ts';
import { hasCredentials, testCredentials } from './turn-credentials.ts';
import type { TurnStore } from './turn-store.ts';

export interface HostControllerSetup {
  readonly dependencies: HostDependencies;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Shown unless the preferences name another one. */
  readonly systemLanguage: Language;
  /** Left out, no system's own remedies are told. */
  readonly system?: HostSystem;
  /** Those of the command line: where there are any, they count in the place of the settings' own. */
  readonly turnServers: readonly TurnServer[];
  /** Those of the settings; null where there are none, nor can be. */
  readonly turnStore: Pick<TurnStore, 'servers' | 'lost' | 'set'> | null;
  /** What is to be known from the start. */
  readonly notices: readonly NoticeCode[];
}

interface Start {
  readonly abort: AbortController;
  readonly ended: Promise<CommandResult>;
}

export class HostController implements HostService {
  readonly #setup: HostControllerSetup;
  readonly #events = new Emitter<{ snapshot: HostSnapshot }>();
  readonly #notices: Set<NoticeCode>;
  #revision = 0;
  #status: HostStatus = { phase: 'idle' };
  #start: Start | null = null;
  #hostedRoom: HostedRoom | null = null;
  #stopped: Promise<CommandResult> | null = null;
  /** The room that was cut off, until one is open. */
  #cutOff: KeptRoom | null;

  constructor(setup: HostControllerSetup) {
    this.#setup = setup;
    this.#notices = new Set(setup.notices);
    const { found } = setup.dependencies.keptRoom;
    this.#cutOff = found.kind === 'found' ? found.kept : null;
    if (found.kind === 'put-aside') this.#notices.add(`kept-room-${found.fault}`);
    if (setup.turnStore?.lost) this.#notices.add('turn-servers-lost');
    if (setup.settings.damaged) this.#notices.add('settings-damaged');
    if (setup.settings.newer) this.#notices.add('settings-newer-version');
    if (setup.settings.serversLeftOut) this.#notices.add('server-left-out');
  }

  get snapshot(): HostSnapshot {
    const { preferences } = this.#setup.settings;
    return {
      revision: this.#revision,
      status: this.#status,
      preferences,
      turnServers: this.#stored.map(({ url, credentials: { kind } }) => ({ url, kind })),
      notices: [...this.#notices],
      cutOff: this.#cutOff !== null,
      keepsSealed: this.#setup.dependencies.keptRoom.knownSealed,
      system: this.#setup.system ?? 'linux',
      language: preferences.language ?? this.#setup.systemLanguage,
    };
  }

  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable {
    return this.#events.on('snapshot', listener);
  }

  prepare(): void {
    if (this.#setup.dependencies.keptRoom.sealed) this.#changed();
  }

  async start(options: HostOptions): Promise<CommandResult> {
    if (!this.#mayBegin) return fail('busy');
    const checked = checkOptions(options);
    if (!checked.ok) return checked;
    if (options.relayOnly && !this.#hasTurn) return fail('relay-only-without-turn');
    return this.#begin(checked.value, null);
  }

  async goOn(): Promise<CommandResult> {
    return this.#cutOff === null ? fail('not-live') : this.#begin(this.#cutOff.options, this.#cutOff);
  }

  async startAnew(): Promise<CommandResult> {
    if (!this.#mayBegin) return fail('busy');
    this.#cutOff = null;
    await this.#setup.dependencies.keptRoom.remove().catch(() => this.#note('room-not-kept'));
    this.#setStatus({ phase: 'idle' });
    return ok(null);
  }

  async #begin(options: HostOptions, resumed: KeptRoom | null): Promise<CommandResult> {
    if (!this.#mayBegin) return fail('busy');
    const abort = new AbortController();
    // The start stands before anyone hears of it: a listener may stop it at once.
    const ended = this.#open(options, resumed, abort.signal);
    this.#start = { abort, ended };
    this.#setStatus({ phase: 'starting', step: 'certificate' });
    return ended;
  }

  get #stored(): readonly TurnServer[] {
    return this.#setup.turnStore?.servers ?? [];
  }

  get #turnServers(): readonly TurnServer[] {
    const { turnServers } = this.#setup;
    return turnServers.length > 0 ? turnServers : this.#stored;
  }

  get #hasTurn(): boolean {
    const { settings } = this.#setup;
    return this.#turnServers.length > 0 || settings.preferences.iceServers.some(hasCredentials);
  }

  get #mayBegin(): boolean {
    const { phase } = this.#status;
    return phase === 'idle' || phase === 'failed';
  }

  stop(): Promise<CommandResult> {
    return this.#endWith(() => this.#close());
  }

  stopServer(): Promise<CommandResult> {
    return this.#endWith(() => this.#close((room) => room.stopServer()));
  }

  async #endWith(close: () => Promise<CommandResult>): Promise<CommandResult> {
    const { phase } = this.#status;
    switch (phase) {
      case 'idle':
        return ok(null);
      case 'failed':
        this.#setStatus({ phase: 'idle' });
        return ok(null);
      case 'starting':
      case 'live':
        this.#stopped = close();
        this.#setStatus({ phase: 'stopping' });
        return this.#stopped;
      case 'stopping':
        return this.#stopped ?? ok(null);
      default:
        return assertNever(phase);
    }
  }

  async addOrigin(origin: string): Promise<CommandResult> {
    return this.#whileLive((room) => room.addOrigin(origin));
  }

  async room(command: RoomCommand): Promise<CommandResult> {
    return this.#whileLive((room) => (isRoomCommand(command) ? room.handle(command) : fail('bad-options')));
  }

  expectHost(): OwnResume | null {
    return this.#status.phase === 'live' ? (this.#hostedRoom?.expectHost() ?? null) : null;
  }

  async setPreferences(change: Partial<HostPreferences>): Promise<CommandResult> {
    const saving = this.#setup.settings.update(change);
    if (change.iceServers !== undefined || change.relayOnly !== undefined) this.#updateRoom(change.relayOnly);
    return this.#saved(saving);
  }

  addTurnServer(server: TurnServer): Promise<CommandResult> {
    return this.addTurnServers([server]);
  }

  async setRelayOnly(relayOnly: boolean): Promise<CommandResult> {
    if (this.#status.phase !== 'live') return fail('not-live');
    if (relayOnly && !this.#hasTurn) return fail('relay-only-without-turn');
    this.#updateRoom(relayOnly);
    this.#changed();
    return ok(null);
  }

  async addTurnServers(servers: readonly TurnServer[]): Promise<CommandResult> {
    const urls = new Set(servers.map(({ url }) => url));
    const next = [...this.#stored.filter(({ url }) => !urls.has(url)), ...servers];
    return next.length > ICE_SERVERS_MAX ? fail('too-many-turn-servers') : this.#storeTurn(next);
  }

  async removeTurnServer(address: string): Promise<CommandResult> {
    return this.#storeTurn(this.#stored.filter(({ url }) => url !== address));
  }

  async turnTestAccess(address: string): Promise<Result<IceServer, HostErrorCode>> {
    const server = this.#stored.find(({ url }) => url === address);
    return server ? ok(testCredentials(server, this.#setup.dependencies)) : fail('bad-options');
  }

  async #storeTurn(servers: readonly TurnServer[]): Promise<CommandResult> {
    const { turnStore } = this.#setup;
    if (turnStore === null) return fail('bad-options');
    const saving = turnStore.set(servers);
    this.#updateRoom();
    return this.#saved(saving);
  }

  /** A room that is open goes by what is set now; hiding takes something to hide behind, which may be gone later. */
  #updateRoom(hides?: boolean): void {
    const room = this.#status.phase === 'live' ? this.#hostedRoom : null;
    if (room === null) return;
    const relayOnly = hides === undefined || (hides && !this.#hasTurn) ? room.relayOnly : hides;
    const { iceServers } = this.#setup.settings.preferences;
    room.setServers({ iceServers, turnServers: this.#turnServers }, relayOnly);
    this.#noteHiding(relayOnly);
  }

  /** Those inside are not to be let down where there is nothing to hide behind, and their addresses are not told either. */
  #noteHiding(relayOnly: boolean): void {
    if (relayOnly && !this.#hasTurn) this.#notices.add('relay-only-without-turn');
    else this.#notices.delete('relay-only-without-turn');
  }

  /** What was changed holds at once, also where it could not be written. */
  async #saved(saving: Promise<Result<null, 'bad-options' | 'not-saved'>>): Promise<CommandResult> {
    this.#changed();
    const saved = await saving;
    if (saved.ok) return saved;
    if (saved.error === 'bad-options') return fail('bad-options');
    this.#setup.logger.warn('settings-not-saved');
    // Once is enough where nothing at all can be saved.
    if (!this.#notices.has('data-folder-unusable')) this.#note('settings-not-saved');
    return ok(null);
  }

  #whileLive(command: (room: HostedRoom) => CommandResult): CommandResult {
    return this.#status.phase === 'live' && this.#hostedRoom ? command(this.#hostedRoom) : fail('not-live');
  }

  async #open(options: HostOptions, resumed: KeptRoom | null, signal: AbortSignal): Promise<CommandResult> {
    const { dependencies, logger, settings } = this.#setup;
    const opened = await HostedRoom.open(
      {
        dependencies,
        options,
        resumed,
        iceServers: settings.preferences.iceServers,
        turnServers: this.#turnServers,
        logger,
        onCertificate: ({ renewed, saved }) => {
          if (renewed) this.#notices.add('certificate-renewed');
          if (!saved) this.#notices.add('data-folder-unusable');
          this.#setStatus({ phase: 'starting', step: 'server' });
        },
        onChange: () => this.#showRoom(),
        onNotKept: () => this.#note('room-not-kept'),
      },
      signal,
    ).catch(() => fail<HostErrorCode>('internal'));

    if (!opened.ok) {
      if (signal.aborted) return fail('not-live');
      logger.warn('host-failed', { code: opened.error });
      this.#setStatus({ phase: 'failed', code: opened.error });
      return opened;
    }
    // Even where stop() has cut in meanwhile, it finds the room here and ends it.
    this.#hostedRoom = opened.value;
    if (signal.aborted) return fail('not-live');
    if (resumed) this.#notices.add('room-resumed');
    this.#noteHiding(options.relayOnly);
    this.#cutOff = null;
    this.#setStatus(opened.value.status);
    return ok(null);
  }

  /** @param leave ends this program's part of the room and tells what is to be gone on with; left out, the room is over */
  async #close(leave?: (room: HostedRoom) => Promise<KeptRoom | null>): Promise<CommandResult> {
    const wasLive = this.#status.phase === 'live';
    this.#start?.abort.abort();
    await this.#start?.ended;
    // A room that was just being gone on with is still the one that was cut off.
    const isCutOff = !wasLive && this.#cutOff !== null;
    const end = leave ?? (isCutOff ? (room: HostedRoom) => room.stopServer() : null);
    if (end === null) await this.#hostedRoom?.stop();
    else if (this.#hostedRoom) this.#cutOff = (await end(this.#hostedRoom)) ?? this.#cutOff;
    this.#notices.delete('room-resumed');
    this.#notices.delete('relay-only-without-turn');
    this.#start = null;
    this.#hostedRoom = null;
    this.#setup.logger.info('host-stopped');
    this.#setStatus({ phase: 'idle' });
    return ok(null);
  }

  #showRoom(): void {
    if (this.#hostedRoom && this.#status.phase === 'live') this.#setStatus(this.#hostedRoom.status);
  }

  #note(code: NoticeCode): void {
    this.#notices.add(code);
    this.#changed();
  }

  #setStatus(status: HostStatus): void {
    this.#status = status;
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    this.#events.emit('snapshot', this.snapshot);
  }
}
