/** Owns when the page is drawn: at once, but not while people are being connected, when the processor is theirs. */

import type { TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { TextKey } from '../i18n/en.ts';
import type { PageState } from './page-state.ts';
import type { VisitPage } from './visit.ts';

/** Within a tenth of a second an answer seems instant; most connections stand by then, and are drawn only once. */
const CONNECTING_DRAW_MS = 100;

export class PacedPage implements VisitPage {
  readonly #page: VisitPage;
  readonly #timers: TimersLike;
  #latest: PageState | null = null;
  #timer: TimerHandle | null = null;

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
    this.#page.announce(text, name);
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
  }
}

function isConnecting(state: PageState): boolean {
  if (state.kind !== 'room') return false;
  const { call, participants } = state.room;
  return (
    call === 'joining' || (call === 'joined' && participants.some(({ link }) => link.phase === 'connecting'))
  );
}
