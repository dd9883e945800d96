/** Owns made-up chat messages for tests of what is shown. */

import type { ChatMessage } from '../../../web-client/core/state/chat-state.ts';
import { ROOM } from './room-states.ts';

const NOON_MS = Date.UTC(2026, 4, 17, 10, 0);

/** A message of somebody else; each `number` is ten seconds after the one before. */
export function chatMessage(author: string, number: number, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    key: `${author}:${number}`,
    author,
    authorName: author,
    own: false,
    text: `message ${number}`,
    atMs: NOON_MS + number * 10_000,
    delivery: null,
    missedBy: [],
    reactions: [],
    ...changes,
  };
}

export function ownMessage(number: number, changes: Partial<ChatMessage> = {}): ChatMessage {
  const { id, name } = ROOM.self;
  return chatMessage(id, number, { authorName: name, own: true, delivery: 'sent', ...changes });
}
