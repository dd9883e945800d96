/** Owns proof that a window opens whole, on a screen that is there, wherever it was left. */

import { describe, expect, it } from 'vitest';
import {
  type Bounds,
  placeWindow,
  type WindowPlace,
} from '../../../../../main/desktop/windows/window-placement.ts';

const USUAL = { width: 900, height: 600, minWidth: 360, minHeight: 480 };
const main: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const right: Bounds = { x: 1440, y: 0, width: 1920, height: 1040 };

const left = (x: number, y: number, width: number, height: number): WindowPlace => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('a window that was never open', () => {
  it('stands in the middle of the main screen', () => {
    const { bounds, maximized } = placeWindow(null, USUAL, [main, right]);
    expect(bounds).toEqual({ x: 270, y: 163, width: 900, height: 600 });
    expect(maximized).toBe(false);
  });

  it('is no larger than what the screen has free, and may then be smaller than its minimum', () => {
    const netbook = { x: 0, y: 0, width: 800, height: 430 };
    expect(placeWindow(null, USUAL, [netbook])).toEqual({
      bounds: { x: 0, y: 0, width: 800, height: 430 },
      minWidth: 360,
      minHeight: 430,
      maximized: false,
    });
  });
});

describe('a window that was left', () => {
  it.each([
    ['on the main screen', left(100, 80, 700, 500)],
    ['on the other screen', left(1500, 10, 1800, 1000)],
    ['left of the main screen', left(-1200, 100, 800, 600)],
  ])('%s comes back to the very place', (_where, place) => {
    const screens: [Bounds, ...Bounds[]] = [main, right, { x: -1280, y: 0, width: 1280, height: 1024 }];
    expect(placeWindow(place, USUAL, screens)).toMatchObject({ bounds: place.bounds, ...minimum() });
  });

  it('on a screen that was unplugged opens in the middle of the main one, as large as it was', () => {
    const { bounds } = placeWindow(left(1500, 10, 1000, 700), USUAL, [main]);
    expect(bounds).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
  });

  it('on a larger screen that was unplugged shrinks to the main one', () => {
    const { bounds } = placeWindow(left(1440, 0, 1920, 1040), USUAL, [main]);
    expect(bounds).toEqual(main);
  });

  it('with a corner too small to take hold of counts as being nowhere', () => {
    expect(placeWindow(left(1400, 100, 800, 600), USUAL, [main]).bounds.x).toBe(320);
    expect(placeWindow(left(1370, 100, 800, 600), USUAL, [main]).bounds.x).toBe(640);
  });

  it('on two screens goes to the one that has more of it', () => {
    expect(placeWindow(left(1240, 100, 600, 600), USUAL, [main, right]).bounds.x).toBe(1440);
    expect(placeWindow(left(1040, 100, 600, 600), USUAL, [main, right]).bounds.x).toBe(840);
  });

  it('under a bar that is there now comes out of it', () => {
    expect(placeWindow(left(10, 0, 700, 500), USUAL, [main]).bounds).toEqual({
      x: 10,
      y: 25,
      width: 700,
      height: 500,
    });
  });

  it('smaller than it may be now has its minimum', () => {
    expect(placeWindow(left(10, 100, 200, 100), USUAL, [main]).bounds).toEqual({
      x: 10,
      y: 100,
      width: 360,
      height: 480,
    });
  });

  it('maximised is so again, also where its screen is gone', () => {
    const place = { ...left(1500, 10, 1000, 700), maximized: true };
    expect(placeWindow(place, USUAL, [main, right]).maximized).toBe(true);
    expect(placeWindow(place, USUAL, [main])).toMatchObject({ maximized: true, bounds: { x: 220 } });
  });
});

const minimum = () => ({ minWidth: USUAL.minWidth, minHeight: USUAL.minHeight });
