/** Holds the number of unread messages and the line above them to what was seen. */

import { describe, expect, it } from 'vitest';
import { chatRows } from '../../../../../web-client/ui/chat/chat-rows.ts';
import { composing } from '../../../../../web-client/ui/chat/composing.ts';
import { NameBook } from '../../../../../web-client/ui/chat/name-book.ts';
import { UnreadMarker } from '../../../../../web-client/ui/chat/unread.ts';
import { chatMessage, ownMessage } from '../../../../support/chat-messages.ts';
import { person, ROOM } from '../../../../support/room-states.ts';

const keys = (...numbers: number[]) => numbers.map((number) => `Anna:${number}`);
const from = (...numbers: number[]) => numbers.map((number) => chatMessage('Anna', number));

describe('UnreadMarker', () => {
  it('counts what others wrote since the end was in sight, and keeps the line where that began', () => {
    const marker = new UnreadMarker();
    expect(marker.update(from(1), true)).toEqual({ count: 0, dividerKey: null });
    expect(marker.update(from(1, 2), false)).toEqual({ count: 1, dividerKey: keys(2)[0] });
    expect(marker.update(from(1, 2, 3), false)).toEqual({ count: 2, dividerKey: keys(2)[0] });
    expect(marker.update(from(1, 2, 3), true)).toEqual({ count: 0, dividerKey: keys(2)[0] });
    expect(marker.update(from(1, 2, 3, 4), true)).toEqual({ count: 0, dividerKey: keys(2)[0] });
    expect(marker.update(from(1, 2, 3, 4, 5), false)).toEqual({ count: 1, dividerKey: keys(5)[0] });
  });

  it('takes writing for having read', () => {
    const marker = new UnreadMarker();
    marker.update(from(1), true);
    marker.update(from(1, 2), false);
    const messages = [...from(1, 2), ownMessage(3), ...from(4)];
    expect(marker.update(messages, false)).toEqual({ count: 1, dividerKey: keys(4)[0] });
    expect(marker.update([...messages, ownMessage(5)], true)).toEqual({ count: 0, dividerKey: null });
  });

  it('starts anew when the messages are those of another call', () => {
    const marker = new UnreadMarker();
    marker.update(from(1), true);
    expect(marker.update([], true)).toEqual({ count: 0, dividerKey: null });
    expect(marker.update([chatMessage('Boris', 1)], false)).toEqual({ count: 1, dividerKey: 'Boris:1' });
  });
});

describe('chatRows', () => {
  const groups = (messages: Parameters<typeof chatRows>[0], dividerKey: string | null = null) =>
    chatRows(messages, 100, dividerKey).map(({ startsGroup }) => startsGroup);

  it('joins what one person wrote within one minute of the clock', () => {
    const minute = [0, 59_999, 60_000].map((atMs, number) => chatMessage('Anna', number, { atMs }));
    expect(groups(minute)).toEqual([true, false, true]);
    expect(groups([...from(1, 2), chatMessage('Boris', 3), ...from(4)])).toEqual([true, false, true, true]);
  });

  it('begins a group under the line, and at the first that is shown', () => {
    expect(groups(from(1, 2, 3), 'Anna:2')).toEqual([true, true, false]);
    expect(chatRows(from(1, 2, 3), 2, null).map(({ startsGroup }) => startsGroup)).toEqual([true, false]);
    expect(chatRows(from(1, 2, 3), 2, null)[0]?.message.key).toBe('Anna:2');
  });

  it('tells apart what one person wrote under two names', () => {
    expect(groups([...from(1), chatMessage('Anna', 2, { authorName: 'Bob' })])).toEqual([true, true]);
  });
});

describe('NameBook', () => {
  const book = new NameBook({
    ...ROOM,
    participants: [person('Anna1', { name: 'Anna' }), person('Bob', { name: 'Bob' })],
    chat: [chatMessage('Gone1', 1, { authorName: 'ANNA' }), chatMessage('Gone2', 2, { authorName: null })],
  });

  it('knows those who are in and those who wrote, and who shares a name', () => {
    expect(book.nameOf('Anna1')).toEqual({ name: 'Anna', shortId: 'Anna', ambiguous: true });
    expect(book.nameOf('Gone1', 'ANNA')).toEqual({ name: 'ANNA', shortId: 'Gone', ambiguous: true });
    expect(book.nameOf('Bob')).toEqual({ name: 'Bob', shortId: 'Bob', ambiguous: false });
    expect(book.nameOf('Gone2')).toEqual({ name: null, shortId: 'Gone', ambiguous: false });
  });

  it('takes a name of another time for that of another, if somebody has it today', () => {
    expect(book.nameOf('Bob', 'Anna').ambiguous).toBe(true);
    expect(book.nameOf('Bob', 'Robert').ambiguous).toBe(false);
  });
});

describe('composing', () => {
  const joined = { call: 'joined', participants: [1] } as const;

  it('sends what is neither blank nor too long, without the blanks around it', () => {
    expect(composing(' hi\n', joined)).toEqual({ kind: 'ready', text: 'hi', units: 2 });
    expect(composing(' \n\t', joined)).toEqual({ kind: 'blank' });
    expect(composing('x'.repeat(2_000), joined).kind).toBe('ready');
    expect(composing('x'.repeat(2_003), joined)).toEqual({ kind: 'too-long', units: 2_003, excess: 3 });
  });

  it('is closed where nobody would read it', () => {
    expect(composing('hi', { ...joined, participants: [] })).toEqual({ kind: 'closed', reason: 'alone' });
    expect(composing('hi', { ...joined, call: 'out' })).toEqual({ kind: 'closed', reason: 'outside' });
  });
});
