import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerState, RoomState } from '../../../../../web-client/core/state/room-state.ts';
import type { PageState } from '../../../../../web-client/ui/page-state.ts';
import {
  AT_LATEST_MS,
  CONNECTED_DRAW_MS,
  CONNECTING_DRAW_MS,
  DRAWING,
  LATE_MS,
  RenderScheduler,
  SEVERAL_CONNECTED_DRAW_MS,
} from '../../../../../web-client/ui/shell/render-scheduler.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const stateOf = (changes: Partial<RoomState> = {}): PageState => ({
  kind: 'room',
  room: { ...ROOM, ...changes },
  invite: null,
});

const joinedWith = (peer: PeerState): PageState =>
  stateOf({ call: 'joined', participants: [person('boris', { peer })] });

const roomOf = (connected: number, connecting: number): PageState =>
  stateOf({
    call: 'joined',
    participants: Array.from({ length: connected + connecting }, (_, index) =>
      person(`guest ${index}`, { peer: { phase: index < connected ? 'connected' : 'connecting' } }),
    ),
  });

const OUT = stateOf();
const JOINING = stateOf({ call: 'joining' });
const CONNECTING = joinedWith({ phase: 'connecting' });
const CONNECTED = joinedWith({ phase: 'connected' });

let time: ManualTime;
let drawn: PageState[];
let said: unknown[];
let rests: number;
/** What is called before the next picture. */
let frames: (() => void)[];
/** How much later than its timers the page runs. */
let lateMs: number;
let scheduler: RenderScheduler;

beforeEach(() => {
  time = new ManualTime();
  drawn = [];
  said = [];
  rests = 0;
  frames = [];
  lateMs = 0;
  scheduler = new RenderScheduler(
    {
      render: (state) => drawn.push(state),
      rest: () => rests++,
      announce: (...words) => said.push(words),
      askToSwitch: (go) => said.push(go),
      playCue: (cue) => said.push(cue),
      showLevel: (level) => said.push(level),
    },
    {
      ...time.timers,
      setTimeout: (callback, delayMs) => time.timers.setTimeout(callback, delayMs + lateMs),
    },
    time.clock,
    (callback) => frames.push(callback),
  );
});

function nextFrame(): void {
  for (const callback of frames.splice(0)) callback();
}

