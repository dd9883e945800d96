import { beforeEach, expect, it } from 'vitest';
import { KEEP_PAGE_AFTER_MS } from '../../../../../main/common/protocol/limits.ts';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { PageKeeping } from '../../../../../web-client/ui/call/page-keeping.ts';
import { ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const JOINED: RoomState = { ...ROOM, call: 'joined', signaling: { phase: 'online' } };
const OFFLINE: RoomState = { ...JOINED, signaling: { phase: 'retrying', why: 'no-answer' } };

let time: ManualTime;
let done: string[];
let refusal: Error | null;
let keeping: PageKeeping;

beforeEach(() => {
  time = new ManualTime();
  done = [];
  refusal = null;
  const step = (what: string) => async () => {
    done.push(what);
    if (refusal !== null) throw refusal;
  };
  keeping = new PageKeeping({ keeper: { keep: step('keep'), forget: step('forget') }, timers: time.timers });
});

it('keeps the page once one has been in the call for a while, and once', async () => {
  keeping.handleRoom({ ...ROOM, call: 'joining' });
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS - 1);
  expect(done).toEqual([]);
  await time.advance(1);
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['keep']);
});

it('keeps it however often the room changes meanwhile, three seconds from when the host is there', async () => {
  keeping.handleRoom(OFFLINE);
  await time.advance(KEEP_PAGE_AFTER_MS - 1);
  for (let look = 0; look < 3; look++) {
    keeping.handleRoom(JOINED);
    await time.advance((KEEP_PAGE_AFTER_MS - 1) / 3);
  }
  expect(done).toEqual([]);
  await time.advance(1);
  expect(done).toEqual(['keep']);
});

it('leaves it kept while one comes back to the own place, and keeps it again in another call', async () => {
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom({ ...JOINED, call: 'joining' });
  keeping.handleRoom(JOINED);
  expect(done).toEqual(['keep']);
  keeping.handleRoom({ ...JOINED, call: 'out' });
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['keep', 'forget', 'keep']);
});

it('asks for nothing once disposed', async () => {
  keeping.handleRoom(JOINED);
  keeping.dispose();
  expect(time.pending).toBe(0);
});

it.each([
  ['leaves', { ...ROOM, call: 'out' }],
  ['is put out with the room', { ...ROOM, call: 'out', signaling: { phase: 'ended', reason: 'host-ended' } }],
  ['gives up a link', null],
] as const)('forgets it when one %s', async (_how, room) => {
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom(room);
  keeping.handleRoom(room);
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['keep', 'forget']);
});

it('asks for nothing after one left, or while the host does not answer', async () => {
  keeping.handleRoom(JOINED);
  keeping.handleRoom(OFFLINE);
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual([]);
  keeping.handleRoom(JOINED);
  keeping.handleRoom({ ...ROOM, call: 'out' });
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['forget']);
});

it('asks again where it could not be fetched', async () => {
  refusal = new TypeError('the script did not come');
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom({ ...ROOM, call: 'out' });
  await time.advance(KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['keep', 'keep', 'forget']);
  keeping.dispose();
  expect(time.pending).toBe(0);
});

it('asks once in a call where the browser may not keep it, as behind a certificate that nobody vouches for', async () => {
  refusal = new DOMException('an SSL certificate error', 'SecurityError');
  keeping.handleRoom(JOINED);
  await time.advance(KEEP_PAGE_AFTER_MS);
  keeping.handleRoom(JOINED);
  await time.advance(10 * KEEP_PAGE_AFTER_MS);
  expect(done).toEqual(['keep']);
});
