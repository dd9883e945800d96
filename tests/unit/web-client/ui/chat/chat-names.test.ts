/** Holds the names in the chat to who bears them, and a change of one to those who see it. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../../web-client/core/state/chat-state.ts';
import type { ParticipantState, RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { chatChanges } from '../../../../../web-client/ui/chat/chat-changes.ts';
import { ChatNames, knownName } from '../../../../../web-client/ui/chat/chat-names.ts';
import { HOSTILE_NAMES, SAME_NAMES } from '../../../../support/names/hostile-names.ts';
import { chatMessage } from '../../../../support/page/chat-messages.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

let book: ChatNames;
let room: RoomState;
beforeEach(() => {
  book = new ChatNames();
  room = { ...ROOM, call: 'joined' };
});

function update(participants: readonly ParticipantState[], chat: readonly ChatMessage[] = room.chat) {
  const changes = chatChanges(room.chat, chat);
  room = { ...room, participants, chat };
  const { ids, keys } = book.update(room, changes);
  return { ids: [...ids].sort(), keys: [...keys].sort() };
}

const anna = person('Anna1', { name: 'Anna' });
const bob = person('Bob', { name: 'Bob' });
const wrote = [
  chatMessage('Gone1', 1, { authorName: 'ANNA' }),
  chatMessage('Gone2', 2, { authorName: null }),
];

describe('ChatNames', () => {
  it('knows those who are in and those who wrote, and who shares a name', () => {
    update([anna, bob], wrote);
    expect(book.nameOf('Anna1')).toEqual({ name: 'Anna', shortId: 'Anna', ambiguous: true });
    expect(book.nameOf('Gone1', knownName('ANNA'))).toEqual({
      name: 'ANNA',
      shortId: 'Gone',
      ambiguous: true,
    });
    expect(book.nameOf('Bob')).toEqual({ name: 'Bob', shortId: 'Bob', ambiguous: false });
    expect(book.nameOf('Gone2')).toEqual({ name: null, shortId: 'Gone', ambiguous: false });
  });

  it.each(SAME_NAMES)('takes %s and %s for one name', (name, other) => {
    update([person('a', { name }), person('b', { name: other })]);
    expect(book.nameOf('a').ambiguous).toBe(true);
    expect(book.nameOf('b').ambiguous).toBe(true);
  });

  it.each(HOSTILE_NAMES)('shows %j as %j', (name, shown) => {
    update([person('a', { name })]);
    expect(book.nameOf('a').name).toBe(shown);
  });

  it('takes a name of another time for that of another, if somebody has it today', () => {
    update([anna, bob]);
    expect(book.nameOf('Bob', knownName('Anna')).ambiguous).toBe(true);
    expect(book.nameOf('Bob', knownName('Robert')).ambiguous).toBe(false);
  });

  it('tells of a new name the one who has it, and of a shared one both', () => {
    update([anna, bob]);
    const robert = person('Bob', { name: 'Robert' });
    expect(update([anna, robert])).toEqual({ ids: ['Bob'], keys: ['bob', 'robert'] });
    const another = person('Bob', { name: 'ANNA' });
    expect(update([anna, another])).toEqual({ ids: ['Anna1', 'Bob'], keys: ['anna', 'robert'] });
    expect(update([anna, robert])).toEqual({ ids: ['Anna1', 'Bob'], keys: ['anna', 'robert'] });
    expect(book.nameOf('Anna1').ambiguous).toBe(false);
  });

  it('tells of nobody where something else of a person changed, and keeps the same people', () => {
    update([anna, bob]);
    const { present } = book;
    expect(update([{ ...anna, speaking: true }, bob])).toEqual({ ids: [], keys: [] });
    expect(book.present).toBe(present);
    update([bob, anna]);
    expect(book.present.map(({ id }) => id)).toEqual([ROOM.self.id, 'Bob', 'Anna1']);
  });

  it('calls one who left as they were called when they wrote, and forgets those whose messages are gone', () => {
    const first = chatMessage('Bob', 1, { authorName: 'Robert' });
    const second = chatMessage('Anna1', 2, { authorName: 'Anna' });
    update([anna, bob], [first, second]);
    expect(update([anna])).toEqual({ ids: ['Bob'], keys: ['bob', 'robert'] });
    expect(book.nameOf('Bob').name).toBe('Robert');
    expect(update([anna], [second])).toEqual({ ids: ['Bob'], keys: ['robert'] });
    expect(book.nameOf('Bob').name).toBeNull();
  });

  it('asks no message about itself for a new name, however many there are', () => {
    const asked = { count: 0 };
    const counted = Array.from({ length: 300 }, (_, number) =>
      Object.defineProperty(chatMessage('Bob', number, { authorName: 'Bob' }), 'author', {
        get: () => {
          asked.count++;
          return 'Bob';
        },
      }),
    );
    update([anna, bob], counted);
    expect(asked.count).toBe(300);
    for (let renamed = 0; renamed < 28; renamed++) update([anna, person('Bob', { name: `Bob ${renamed}` })]);
    expect(asked.count).toBe(300);
    update([anna, bob], [...counted, chatMessage('Bob', 301)]);
    expect(asked.count).toBe(300);
  });
});
