/** Owns where a window opens: its last place, as far as a screen that is there now can hold it. Pure. */

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window as it was left: its bounds while neither maximised nor minimised, in the system's units. */
export interface WindowPlace {
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

export interface UsualSize {
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
}

export interface WindowPlacement {
  readonly bounds: Bounds;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly maximized: boolean;
}

/** Less of a window than this on a screen is not enough to take hold of it. */
const HOLD = { width: 64, height: 32 } as const;

/**
 * The place of a window that was left at `last`, or never opened before.
 * @param workAreas what each screen has free of bars, the main one first; never empty
 */
export function placeWindow(
  last: WindowPlace | null,
  usual: UsualSize,
  workAreas: readonly [Bounds, ...Bounds[]],
): WindowPlacement {
  const home = last && screenOf(last.bounds, workAreas);
  const area = home ?? workAreas[0];
  const minWidth = Math.min(usual.minWidth, area.width);
  const minHeight = Math.min(usual.minHeight, area.height);
  const width = within(last?.bounds.width ?? usual.width, minWidth, area.width);
  const height = within(last?.bounds.height ?? usual.height, minHeight, area.height);
  const wanted = home && last ? last.bounds : centred(area, width, height);
  return {
    bounds: {
      x: within(wanted.x, area.x, area.x + area.width - width),
      y: within(wanted.y, area.y, area.y + area.height - height),
      width,
      height,
    },
    minWidth,
    minHeight,
    maximized: last?.maximized ?? false,
  };
}

/** The screen that shows most of the window, or null where none shows enough. */
function screenOf(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | null {
  let most = 0;
  let found: Bounds | null = null;
  for (const area of workAreas) {
    const width = overlap(bounds.x, bounds.width, area.x, area.width);
    const height = overlap(bounds.y, bounds.height, area.y, area.height);
    if (width < HOLD.width || height < HOLD.height || width * height <= most) continue;
    most = width * height;
    found = area;
  }
  return found;
}

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

function centred(area: Bounds, width: number, height: number): { readonly x: number; readonly y: number } {
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
  };
}
