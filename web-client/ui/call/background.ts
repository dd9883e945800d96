/** Owns the background's animation: while the page is visible and nobody is in the call or on the way in. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { byId } from '../shell/dom.ts';
import { onThemeChange } from '../shell/theme.ts';
import { BackgroundCanvas, type BackgroundColors } from './background-canvas.ts';

/** It drifts a pixel or two a second: more pictures would look the same. */
const FRAME_MS = 250;

export class Background {
  readonly #document: Document;
  readonly #canvas: HTMLCanvasElement;
  readonly #renderer: BackgroundCanvas;
  /** null until it is painted, and again when they change. */
  #colors: BackgroundColors | null = null;
  #calm = true;
  readonly #nextFrame: Timeout;
  #frames = 0;

  constructor(root: Document, timers: TimersLike) {
    this.#document = root;
    this.#nextFrame = new Timeout(timers);
    this.#canvas = byId(root, 'background', HTMLCanvasElement);
    this.#renderer = new BackgroundCanvas(this.#canvas);
    onThemeChange(root, () => {
      this.#colors = null;
      this.#paint();
    });
    root.defaultView?.addEventListener('resize', () => this.#paint());
    root.addEventListener('visibilitychange', () => this.#move());
  }

  /**
   * `calm`: people talk, so nothing moves. Ends a pause. The first picture comes with the first movement: until then the
   * page's ground looks the same.
   */
  setCalm(calm: boolean): void {
    if (calm !== this.#calm) {
      this.#calm = calm;
      if (this.#colors !== null) this.#paint();
    }
    this.#move();
  }

  /** Stays as it is painted, which costs nothing. */
  pause(): void {
    this.#nextFrame.clear();
  }

  #move(): void {
    if (this.#calm || this.#document.hidden || this.#wantsStillness()) {
      this.pause();
      return;
    }
    if (this.#nextFrame.pending) return;
    this.#nextFrame.set(() => {
      this.#frames++;
      this.#paint();
      this.#move();
    }, FRAME_MS);
  }

  #paint(): void {
    const { innerWidth, innerHeight } = this.#document.defaultView ?? { innerWidth: 0, innerHeight: 0 };
    this.#colors ??= this.#readColors();
    const { lights, dust } = this.#colors;
    const seconds = (this.#frames * FRAME_MS) / 1_000;
    // Behind words the dust would only be dirt.
    this.#renderer.paint(innerWidth, innerHeight, seconds, { lights, dust: this.#calm ? null : dust });
  }

  #wantsStillness(): boolean {
    return this.#document.defaultView?.matchMedia('(prefers-reduced-motion: reduce)').matches === true;
  }

  /** The stylesheet gives them, by the canvas's content, which is never shown. */
  #readColors(): BackgroundColors {
    const colors = [...this.#canvas.children].map((child) => getComputedStyle(child).color);
    return { lights: colors.slice(1), dust: colors[0] ?? 'transparent' };
  }
}
