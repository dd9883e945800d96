/** Owns finding out which emoji this system can draw: the others would be boxes, or fall into their parts. */

import type { EmojiEntry } from './emoji-store.ts';

/** What a canvas tells about a text. */
export interface TextProbe {
  /** Whether it is drawn with any colour of its own. */
  isColoured(text: string): boolean;
  /** In any unit. */
  widthOf(text: string): number;
}

/** Every system that draws emoji at all draws this one. */
const SURE = '😀';
/** Parts that were not joined stand side by side. */
const JOINED_WIDTH_MAX = 1.5;
const JOINER = '\u200d';
const COUNTRY = /^\p{Regional_Indicator}/u;

/** Every system of the last years has these. */
const KNOWN_VERSION = 11;

export class DrawableEmoji {
  readonly #probe: TextProbe;
  /** Browsers that protect from being recognized give wrong answers: then everything is taken to be drawn. */
  readonly #believable: boolean;
  readonly #baseWidth: number;
  readonly #versions = new Map<number, boolean>();
  #countries: boolean | null = null;

  constructor(probe: TextProbe) {
    this.#probe = probe;
    this.#baseWidth = probe.widthOf(SURE);
    this.#believable = this.#baseWidth > 0 && probe.isColoured(SURE);
  }

  has({ emoji, version }: EmojiEntry): boolean {
    if (!this.#believable) return true;
    if (COUNTRY.test(emoji)) {
      this.#countries ??= this.#probe.isColoured(emoji);
      return this.#countries && this.#isJoined(emoji);
    }
    if (emoji.includes(JOINER)) return this.#isJoined(emoji);
    if (version <= KNOWN_VERSION) return true;
    const known = this.#versions.get(version);
    if (known !== undefined) return known;
    // A font gets the emoji of one version together.
    const drawn = this.#probe.isColoured(emoji);
    this.#versions.set(version, drawn);
    return drawn;
  }

  #isJoined(emoji: string): boolean {
    return this.#probe.widthOf(emoji) <= this.#baseWidth * JOINED_WIDTH_MAX;
  }
}

const SIZE_PX = 24;

/** `family` is the font list emoji are shown in. */
export function createTextProbe(root: Document, family: string): TextProbe {
  const canvas = root.createElement('canvas');
  canvas.width = SIZE_PX;
  canvas.height = SIZE_PX;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return { isColoured: () => false, widthOf: () => 0 };
  context.font = `${SIZE_PX / 2}px ${family}`;
  context.textBaseline = 'top';
  // Black: a sign of a plain font has no colour, whatever its shape.
  context.fillStyle = '#000';
  return {
    isColoured(text) {
      context.clearRect(0, 0, SIZE_PX, SIZE_PX);
      context.fillText(text, 0, 0);
      const { data } = context.getImageData(0, 0, SIZE_PX, SIZE_PX);
      return data.some((value, at) => at % 4 !== 3 && value > 0);
    },
    widthOf: (text) => context.measureText(text).width,
  };
}
