import { beforeEach, expect, it } from 'vitest';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import type { CallViewsOptions } from '../../../../../web-client/ui/call/call-views.ts';
import { LazyCallViews } from '../../../../../web-client/ui/call/lazy-call-views.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const EMPTY: RoomState = ROOM;
const SOMEBODY_IN: RoomState = { ...ROOM, participants: [person('boris')] };
const JOINING: RoomState = { ...ROOM, call: 'joining' };
const OPTIONS = {} as CallViewsOptions;

let time: ManualTime;
/** What was asked of the host and of the views, in order. */
let done: unknown[];
let textsCome: boolean;
let call: LazyCallViews;
beforeEach(() => {
  time = new ManualTime();
  done = [];
  textsCome = true;
  class CallViews {
    constructor(options: CallViewsOptions) {
      done.push(['built', options]);
    }
    render(room: RoomState | null): void {
      done.push(room);
    }
    handleLanguage(): void {
      done.push('language');
    }
  }
  const loadTexts = async () => {
    done.push('texts');
    if (!textsCome) throw new Error('out of reach');
  };
  call = new LazyCallViews(
    OPTIONS,
    loadTexts,
    time.timers,
    () => {},
    async () => {
      done.push('chunk');
      return { CallViews };
    },
  );
});

it('gets nothing while nobody is in the room, and no call is on', async () => {
  for (const room of [null, EMPTY, null]) call.render(room);
  call.handleLanguage();
  await time.advance(60_000);
  expect(done).toEqual([]);
});

it.each([
  ['somebody is in', SOMEBODY_IN],
  ['one goes in', JOINING],
])('gets chunk and texts at once where %s, once for all that is drawn meanwhile', async (_when, room) => {
  call.render(room);
  call.render(room);
  expect(done).toEqual(['chunk', 'texts']);
  await settle();
  expect(done.slice(2)).toEqual([['built', OPTIONS], room]);
});

it('draws the room as it has become meanwhile, also that there is none any more', async () => {
  call.render(SOMEBODY_IN);
  call.render(null);
  await settle();
  expect(done).toEqual(['chunk', 'texts', ['built', OPTIONS], null]);
});

it('gives the views each state from then on, and each language', async () => {
  call.render(JOINING);
  await settle();
  done = [];
  call.render(SOMEBODY_IN);
  call.handleLanguage();
  call.render(null);
  expect(done).toEqual([SOMEBODY_IN, 'language', null]);
});

it('builds nothing without the texts, and asks for them again', async () => {
  textsCome = false;
  call.render(JOINING);
  await time.advance(2_999);
  expect(done).toEqual(['chunk', 'texts']);
  textsCome = true;
  await time.advance(1);
  await settle();
  expect(done.slice(2)).toEqual(['chunk', 'texts', ['built', OPTIONS], JOINING]);
});
