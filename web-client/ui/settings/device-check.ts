/** Owns "Check microphone and speaker" before joining: what opens it opens the microphone, and nothing before. */

import type { RoomState } from '../../core/state/room-state.ts';
import { byId, setAttribute, setHidden } from '../shell/dom.ts';
import type { DevicesView } from './devices-view.ts';
import type { LazySettings } from './settings-entry.ts';
import type { SettingsContext } from './settings-form.ts';

export class DeviceCheck {
  readonly #context: SettingsContext;
  readonly #lazy: LazySettings;
  readonly #section: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #place: HTMLElement;
  #devices: DevicesView | null = null;
  #room: RoomState | null = null;
  #open = false;

  constructor(context: SettingsContext, lazy: LazySettings) {
    this.#context = context;
    this.#lazy = lazy;
    this.#section = byId(context.document, 'check', HTMLElement);
    this.#toggle = byId(context.document, 'check-toggle', HTMLButtonElement);
    this.#place = byId(context.document, 'check-devices', HTMLElement);
    this.#toggle.addEventListener('click', () => this.#setOpen(!this.#open));
  }

  /** `room` is null where there is none to join. */
  render(room: RoomState | null): void {
    this.#room = room;
    const outside = room?.call === 'out';
    setHidden(this.#section, !outside);
    if (!outside) this.#setOpen(false);
    this.#devices?.render(room);
  }

  showLevel(level: number): void {
    if (this.#open) this.#devices?.showLevel(level);
  }

  /** The texts are those of another language now. */
  handleLanguage(): void {
    this.#devices?.handleLanguage();
  }

  #setOpen(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    setAttribute(this.#toggle, 'aria-expanded', String(open));
    setHidden(this.#place, !open);
    if (open) {
      this.#context.microphonePreview.begin('check');
      void this.#fill();
    } else this.#context.microphonePreview.end('check');
  }

  async #fill(): Promise<void> {
    try {
      const chunk = await this.#lazy.load();
      if (this.#devices !== null) return;
      this.#devices = new chunk.DevicesView(this.#context, () =>
        this.#context.microphonePreview.begin('check'),
      );
      this.#place.append(this.#devices.element);
      this.#devices.render(this.#room);
    } catch {
      this.#setOpen(false);
      this.#context.announce('settings.failed');
    }
  }
}