describe('RenderScheduler', () => {
  it('draws each state in the next frame while nobody is being connected', () => {
    const noLink: PageState = { kind: 'no-link', problem: 'cut' };
    const somebodyElse = stateOf({ participants: [person('boris', { peer: { phase: 'connecting' } })] });

    for (const state of [noLink, OUT, somebodyElse, CONNECTED]) {
      scheduler.render(state);
      nextFrame();
    }

    expect(drawn).toEqual([noLink, OUT, somebodyElse, CONNECTED]);
  });

  it('draws the first at once where it is asked to, once, and says then what waits for the frame', () => {
    scheduler.render(OUT);
    scheduler.announce('people.joined', 'Boris');
    scheduler.drawFirst();
    expect([drawn, said]).toEqual([[OUT], [['people.joined', 'Boris', undefined]]]);
    scheduler.playCue('joined');
    nextFrame();
    expect([drawn, said.slice(1)]).toEqual([[OUT], ['joined']]);
  });

  it('tells what was drawn once it is, and of each state once', async () => {
    const told: [PageState, PageState | undefined][] = [];
    scheduler.onDrawn((state) => told.push([state, drawn.at(-1)]));
    scheduler.render(OUT);
    scheduler.drawFirst();
    scheduler.drawFirst();
    scheduler.render(CONNECTING);
    nextFrame();
    await time.advance(CONNECTING_DRAW_MS - 1);
    expect(told).toEqual([[OUT, OUT]]);
    await time.advance(1);
    expect(told.slice(1)).toEqual([[CONNECTING, CONNECTING]]);
  });

  it('draws what changes without end at its own pace, and ends with the newest', async () => {
    const states = Array.from({ length: 1_000 }, (_, index) => stateOf({ capacity: 2 + (index % 11) }));
    for (const state of states.slice(0, DRAWING.burst)) {
      scheduler.render(state);
      nextFrame();
    }
    expect(drawn).toHaveLength(DRAWING.burst);
    for (const state of states) {
      scheduler.render(state);
      nextFrame();
      await time.advance(5);
    }
    await time.advance(1_000 / DRAWING.perSecond);
    expect(drawn.length).toBeLessThanOrEqual(DRAWING.burst + 5 * DRAWING.perSecond + 1);
    expect(drawn.length).toBeGreaterThanOrEqual(DRAWING.burst + 4 * DRAWING.perSecond);
    expect(drawn.at(-1)).toBe(states.at(-1));
    expect(time.pending).toBe(0);
  });

  it('draws many states of one frame once, the last, and says what came with them after that', () => {
    for (let state = 0; state < 60; state++) scheduler.render(OUT);
    scheduler.render(CONNECTED);
    scheduler.announce('people.joined', 'Boris');
    expect([drawn, said, frames.length]).toEqual([[], [], 1]);
    nextFrame();
    expect([drawn, said]).toEqual([[CONNECTED], [['people.joined', 'Boris', undefined]]]);
    nextFrame();
    expect(drawn).toHaveLength(1);
  });

  it('leaves to the connecting what was to be drawn in the next frame', async () => {
    scheduler.render(OUT);
    scheduler.render(CONNECTING);
    nextFrame();
    expect(drawn).toEqual([]);
    await time.advance(CONNECTING_DRAW_MS);
    expect(drawn).toEqual([CONNECTING]);
  });

  it('draws a quick join once, when it is done', async () => {
    scheduler.render(JOINING);
    scheduler.render(CONNECTING);
    expect(drawn).toEqual([]);

    scheduler.render(CONNECTED);
    await time.advance(CONNECTED_DRAW_MS - 1);
    expect(drawn).toEqual([]);
    await time.advance(1);
    expect(drawn).toEqual([CONNECTED]);
    expect(time.pending).toBe(0);
  });

  it('lets the page rest, once, while people are being connected', async () => {
    scheduler.render(OUT);
    expect(rests).toBe(0);
    for (const state of [JOINING, CONNECTING, CONNECTED, CONNECTED]) scheduler.render(state);
    expect(rests).toBe(1);
  });

  it('waits no longer for each further word of those who are connected', async () => {
    scheduler.render(CONNECTING);
    scheduler.render(CONNECTED);
    await time.advance(CONNECTED_DRAW_MS - 1);
    scheduler.render(CONNECTED);
    await time.advance(1);
    expect(drawn).toEqual([CONNECTED]);
  });

  it('draws a slow join now and then, as it is by then', async () => {
    scheduler.render(JOINING);
    await time.advance(CONNECTING_DRAW_MS - 1);
    scheduler.render(CONNECTING);
    expect(drawn).toEqual([]);
    await time.advance(1);
    expect(drawn).toEqual([CONNECTING]);

    scheduler.render(JOINING);
    await time.advance(CONNECTING_DRAW_MS);

    expect(drawn).toEqual([CONNECTING, JOINING]);
    expect(time.pending).toBe(0);
  });

  it('puts the drawing off while the processor has too much to do, but not for long', async () => {
    lateMs = LATE_MS + 1;
    scheduler.render(CONNECTING);
    await time.advance(AT_LATEST_MS - 1);
    expect(drawn).toEqual([]);
    await time.advance(lateMs + 1);
    expect(drawn).toEqual([CONNECTING]);
    expect(time.pending).toBe(0);
  });

  it('puts the drawing off while several are being connected and it goes on, but not for long', async () => {
    for (let connected = 0; connected < 4; connected++) {
      scheduler.render(roomOf(connected, 6 - connected));
      await time.advance(CONNECTING_DRAW_MS - 1);
    }
    expect(drawn).toEqual([]);
    await time.advance(AT_LATEST_MS - 4 * (CONNECTING_DRAW_MS - 1));
    expect(drawn).toEqual([roomOf(3, 3)]);
  });

  it('lets the voices of several pass before they are drawn', async () => {
    scheduler.render(roomOf(1, 2));
    scheduler.render(roomOf(2, 1));
    scheduler.render(roomOf(3, 0));
    await time.advance(SEVERAL_CONNECTED_DRAW_MS - 1);
    expect(drawn).toEqual([]);
    await time.advance(1);
    expect(drawn).toEqual([roomOf(3, 0)]);
    expect(time.pending).toBe(0);
    scheduler.render(roomOf(3, 1));
    scheduler.render(roomOf(4, 0));
    await time.advance(CONNECTED_DRAW_MS);
    expect(drawn).toEqual([roomOf(3, 0), roomOf(4, 0)]);
  });

  it('lets them pass no longer than drawing may be put off', async () => {
    for (let connected = 0; connected < 4; connected++) {
      scheduler.render(roomOf(connected, 6 - connected));
      await time.advance(CONNECTING_DRAW_MS - 1);
    }
    scheduler.render(roomOf(6, 0));
    await time.advance(AT_LATEST_MS - 4 * (CONNECTING_DRAW_MS - 1));
    expect(drawn).toEqual([roomOf(6, 0)]);
  });

  it('draws several of whom none gets any further, and what changes beside the last one', async () => {
    scheduler.render(roomOf(1, 3));
    await time.advance(CONNECTING_DRAW_MS);
    expect(drawn).toEqual([roomOf(1, 3)]);
    scheduler.render(roomOf(2, 2));
    scheduler.render(roomOf(3, 1));
    await time.advance(CONNECTING_DRAW_MS);
    expect(drawn).toEqual([roomOf(1, 3), roomOf(3, 1)]);
  });

  it('draws as late as it may, and no later', async () => {
    lateMs = AT_LATEST_MS - CONNECTING_DRAW_MS;
    scheduler.render(CONNECTING);
    await time.advance(AT_LATEST_MS);
    expect([drawn, time.pending]).toEqual([[CONNECTING], 0]);
  });

  it('draws what was put off once there is time for it', async () => {
    lateMs = LATE_MS + 1;
    scheduler.render(CONNECTING);
    lateMs = LATE_MS;
    await time.advance(2 * (CONNECTING_DRAW_MS + LATE_MS));
    expect(drawn).toEqual([]);
    await time.advance(1);
    expect(drawn).toEqual([CONNECTING]);
  });

  it('is not late for those who are connected', async () => {
    lateMs = 1_000;
    scheduler.render(CONNECTING);
    scheduler.render(CONNECTED);
    await time.advance(CONNECTED_DRAW_MS + lateMs);
    expect(drawn).toEqual([CONNECTED]);
  });

  it('keeps words and sounds for the drawing while people are being connected', async () => {
    scheduler.render(CONNECTING);
    scheduler.announce('people.joined', 'Boris');
    scheduler.playCue('joined');
    expect(said).toEqual([]);
    scheduler.render(CONNECTED);
    await time.advance(CONNECTED_DRAW_MS);
    expect([drawn.length, said]).toEqual([1, [['people.joined', 'Boris', undefined], 'joined']]);
  });

  it('keeps them no longer when one of many does not come to stand', async () => {
    scheduler.render(CONNECTING);
    scheduler.playCue('joined');
    await time.advance(AT_LATEST_MS - 1);
    expect([drawn.length, said]).toEqual([1, []]);
    await time.advance(1);
    expect(said).toEqual(['joined']);
    scheduler.announce('people.joined', 'Boris');
    scheduler.render(CONNECTED);
    nextFrame();
    expect(said).toEqual(['joined', ['people.joined', 'Boris', undefined]]);
    expect(time.pending).toBe(0);
  });

  it('keeps them together, from the first on, and also after a drawing', async () => {
    scheduler.render(CONNECTING);
    await time.advance(CONNECTING_DRAW_MS);
    scheduler.playCue('joined');
    await time.advance(AT_LATEST_MS - 1);
    scheduler.announce('people.joined', 'Boris');
    expect([drawn.length, said]).toEqual([1, []]);
    await time.advance(1);
    expect(said).toEqual(['joined', ['people.joined', 'Boris', undefined]]);
  });

  it('keeps what comes just before those who are connected are drawn', async () => {
    scheduler.render(CONNECTING);
    scheduler.render(CONNECTED);
    scheduler.playCue('joined');
    expect(said).toEqual([]);
    await time.advance(CONNECTED_DRAW_MS);
    expect(said).toEqual(['joined']);
  });

  it('passes words, questions and the level on at once', () => {
    const go = () => {};
    scheduler.announce('people.joined', 'Boris');
    scheduler.askToSwitch(go);
    scheduler.showLevel(0.5);

    expect(said).toEqual([['people.joined', 'Boris', undefined], go, 0.5]);
  });
});
