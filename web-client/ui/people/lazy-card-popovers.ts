/** Owns the lazy chunk with the popovers of a participant's card, loaded soon after joining, or when asked for. */

import type { RoomState } from '../../core/state/room-state.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { ViewContext } from '../shell/view-context.ts';
import type { QualityPopover } from './quality-popover.ts';
import type { VerificationDialog, VerificationHandler } from './verification-dialog.ts';

/** By then the voices had the network to themselves; later the host may be out of reach. */
const LOADED_IN_CALL_AFTER_MS = 1_600;

export interface LazyCardPopoversOptions extends ViewContext {
  /** Settles when `t` has the texts of a call. */
  readonly loadTexts: () => Promise<void>;
  readonly handler: VerificationHandler;
  /** The code did not come, and somebody waits for it. */
  readonly announceFailure: () => void;
}

interface Opened {
  readonly quality: QualityPopover;
  readonly verification: VerificationDialog;
}

export class LazyCardPopovers {
  readonly #options: LazyCardPopoversOptions;
  readonly #lazy: LazyLoad;
  #opened: Opened | null = null;
  #loading: Promise<Opened> | null = null;
  #room: RoomState | null = null;

  constructor(options: LazyCardPopoversOptions) {
    this.#options = options;
    this.#lazy = new LazyLoad(() => this.#load(), options.timers);
  }

  /** To be called before the cards are drawn. `room` is null where there is no call any more. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (this.#opened !== null) show(this.#opened, room);
    else if (room?.call === 'joined') this.#lazy.startAfter(LOADED_IN_CALL_AFTER_MS);
  }

  showQuality(id: string, anchor: HTMLElement): void {
    this.#use(({ quality }) => {
      if (anchor.isConnected) quality.toggle(id, anchor);
    });
  }

  showVerification(id: string): void {
    this.#use(({ verification }) => verification.show(id));
  }

  #use(go: (opened: Opened) => void): void {
    // Not after a promise where it need not be: a screen reader follows what a press itself has changed.
    if (this.#opened !== null) go(this.#opened);
    else this.#load().then(go, this.#options.announceFailure);
  }

  /** Rejects when the host's computer does not answer; it may be asked again. */
  #load(): Promise<Opened> {
    this.#loading ??= Promise.all([import('./card-popovers.ts'), this.#options.loadTexts()]).then(
      ([{ QualityPopover, VerificationDialog }]) => {
        const { document, t, language, overlays, handler } = this.#options;
        this.#opened = {
          quality: new QualityPopover(document, t, language, overlays),
          verification: new VerificationDialog(document, t, language, handler),
        };
        show(this.#opened, this.#room);
        return this.#opened;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }
}

function show({ quality, verification }: Opened, room: RoomState | null): void {
  quality.render(room);
  verification.render(room);
}
