import { beforeEach, describe, expect, it } from 'vitest';
import {
  CHAT_KEPT_MAX,
  CHAT_REACTIONS_MAX,
  ChatLog,
} from '../../../../../web-client/core/messaging/chat-log.ts';

let changes: number;
let log: ChatLog;
beforeEach(() => {
  changes = 0;
  log = new ChatLog({ wallClock: () => 1_000, onChange: () => changes++ });
});

const write = (text: string, recipients: Readonly<Record<string, number | null>>) =>
  log.write('me', 'Me', text, () => new Map(Object.entries(recipients)));
const deliveries = () => log.messages.map(({ delivery, missedBy }) => [delivery, ...missedBy]);

describe('the log of the chat', () => {
  it('counts own messages up from 1', () => {
    const ids: number[] = [];
    for (const text of ['a', 'b'])
      log.write('me', 'Me', text, ({ id }) => {
        ids.push(id);
        return new Map();
      });
    expect(ids).toEqual([1, 2]);
    expect(log.messages.map(({ key }) => key)).toEqual(['me:1', 'me:2']);
  });

  it('is sent once all have taken it', () => {
    write('x', { a: 1, b: 7 });
    log.handleSettled('a', 1, true);
    expect(deliveries()).toEqual([['sending']]);
    log.handleSettled('b', 7, true);
    expect(deliveries()).toEqual([['sent']]);
  });

  it('is not delivered where one was given up, but only when all are settled', () => {
    write('x', { a: 1, b: 1, c: null });
    log.handleSettled('a', 1, false);
    expect(deliveries()).toEqual([['sending', 'c', 'a']]);
    log.handleSettled('b', 1, true);
    expect(deliveries()).toEqual([['not-delivered', 'c', 'a']]);
  });

  it('passes over the numbers of other things', () => {
    write('x', { a: 1 });
    const before = changes;
    log.handleSettled('a', 2, false);
    log.handleSettled('b', 1, false);
    expect([deliveries(), changes]).toEqual([[['sending']], before]);
  });

  it('takes a number of an author once, and none that is not above the last', () => {
    for (const id of [1, 2, 2, 1, 5, 4]) log.handleMessage('a', 'Ada', { id, text: `${id}` });
    log.handleMessage('b', null, { id: 1, text: 'other' });
    expect(log.messages.map(({ text }) => text)).toEqual(['1', '2', '5', 'other']);
  });

  it('forgets the oldest', () => {
    for (let id = 1; id <= CHAT_KEPT_MAX + 1; id++) log.handleMessage('a', 'Ada', { id, text: `${id}` });
    expect(log.messages).toHaveLength(CHAT_KEPT_MAX);
    expect(log.messages[0]?.text).toBe('2');
  });

  it('lets nobody react in another’s name, to nothing, or without end', () => {
    log.handleMessage('a', 'Ada', { id: 1, text: 'x' });
    log.handleReaction('b', { kind: 'chat-reaction', author: 'a', id: 2, emoji: '👍', on: true });
    log.handleReaction('b', { kind: 'chat-reaction', author: 'a', id: 1, emoji: '👍', on: false });
    expect(log.messages[0]?.reactions).toEqual([]);
    for (let index = 0; index <= CHAT_REACTIONS_MAX; index++) {
      const emoji = String.fromCodePoint(0x1f600 + index);
      log.handleReaction('b', { kind: 'chat-reaction', author: 'a', id: 1, emoji, on: true });
    }
    expect(log.messages[0]?.reactions).toHaveLength(CHAT_REACTIONS_MAX);
    expect(log.react('me', 'a:9', '👍', true)).toBeNull();
    expect(log.react('me', 'a:1', '😀', true)).toMatchObject({ author: 'a', id: 1 });
    expect(log.react('me', 'a:1', '😀', true)).toBeNull();
  });
});
