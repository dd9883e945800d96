/** Owns the global key: listens for it only while in a call, through a process of its own, and tells whether it is held. */

import type { GlobalKeyProblem, GlobalKeyState, PlacedKey } from '../../common/call-api/global-key.ts';
import { Emitter } from '../../common/emitter.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import { hookCodesOf } from '../../key-watch/hook-codes.ts';

/** It takes a quarter of a second, and where the library cannot begin, its process ends; should neither come, that is a failure too. */
export const KEY_WATCH_START_MAX_MS = 5_000;

/** The process of the key watch, as it is seen from here. */
export interface KeyWatchProcess {
  /** The one key it listens for; said once. */
  tell(keycodes: readonly number[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** It ended, by itself or killed. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface GlobalKeyOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether macOS lets the app see keys; `ask` has the system put the question. */
  readonly isTrusted: (ask: boolean) => boolean;
  readonly fork: () => KeyWatchProcess;
  readonly logger: Logger;
  readonly timers: TimersLike;
}

interface GlobalKeyEvents {
  held: boolean;
  state: GlobalKeyState;
}

export class GlobalKey implements Disposable {
  readonly #options: GlobalKeyOptions;
  readonly #events = new Emitter<GlobalKeyEvents>();
  /** Of the key to listen for in a call; null: none. */
  #wanted: readonly number[] | null = null;
  #inCall = false;
  #watch: { readonly process: KeyWatchProcess; readonly keycodes: readonly number[] } | null = null;
  #held = false;
  readonly #starting: Timeout;
  /** The system puts its question once, not at each call. */
  #asked = false;

  constructor(options: GlobalKeyOptions) {
    this.#options = options;
    this.#starting = new Timeout(options.timers);
  }

  /** The key is held, or was let go, or can no longer be heard. */
  onHeld(listener: (held: boolean) => void): Disposable {
    return this.#events.on('held', listener);
  }

  /** The state became another by itself. */
  onState(listener: (state: GlobalKeyState) => void): Disposable {
    return this.#events.on('state', listener);
  }

  /** @param key null: none. Said again, it is tried again where it failed. */
  set(key: PlacedKey | null): GlobalKeyState {
    const keycodes = key === null ? null : hookCodesOf(key, this.#options.platform);
    const problem = key === null ? null : keycodes === null ? 'unknown-key' : this.#problem();
    this.#wanted = problem === null ? keycodes : null;
    this.#update();
    return problem ?? (key === null ? 'off' : 'on');
  }

  setInCall(inCall: boolean): void {
    if (inCall === this.#inCall) return;
    this.#inCall = inCall;
    this.#update();
  }

  /** The key counts as let go, for nobody sees its end behind a locked screen; it is listened for anew. */
  release(): void {
    if (!this.#held) return;
    this.#stop();
    this.#update();
  }

  dispose(): void {
    this.set(null);
    this.#events.dispose();
  }

  #problem(): GlobalKeyProblem | null {
    const { platform, environment, isTrusted } = this.#options;
    if (platform === 'linux') {
      // Even where X11 programs run beside, a key that comes up over another one's window would never be seen.
      if (environment.XDG_SESSION_TYPE === 'wayland' || environment.WAYLAND_DISPLAY) return 'wayland';
      // The library would abort its process.
      if (!environment.DISPLAY) return 'no-display';
    }
    if (platform !== 'darwin') return null;
    const trusted = isTrusted(!this.#asked);
    this.#asked = true;
    return trusted ? null : 'no-permission';
  }

  #update(): void {
    const keycodes = this.#inCall ? this.#wanted : null;
    if (String(keycodes) === String(this.#watch?.keycodes ?? null)) return;
    this.#stop();
    if (keycodes !== null) this.#start(keycodes);
  }

  #start(keycodes: readonly number[]): void {
    const process = this.#options.fork();
    const watch = { process, keycodes };
    this.#watch = watch;
    process.onMessage((message) => {
      if (this.#watch === watch) this.#handleMessage(message);
    });
    process.onExit(() => {
      if (this.#watch === watch) this.#handleEnd();
    });
    process.tell(keycodes);
    this.#starting.set(() => {
      process.kill();
      this.#handleEnd();
    }, KEY_WATCH_START_MAX_MS);
  }

  #handleMessage(message: unknown): void {
    if (message === 'listening') {
      this.#starting.clear();
      this.#options.logger.info('key-watch-listening');
    }
    if (message === 'up') this.#letGo();
    if (message !== 'down' || this.#held) return;
    this.#held = true;
    this.#events.emit('held', true);
  }

  /** The state goes first: who hears of the end of a key that only mutes has to stay muted. */
  #handleEnd(): void {
    if (this.#watch === null) return;
    this.#watch = null;
    this.#starting.clear();
    this.#wanted = null;
    this.#options.logger.warn('key-watch-ended');
    this.#events.emit('state', 'failed');
    this.#letGo();
  }

  #stop(): void {
    const { process } = this.#watch ?? {};
    this.#watch = null;
    this.#starting.clear();
    process?.kill();
    this.#letGo();
  }

  #letGo(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#events.emit('held', false);
  }
}
