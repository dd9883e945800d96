import { beforeEach, expect, it } from 'vitest';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import type { ChatContext } from '../../../../../web-client/ui/chat/chat-context.ts';
import { LazyChat } from '../../../../../web-client/ui/chat/lazy-chat.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const CONNECTED: RoomState = { ...ROOM, call: 'joined', participants: [person('boris')] };
const CONNECTING: RoomState = {
  ...CONNECTED,
  participants: [person('boris', { peer: { phase: 'connecting' } })],
};

let time: ManualTime;
/** When the texts were asked for, by a host that does not answer. */
let asked: number[];
/** What the page says meanwhile. */
let said: string[];
let chat: LazyChat;
beforeEach(() => {
  time = new ManualTime();
  asked = [];
  said = [];
  const context: Partial<ChatContext> = {
    timers: time.timers,
    announce: (text) => said.push(text),
    loadTexts: () => {
      asked.push(time.clock());
      return Promise.reject(new Error('out of reach'));
    },
  };
  chat = new LazyChat(context as ChatContext);
});

it('gets nothing before one goes in', async () => {
  for (const room of [null, ROOM]) chat.render(room, null);
  await time.advance(60_000);
  expect([asked, time.pending]).toEqual([[], 0]);
});

it('gets the chat at once where nobody is being connected, and once', () => {
  chat.render(CONNECTED, null);
  chat.render(CONNECTED, null);
  expect(asked).toEqual([0]);
});

it('gives way to voices that are being connected, but not for longer than that', async () => {
  chat.render(CONNECTING, null);
  await time.advance(1_000);
  chat.render(CONNECTING, null);
  await time.advance(599);
  expect(asked).toEqual([]);
  await time.advance(1);
  expect(asked).toEqual([1_600]);
});

it.each([
  ['the voice', 'soon', 1, 200, 450],
  ['the voice', 'late', 1, 1_500, 1_600],
  ['several voices', 'soon', 2, 200, 800],
  ['several voices', 'late', 2, 1_500, 1_600],
])('lets %s come first, connected %s', async (_whose, _when, people, connectedMs, expected) => {
  chat.render(CONNECTING, null);
  await time.advance(connectedMs);
  const participants = ['boris', 'vera'].slice(0, people).map((id) => person(id));
  for (let drawn = 0; drawn < 2; drawn++) chat.render({ ...CONNECTED, participants }, null);
  expect(asked).toEqual([]);
  await time.advance(2_000);
  expect(asked[0]).toBe(expected);
});

it('waits for no call that was left', async () => {
  chat.render(CONNECTING, null);
  await time.advance(1_000);
  chat.render(ROOM, null);
  await time.advance(60_000);
  expect(asked).toEqual([]);
  chat.render(CONNECTED, null);
  expect([asked, time.pending]).toEqual([[61_000], 0]);
});

it('asks again while the host does not answer, and says so', async () => {
  chat.render(CONNECTED, null);
  await time.advance(6_000);
  expect(asked).toEqual([0, 3_000, 6_000]);
  expect(said).toEqual(['part.failing']);
});
