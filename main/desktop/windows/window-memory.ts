/** Owns the file in which each window's last place is kept; whatever is wrong with it, windows open at their usual place. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow, Display } from 'electron';
import * as v from 'valibot';
import { type Disposable, DisposableStore, toDisposable } from '../../common/lifecycle.ts';
import type { TimersLike } from '../../common/platform.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import { placeWindow, type UsualSize, type WindowPlace, type WindowPlacement } from './window-placement.ts';

export const WINDOWS_FILE = 'windows.json';

/** A window that is dragged tells dozens of places a second. */
const SETTLED_AFTER_MS = 500;

/** Far more than any desktop measures; whoever wrote more did not measure one. */
const COORDINATE_MAX = 100_000;

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-COORDINATE_MAX), v.maxValue(COORDINATE_MAX));
const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(COORDINATE_MAX));
const place = v.object({
  bounds: v.object({ x: coordinate, y: coordinate, width: extent, height: extent }),
  maximized: v.boolean(),
});
/** A window whose entry is wrong is only itself forgotten. */
const fileSchema = v.object({
  host: v.fallback(v.nullable(place), null),
  call: v.fallback(v.nullable(place), null),
});

type WindowPlaces = v.InferOutput<typeof fileSchema>;
export type WindowName = keyof WindowPlaces;

const NOWHERE: WindowPlaces = { host: null, call: null };

type ScreenLike = Record<'getPrimaryDisplay', () => Pick<Display, 'workArea'>> &
  Record<'getAllDisplays', () => readonly Pick<Display, 'workArea'>[]>;

export type MovingWindow = Pick<
  BrowserWindow,
  'getNormalBounds' | 'isDestroyed' | 'isMaximized' | 'isMinimized'
> & {
  on(event: WindowMove, listener: () => void): unknown;
  off(event: WindowMove, listener: () => void): unknown;
};

const MOVES = ['resize', 'move', 'maximize', 'unmaximize', 'close'] as const;
type WindowMove = (typeof MOVES)[number];

/** Small enough to be read and written in one go: a window waits for it before it is made, and the end of the app too. */
export class WindowMemory {
  readonly #file: string;
  readonly #screen: ScreenLike;
  readonly #timers: TimersLike;
  #places: WindowPlaces;

  constructor(directory: string, screen: ScreenLike, timers: TimersLike) {
    this.#file = path.join(directory, WINDOWS_FILE);
    this.#screen = screen;
    this.#timers = timers;
    this.#places = readPlaces(this.#file);
  }

  /** Where the window opens now. */
  placementOf(name: WindowName, usual: UsualSize): WindowPlacement {
    const others = this.#screen.getAllDisplays().map(({ workArea }) => workArea);
    return placeWindow(this.#places[name], usual, [this.#screen.getPrimaryDisplay().workArea, ...others]);
  }

  /** Keeps the window's place from now on (from its first showing: hidden it is never maximised), each time it has come to rest; the last one when disposed. */
  follow(name: WindowName, window: MovingWindow): Disposable {
    const store = new DisposableStore();
    const timer = new Timeout(this.#timers);
    const keep = () => {
      timer.clear();
      // Minimised, some systems tell a place far off any screen.
      if (window.isDestroyed() || window.isMinimized()) return;
      const { x, y, width, height } = window.getNormalBounds();
      this.#keep(name, { bounds: { x, y, width, height }, maximized: window.isMaximized() });
    };
    const later = () => timer.set(keep, SETTLED_AFTER_MS);
    for (const move of MOVES) {
      const listener = move === 'close' ? keep : later;
      window.on(move, listener);
      store.add(toDisposable(() => window.off(move, listener)));
    }
    store.add(toDisposable(() => timer.pending && keep()));
    return store;
  }

  #keep(name: WindowName, next: WindowPlace): void {
    if (JSON.stringify(this.#places[name]) === JSON.stringify(next)) return;
    this.#places = { ...this.#places, [name]: next };
    writePlaces(this.#file, this.#places);
  }
}

function readPlaces(file: string): WindowPlaces {
  try {
    const parsed = v.safeParse(fileSchema, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : NOWHERE;
  } catch {
    return NOWHERE;
  }
}

/** A place that cannot be kept is forgotten: nobody is to be told of that. */
function writePlaces(file: string, places: WindowPlaces): void {
  const next = `${file}.${process.pid}.next`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(next, `${JSON.stringify(places, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, file);
  } catch {}
}
