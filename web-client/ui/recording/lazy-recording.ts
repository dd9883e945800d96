/** Owns the Record button, and the lazy chunk of all else that shows recordings: loaded before it is needed, at once where it is. */

import { TAKEN_IN_AFTER_MS } from '../../../main/common/protocol/limits.ts';
import type { OwnRecordingState } from '../../core/state/recording-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { byId, setAttribute, setHidden } from '../shell/dom.ts';
import { LazyLoad } from '../shell/lazy-load.ts';
import type { RecordingContext, RecordingViews } from './recording-views.ts';

/** None goes on. */
const BEFORE: ReadonlySet<OwnRecordingState['phase']> = new Set(['off', 'checking', 'choosing', 'failed']);

export class LazyRecording {
  readonly #button: HTMLButtonElement;
  /** In good time, and at once: whichever is first. */
  readonly #preload: LazyLoad;
  readonly #lazy: LazyLoad;
  #loading: Promise<void> | null = null;
  #views: RecordingViews | null = null;
  #room: RoomState | null = null;
  /** The button was pressed before they were there. */
  #wanted = false;

  constructor(context: RecordingContext) {
    this.#button = byId(context.document, 'record', HTMLButtonElement);
    this.#button.addEventListener('click', () => {
      this.#wanted = true;
      this.#show();
    });
    const load = async () => {
      const [{ RecordingViews }] = await Promise.all([import('./recording-views.ts'), context.loadTexts()]);
      this.#views ??= new RecordingViews(context);
      this.#views.render(this.#room);
      this.#show();
    };
    const once = () => {
      this.#loading ??= load().catch((error: unknown) => {
        this.#loading = null;
        throw error;
      });
      return this.#loading;
    };
    this.#preload = new LazyLoad(once, context.timers);
    this.#lazy = new LazyLoad(once, context.timers, () => context.announce('part.failing'));
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    setHidden(this.#button, room?.call !== 'joined' || !BEFORE.has(this.#phase));
    this.#showBusy();
    if (this.#views !== null) this.#views.render(room);
    else if (room?.recording != null) this.#lazy.startAfter(0);
    else if (room?.call === 'joined') this.#preload.startAfter(TAKEN_IN_AFTER_MS);
  }

  handleLanguage(): void {
    this.#views?.render(this.#room);
  }

  #show(): void {
    if (!this.#wanted) return;
    if (this.#views === null) this.#lazy.startAfter(0);
    else {
      this.#wanted = false;
      this.#views.choose();
    }
    this.#showBusy();
  }

  get #phase(): OwnRecordingState['phase'] {
    return this.#room?.recording?.own.phase ?? 'off';
  }

  #showBusy(): void {
    setAttribute(this.#button, 'aria-busy', this.#wanted || this.#phase === 'checking' ? 'true' : null);
  }
}
