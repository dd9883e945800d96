/** Holds the rows of the chat to their groups, and what is found to have changed to what did. */

import { describe, expect, it } from 'vitest';
import { CHAT_KEPT_MAX, ChatLog } from '../../../../../web-client/core/messaging/chat-log.ts';
import type { ChatMessage } from '../../../../../web-client/core/state/chat-state.ts';
import { chatChanges } from '../../../../../web-client/ui/chat/chat-changes.ts';
import { type ChatRow, chatRows } from '../../../../../web-client/ui/chat/chat-rows.ts';
import { chatMessage } from '../../../../support/page/chat-messages.ts';

const from = (...numbers: number[]) => numbers.map((number) => chatMessage('Anna', number));

describe('chatRows', () => {
  const groups = (messages: readonly ChatMessage[], dividerKey: string | null = null) =>
    chatRows([], chatChanges([], messages), dividerKey).map(({ startsGroup }) => startsGroup);

  it('joins what one person wrote within one minute of the clock', () => {
    const minute = [0, 59_999, 60_000].map((atMs, number) => chatMessage('Anna', number, { atMs }));
    expect(groups(minute)).toEqual([true, false, true]);
    expect(groups([...from(1, 2), chatMessage('Boris', 3), ...from(4)])).toEqual([true, false, true, true]);
  });

  it('begins a group under the line', () => {
    expect(groups(from(1, 2, 3), 'Anna:2')).toEqual([true, true, false]);
  });

  it('tells apart what one person wrote under two names', () => {
    expect(groups([...from(1), chatMessage('Anna', 2, { authorName: 'Bob' })])).toEqual([true, true]);
  });
});

describe('a change of the log, with hundreds of messages in it', () => {
  let log: ChatLog;
  let messages: readonly ChatMessage[];
  let rows: readonly ChatRow[];
  const write = (count: number) => {
    for (let id = 1; id <= count; id++) log.handleMessage('Anna', 'Anna', { id, text: `${id}` });
  };
  /** What has to be touched, by the numbers of the messages. */
  const step = (change: () => void, dividerKey: string | null = null) => {
    change();
    const changes = chatChanges(messages, log.messages);
    const next = chatRows(rows, changes, dividerKey);
    const standing = new Set(rows);
    const touched = next.filter((row) => !standing.has(row)).map(({ message }) => message.text);
    messages = log.messages;
    rows = next;
    return { dropped: changes.dropped.map(({ text }) => text), added: changes.added.length, touched };
  };
  const start = (count: number) => {
    log = new ChatLog({ wallClock: () => 1_000, onChange: () => {} });
    messages = [];
    rows = [];
    step(() => write(count));
  };

  it('touches the one message that came', () => {
    start(300);
    const one = () => log.handleMessage('Anna', 'Anna', { id: 301, text: '301' });
    expect(step(one)).toEqual({ dropped: [], added: 1, touched: ['301'] });
  });

  it('forgets the oldest for a new one, and gives the next its head', () => {
    start(CHAT_KEPT_MAX);
    const one = () => log.handleMessage('Anna', 'Anna', { id: CHAT_KEPT_MAX + 1, text: 'new' });
    expect(step(one)).toEqual({ dropped: ['1'], added: 1, touched: ['2', 'new'] });
  });

  it('touches the one that got an emoji, and none for the same emoji again', () => {
    start(300);
    const react = () =>
      log.handleReaction('b', { kind: 'chat-reaction', author: 'Anna', id: 7, emoji: '👍', on: true });
    expect(step(react)).toEqual({ dropped: [], added: 0, touched: ['7'] });
    expect(step(react).touched).toEqual([]);
  });

  it('touches an own message twice on its way to many: when it is written and when all have it', () => {
    start(300);
    const recipients = new Map(Array.from({ length: 11 }, (_, seq) => [`p${seq}`, seq]));
    expect(step(() => log.write('me', 'Me', 'mine', () => recipients)).touched).toEqual(['mine']);
    const settled = [...recipients].map(
      ([recipient, seq]) => step(() => log.handleSettled(recipient, seq, true)).touched,
    );
    expect(settled.flat()).toEqual(['mine']);
  });

  it('touches the messages below the old line and the new one', () => {
    start(300);
    expect(step(() => {}, 'Anna:100').touched).toEqual(['100']);
    expect(step(() => {}, 'Anna:200').touched).toEqual(['100', '200']);
  });

  it('starts anew with the messages of another call', () => {
    start(3);
    expect(step(() => start(2))).toEqual({ dropped: [], added: 0, touched: [] });
    const other = chatChanges(messages, [chatMessage('Boris', 1)]);
    expect([other.dropped.length, other.added.length]).toEqual([2, 1]);
  });
});
