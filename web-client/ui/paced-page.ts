/** Owns when the page is drawn: at once, but not while people are being connected, when the processor is theirs. */

import type { TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { Cue } from '../core/sound-ports.ts';
import type { TextKey } from '../i18n/en.ts';
import type { PageState } from './page-state.ts';
import type { VisitPage } from './visit.ts';

/**
 * Drawing the room costs a phone about as much as connecting two people does, and both at once make each wait for the other.
 * Most connections stand by then, and are drawn only once.
 */
export const CONNECTING_DRAW_MS = 400;
/** The two sides are connected one after the other, and only then comes the voice: the drawing lets it pass. */
export const CONNECTED_DRAW_MS = 80;

/** A page that can stop moving without being drawn. */
export interface DrawnPage extends VisitPage {
  rest(): void;
}

export class PacedPage implements VisitPage {
  readonly #page: DrawnPage;
  readonly #timers: TimersLike;
  #latest: PageState | null = null;
  #timer: TimerHandle | null = null;
  #connecting = false;
  /** Words and sounds that wait for the drawing. */
  #held: ((page: VisitPage) => void)[] = [];

  constructor(page: DrawnPage, timers: TimersLike) {
    this.#page = page;
    this.#timers = timers;
  }

  render(state: PageState): void {
    this.#latest = state;
    const connecting = isConnecting(state);
    if (this.#timer === null) {
      if (!connecting) this.#draw();
      else this.#begin();
    } else if (this.#connecting && !connecting) {
      this.#wait(CONNECTED_DRAW_MS);
    }
    this.#connecting = connecting;
  }

  announce(text: TextKey, name?: string | null): void {
    this.#afterDrawing((page) => page.announce(text, name));
  }

  playCue(cue: Cue): void {
    this.#afterDrawing((page) => page.playCue(cue));
  }

  askToSwitch(go: () => void): void {
    this.#page.askToSwitch(go);
  }

  showLevel(level: number): void {
    this.#page.showLevel(level);
  }

  #begin(): void {
    this.#page.rest();
    this.#wait(CONNECTING_DRAW_MS);
  }

  #wait(delayMs: number): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => this.#draw(), delayMs);
  }

  #draw(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#latest !== null) this.#page.render(this.#latest);
    const held = this.#held;
    this.#held = [];
    for (const tell of held) tell(this.#page);
  }

  #afterDrawing(tell: (page: VisitPage) => void): void {
    if (this.#timer === null) tell(this.#page);
    else this.#held.push(tell);
  }
}

function isConnecting(state: PageState): boolean {
  if (state.kind !== 'room') return false;
  const { call, participants } = state.room;
  return (
    call === 'joining' || (call === 'joined' && participants.some(({ link }) => link.phase === 'connecting'))
  );
}
