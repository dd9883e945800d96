/** Owns when the page is drawn: at once, but not while people are being connected, when the processor is theirs. */

import type { TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { TextKey } from '../i18n/en.ts';
import type { PageState } from './page-state.ts';
import type { VisitPage } from './visit.ts';

/**
 * Drawing the room costs a phone about as much as connecting two people does, and both at once make each wait for the other.
 * Most connections stand by then, and are drawn only once.
 */
export const CONNECTING_DRAW_MS = 400;

export class PacedPage implements VisitPage {
  readonly #page: VisitPage;
  readonly #timers: TimersLike;
  #latest: PageState | null = null;
  #timer: TimerHandle | null = null;
  /** Words that wait for the drawing. */
  #words: Parameters<VisitPage['announce']>[] = [];

  constructor(page: VisitPage, timers: TimersLike) {
    this.#page = page;
    this.#timers = timers;
  }

  render(state: PageState): void {
    this.#latest = state;
    if (!isConnecting(state)) this.#draw();
    else this.#timer ??= this.#timers.setTimeout(() => this.#draw(), CONNECTING_DRAW_MS);
  }

  announce(text: TextKey, name?: string | null): void {
    if (this.#timer === null) this.#page.announce(text, name);
    else this.#words.push([text, name]);
  }

  askToSwitch(go: () => void): void {
    this.#page.askToSwitch(go);
  }

  showLevel(level: number): void {
    this.#page.showLevel(level);
  }

  #draw(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#latest !== null) this.#page.render(this.#latest);
    const words = this.#words;
    this.#words = [];
    for (const said of words) this.#page.announce(...said);
  }
}

function isConnecting(state: PageState): boolean {
  if (state.kind !== 'room') return false;
  const { call, participants } = state.room;
  return (
    call === 'joining' || (call === 'joined' && participants.some(({ link }) => link.phase === 'connecting'))
  );
}
