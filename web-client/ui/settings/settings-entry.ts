/** Owns the Settings button, and the lazy chunk with the dialog behind it. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { TAKEN_IN_AFTER_MS } from '../../../main/common/protocol/limits.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { byId, setAttribute } from '../shell/dom.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { SettingsDialog } from './settings-dialog.ts';
import type { SettingsContext } from './settings-form.ts';

type Chunk = typeof import('./lazy-chunk.ts');

/** The settings' code, loaded once for the dialog and for the check before joining; a failed try may be repeated. */
export class LazySettings {
  #loading: Promise<Chunk> | null = null;

  /** Rejects when the host's computer does not answer. */
  load(): Promise<Chunk> {
    this.#loading ??= import('./lazy-chunk.ts').catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }
}

export class SettingsEntry {
  readonly #context: SettingsContext;
  readonly #lazy: LazySettings;
  /** Whoever opens them before is told if it does not work. */
  readonly #preload: LazyLoad;
  readonly #button: HTMLButtonElement;
  #dialog: SettingsDialog | null = null;
  #room: RoomState | null = null;

  constructor(context: SettingsContext, lazy: LazySettings, timers: TimersLike) {
    this.#context = context;
    this.#lazy = lazy;
    this.#preload = new LazyLoad(() => lazy.load(), timers);
    this.#button = byId(context.document, 'settings-show', HTMLButtonElement);
    this.#button.addEventListener('click', () => void this.#show());
  }

  /** `room` is null where there is no call to be in. */
  render(room: RoomState | null): void {
    this.#room = room;
    this.#dialog?.render(room);
    if (room?.call === 'joined') this.#preload.startAfter(TAKEN_IN_AFTER_MS);
  }

  showLevel(level: number): void {
    this.#dialog?.showLevel(level);
  }

  /** The texts are those of another language now. */
  handleLanguage(): void {
    this.#dialog?.handleLanguage();
  }

  async #show(): Promise<void> {
    // The devices there are, and the microphone's level, come from the call's code.
    this.#context.intents.prepare();
    setAttribute(this.#button, 'aria-busy', 'true');
    try {
      const chunk = await this.#lazy.load();
      this.#dialog ??= new chunk.SettingsDialog(this.#context);
      this.#dialog.render(this.#room);
      this.#dialog.show();
    } catch {
      this.#context.announce('settings.failed');
    }
    setAttribute(this.#button, 'aria-busy', null);
  }
}
