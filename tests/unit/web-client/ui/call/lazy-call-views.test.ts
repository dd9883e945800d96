import { beforeEach, expect, it } from 'vitest';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import type { CallViewsOptions } from '../../../../../web-client/ui/call/call-views.ts';
import {
  LazyCallViews,
  type LazyCallViewsOptions,
} from '../../../../../web-client/ui/call/lazy-call-views.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const EMPTY: RoomState = ROOM;
const SOMEBODY_IN: RoomState = { ...ROOM, participants: [person('boris')] };
const JOINING: RoomState = { ...ROOM, call: 'joining' };
const INVITE = 'https://here.test/#S.T';

let time: ManualTime;
/** What was asked of the host and of the views, in order. */
let done: unknown[];
let textsCome: boolean;
let options: LazyCallViewsOptions;
let call: LazyCallViews;
beforeEach(() => {
  time = new ManualTime();
  done = [];
  textsCome = true;
  class CallViews {
    constructor(given: CallViewsOptions) {
      done.push(['built', given === options]);
    }
    render(room: RoomState | null, invite: string | null): void {
      done.push([room, invite]);
    }
    rest(): void {
      done.push('rest');
    }
    handleLanguage(): void {
      done.push('language');
    }
  }
  const given: Partial<LazyCallViewsOptions> = {
    timers: time.timers,
    loadTexts: async () => {
      done.push('texts');
      if (!textsCome) throw new Error('out of reach');
    },
    loadCode: async () => {
      done.push('chunk');
      return { CallViews };
    },
    onLoaded: () => done.push('loaded'),
  };
  options = given as LazyCallViewsOptions;
  call = new LazyCallViews(options);
});

it('gets nothing while nobody is in the room, and no call is on', async () => {
  for (const room of [null, EMPTY, null]) call.render(room, INVITE);
  call.handleLanguage();
  call.rest();
  await time.advance(60_000);
  expect(done).toEqual([]);
});

it.each([
  ['somebody is in', SOMEBODY_IN],
  ['one goes in', JOINING],
])('gets chunk and texts at once where %s, once for all that is drawn meanwhile', async (_when, room) => {
  call.render(room, INVITE);
  call.render(room, INVITE);
  expect(done).toEqual(['chunk', 'texts']);
  await settle();
  expect(done.slice(2)).toEqual([['built', true], [room, INVITE], 'loaded']);
});

it('lets the views rest once they are there', async () => {
  call.render(SOMEBODY_IN, INVITE);
  await settle();
  done = [];
  call.rest();
  expect(done).toEqual(['rest']);
});

it('gets them before that for one who is about to go in', async () => {
  call.render(EMPTY, INVITE);
  call.prepare();
  call.prepare();
  await settle();
  expect(done).toEqual(['chunk', 'texts', ['built', true], [EMPTY, INVITE], 'loaded']);
});

it('draws the room as it has become meanwhile, also that there is none any more', async () => {
  call.render(SOMEBODY_IN, INVITE);
  call.render(null, INVITE);
  await settle();
  expect(done).toEqual(['chunk', 'texts', ['built', true], [null, INVITE], 'loaded']);
});

it('gives the views each state from then on, and each language', async () => {
  call.render(JOINING, INVITE);
  await settle();
  done = [];
  call.render(SOMEBODY_IN, INVITE);
  call.handleLanguage();
  call.render(null, INVITE);
  expect(done).toEqual([[SOMEBODY_IN, INVITE], 'language', [null, INVITE]]);
});

it('builds nothing without the texts, and asks for them again', async () => {
  textsCome = false;
  call.render(JOINING, INVITE);
  await time.advance(2_999);
  expect(done).toEqual(['chunk', 'texts']);
  textsCome = true;
  await time.advance(1);
  await settle();
  expect(done.slice(2)).toEqual([...['chunk', 'texts', ['built', true], [JOINING, INVITE], 'loaded']]);
});
