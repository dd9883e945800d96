/** Owns the host's state machine, idle → starting → live → stopping | failed: the controller behind every HostService. */

import { Emitter } from '../common/emitter.ts';
import { type CommandResult, isRoomCommand, type RoomCommand } from '../common/host-api/commands.ts';
import type {
  HostErrorCode,
  HostPreferences,
  HostSnapshot,
  HostStatus,
  NoticeCode,
} from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { assertNever, fail, ok } from '../common/result.ts';
import type { Language } from '../common/translate.ts';
import type { Settings } from '../settings.ts';
import type { HostService } from './host-service.ts';
import { type HostDependencies, HostedRoom } from './hosted-room.ts';
import { checkOptions, type HostOptions } from './options.ts';

export interface HostControllerSetup {
  readonly dependencies: HostDependencies;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Shown unless the preferences name another one. */
  readonly systemLanguage: Language;
}

interface Start {
  readonly abort: AbortController;
  readonly ended: Promise<CommandResult>;
}

export class HostController implements HostService {
  readonly #setup: HostControllerSetup;
  readonly #events = new Emitter<{ snapshot: HostSnapshot }>();
  readonly #notices = new Set<NoticeCode>();
  #revision = 0;
  #status: HostStatus = { phase: 'idle' };
  #start: Start | null = null;
  #hostedRoom: HostedRoom | null = null;
  #stopped: Promise<CommandResult> | null = null;

  constructor(setup: HostControllerSetup) {
    this.#setup = setup;
    if (setup.settings.damaged) this.#notices.add('settings-damaged');
    if (setup.settings.serversLeftOut) this.#notices.add('server-left-out');
  }

  get snapshot(): HostSnapshot {
    const { preferences } = this.#setup.settings;
    return {
      revision: this.#revision,
      status: this.#status,
      preferences,
      notices: [...this.#notices],
      language: preferences.language ?? this.#setup.systemLanguage,
    };
  }

  onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable {
    return this.#events.on('snapshot', listener);
  }

  async start(options: HostOptions): Promise<CommandResult> {
    const { phase } = this.#status;
    if (phase !== 'idle' && phase !== 'failed') return fail('busy');
    const checked = checkOptions(options);
    if (!checked.ok) return checked;
    const abort = new AbortController();
    // The start stands before anyone hears of it: a listener may stop it at once.
    const ended = this.#open(checked.value, abort.signal);
    this.#start = { abort, ended };
    this.#setStatus({ phase: 'starting', step: 'certificate' });
    return ended;
  }

  async stop(): Promise<CommandResult> {
    const { phase } = this.#status;
    switch (phase) {
      case 'idle':
        return ok(null);
      case 'failed':
        this.#setStatus({ phase: 'idle' });
        return ok(null);
      case 'starting':
      case 'live':
        this.#stopped = this.#close();
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

  async setPreferences(change: Partial<HostPreferences>): Promise<CommandResult> {
    const saving = this.#setup.settings.update(change);
    this.#changed();
    const saved = await saving;
    if (saved.ok) return saved;
    if (saved.error === 'bad-options') return fail('bad-options');
    this.#setup.logger.warn('settings-not-saved');
    this.#notices.add('settings-not-saved');
    this.#changed();
    return ok(null);
  }

  #whileLive(command: (room: HostedRoom) => CommandResult): CommandResult {
    return this.#status.phase === 'live' && this.#hostedRoom ? command(this.#hostedRoom) : fail('not-live');
  }

  async #open(options: HostOptions, signal: AbortSignal): Promise<CommandResult> {
    const { dependencies, logger, settings } = this.#setup;
    const opened = await HostedRoom.open(
      {
        dependencies,
        options,
        iceServers: settings.preferences.iceServers,
        logger,
        onCertificate: (renewed) => {
          if (renewed) this.#notices.add('certificate-renewed');
          this.#setStatus({ phase: 'starting', step: 'server' });
        },
        onChange: () => this.#showRoom(),
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
    this.#setStatus(opened.value.status);
    return ok(null);
  }

  async #close(): Promise<CommandResult> {
    this.#start?.abort.abort();
    await this.#start?.ended;
    await this.#hostedRoom?.stop();
    this.#start = null;
    this.#hostedRoom = null;
    this.#setup.logger.info('host-stopped');
    this.#setStatus({ phase: 'idle' });
    return ok(null);
  }

  #showRoom(): void {
    if (this.#hostedRoom && this.#status.phase === 'live') this.#setStatus(this.#hostedRoom.status);
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
