/** Owns the background canvas: soft lights and a little dust, painted small for the browser to scale up. */

/** CSS pixels to the side of a painted one. All of it is soft, and a quarter of the width is a sixteenth of the work. */
const PIXEL_SIZE = 4;
const DUST_COUNT = 26;
/** It comes little by little, where there are lights already. */
const DUST_COMES_SECONDS = 4;
/** Spreads numbered things evenly over 0 to 1. */
const GOLDEN_RATIO = 0.618034;
const TURN = 2 * Math.PI;

/** As `getComputedStyle` gives a colour that is not opaque: `rgba(r, g, b, a)`. */
export interface BackgroundColors {
  /** In the order of LIGHTS. */
  readonly lights: readonly string[];
  /** null: no dust. */
  readonly dust: string | null;
}

/** Where a light is, how large and how far it drifts, in parts of the longer side; its period in seconds. */
interface Light {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly drift: number;
  readonly period: number;
}

const LIGHTS: readonly Light[] = [
  { x: 0.12, y: 0.02, radius: 0.42, drift: 0.06, period: 96 },
  { x: 1, y: 0.16, radius: 0.38, drift: 0.05, period: 120 },
  { x: 0.5, y: 1.02, radius: 0.4, drift: 0.06, period: 108 },
];

export class BackgroundCanvas {
  readonly #canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /**
   * @param width of the window, in CSS pixels
   * @param height of the window, in CSS pixels
   * @param seconds since any moment; the same give the same picture
   */
  paint(width: number, height: number, seconds: number, { lights, dust }: BackgroundColors): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const across = Math.max(1, Math.ceil(width / PIXEL_SIZE));
    const down = Math.max(1, Math.ceil(height / PIXEL_SIZE));
    if (this.#canvas.width !== across) this.#canvas.width = across;
    if (this.#canvas.height !== down) this.#canvas.height = down;
    context.clearRect(0, 0, across, down);
    for (const [index, color] of lights.entries()) {
      const light = LIGHTS[index];
      if (light) paintLight(context, light, color, across, down, seconds);
    }
    if (dust === null) return;
    for (let index = 1; index <= DUST_COUNT; index++) paintGrain(context, index, dust, across, down, seconds);
    context.globalAlpha = 1;
  }
}

function paintLight(
  context: CanvasRenderingContext2D,
  { x, y, radius, drift, period }: Light,
  color: string,
  across: number,
  down: number,
  seconds: number,
): void {
  const longer = Math.max(across, down);
  const angle = (seconds / period) * TURN;
  const centerX = x * across + drift * longer * Math.sin(angle);
  const centerY = y * down + drift * longer * Math.cos(angle * GOLDEN_RATIO);
  paintSpot(context, centerX, centerY, radius * longer, color);
}

/** One of the dust: it rises slowly, sways, comes and goes, and begins anew below. */
function paintGrain(
  context: CanvasRenderingContext2D,
  index: number,
  color: string,
  across: number,
  down: number,
  seconds: number,
): void {
  const place = (index * GOLDEN_RATIO) % 1;
  const depth = (index * index * GOLDEN_RATIO) % 1;
  const life = (place * 7 + seconds / (70 + 60 * depth)) % 1;
  const sway = 0.01 * Math.sin(seconds / 9 + index);
  const coming = Math.min(1, seconds / DUST_COMES_SECONDS);
  context.globalAlpha = coming * Math.sin(life * Math.PI) * (0.5 + 0.5 * depth);
  paintSpot(context, (place + sway) * across, (1 - life) * down, 1 + 1.5 * depth, color);
}

/** A round spot that fades to its edge. */
function paintSpot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  color: string,
): void {
  const fade = context.createRadialGradient(x, y, 0, x, y, radius);
  fade.addColorStop(0, color);
  // Not `transparent`: that is black, and a canvas would mix it in on the way.
  fade.addColorStop(1, color.replace(/[\d.]+\)$/, '0)'));
  context.fillStyle = fade;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
