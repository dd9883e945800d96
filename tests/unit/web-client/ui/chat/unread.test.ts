/** Holds the number of unread messages and the line above them to what was seen. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../../web-client/core/state/chat-state.ts';
import { chatChanges } from '../../../../../web-client/ui/chat/chat-changes.ts';
import { composing } from '../../../../../web-client/ui/chat/composer.ts';
import { type Unread, UnreadMarker } from '../../../../../web-client/ui/chat/unread.ts';
import { chatMessage, ownMessage } from '../../../../support/page/chat-messages.ts';

const keys = (...numbers: number[]) => numbers.map((number) => `Anna:${number}`);
const from = (...numbers: number[]) => numbers.map((number) => chatMessage('Anna', number));

describe('UnreadMarker', () => {
  let marker: UnreadMarker;
  let standing: readonly ChatMessage[];
  beforeEach(() => {
    marker = new UnreadMarker();
    standing = [];
  });
  const update = (messages: readonly ChatMessage[], reading: boolean): Unread => {
    const changes = chatChanges(standing, messages);
    standing = messages;
    return marker.update(changes, reading);
  };

  it('counts what others wrote since the end was in sight, and keeps the line where that began', () => {
    expect(update(from(1), true)).toEqual({ count: 0, dividerKey: null });
    expect(update(from(1, 2), false)).toEqual({ count: 1, dividerKey: keys(2)[0] });
    expect(update(from(1, 2, 3), false)).toEqual({ count: 2, dividerKey: keys(2)[0] });
    expect(update(from(1, 2, 3), true)).toEqual({ count: 0, dividerKey: keys(2)[0] });
    expect(update(from(1, 2, 3, 4), true)).toEqual({ count: 0, dividerKey: keys(2)[0] });
    expect(update(from(1, 2, 3, 4, 5), false)).toEqual({ count: 1, dividerKey: keys(5)[0] });
    expect(marker.handleRead()).toEqual({ count: 0, dividerKey: keys(5)[0] });
    expect(marker.unread).toEqual({ count: 0, dividerKey: keys(5)[0] });
  });

  it('takes writing for having read', () => {
    update(from(1), true);
    update(from(1, 2), false);
    const messages = [...from(1, 2), ownMessage(3), ...from(4)];
    expect(update(messages, false)).toEqual({ count: 1, dividerKey: keys(4)[0] });
    expect(update([...messages, ownMessage(5)], true)).toEqual({ count: 0, dividerKey: null });
  });

  it('counts no more than there are, and loses the line with its message', () => {
    update(from(1, 2, 3), false);
    expect(update(from(2, 3, 4), false)).toEqual({ count: 3, dividerKey: null });
  });

  it('starts anew when the messages are those of another call', () => {
    update(from(1), true);
    expect(update([], true)).toEqual({ count: 0, dividerKey: null });
    expect(update([chatMessage('Boris', 1)], false)).toEqual({ count: 1, dividerKey: 'Boris:1' });
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
